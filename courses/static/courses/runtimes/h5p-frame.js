/* The frame that plays H5P. Runs before H5P core and gives it what a frame without an origin lacks;
 * when core and the libraries are there, and before the content starts, it connects them to the
 * server. The address of the frame is the secret that names the attempt: nothing here knows who is
 * playing. */
"use strict";

(() => {
  const { integration, bridge: page } = JSON.parse(document.getElementById("frame-data").textContent);
  window.H5PIntegration = integration;

  /** Looks like localStorage and forgets everything with the page; the real one throws here. */
  function storage() {
    const kept = new Map();
    const methods = {
      getItem: (key) => kept.get(String(key)) ?? null,
      setItem: (key, value) => void kept.set(String(key), String(value)),
      removeItem: (key) => void kept.delete(String(key)),
      clear: () => kept.clear(),
      key: (place) => [...kept.keys()][place] ?? null,
    };
    return new Proxy(Object.create(null), {
      get: (_, name) => (name === "length" ? kept.size : methods[name] ?? kept.get(name)),
      set: (_, name, value) => Boolean(kept.set(name, String(value))),
      has: (_, name) => name in methods || kept.has(name),
      deleteProperty: (_, name) => kept.delete(name) || true,
      ownKeys: () => [...kept.keys()],
      getOwnPropertyDescriptor: (_, name) =>
        kept.has(name)
          ? { value: kept.get(name), configurable: true, enumerable: true, writable: true }
          : undefined,
    });
  }

  for (const name of ["localStorage", "sessionStorage"]) {
    Object.defineProperty(window, name, { value: storage(), configurable: true });
  }
  Object.defineProperty(document, "cookie", { get: () => "", set: () => {}, configurable: true });

  // Before jQuery's own, which starts the content.
  document.addEventListener("DOMContentLoaded", () => {
    if (window.H5P && window.H5P.jQuery) connect(window.H5P, page);
    else tellTrouble();
  });

  /** Without a sentence of the server, the page's own: the content has not started. */
  function tellTrouble(sentence) {
    const place = document.getElementById("trouble");
    if (sentence) place.textContent = sentence;
    place.hidden = false;
  }

  function connect(H5P, page) {
    const ENDINGS = new Set(["answered", "completed", "passed", "mastered", "failed"]);
    const SETTLES_MS = 100;
    const LOOKS_AGAIN_MS = 600;
    const RETRIES_MS = 5000;
    const BEACON_BYTES = 60_000;
    const LEAST_HEIGHT = 32;

    const root = () => H5P.instances[0];
    const isLeaving = () => hasLeft || document.visibilityState === "hidden";
    let hasLeft = false;

    function randomName() {
      const bytes = crypto.getRandomValues(new Uint8Array(16));
      return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    }

    function tell(message) {
      if (window.parent !== window) window.parent.postMessage(message, page.site);
    }

    /** Resolves to the server's answer, to null where the page goes and nobody will hear it.
     *  A plain text needs no permission asked beforehand from a frame without an origin. */
    async function post(address, value) {
      const body = JSON.stringify(value);
      const isSmall = new Blob([body]).size < BEACON_BYTES;
      if (isLeaving() && isSmall && navigator.sendBeacon(address, body)) return null;
      return fetch(address, {
        method: "POST",
        body,
        headers: { "Content-Type": "text/plain;charset=UTF-8" },
        credentials: "omit",
        keepalive: isSmall,
      });
    }

    /* -- Playings: what is reported of one is one attempt ---------------------- */

    let run = page.run || randomName();
    let hasEnded = page.ended;
    let before = null;

    function standing() {
      const content = root();
      const ask = (method) => {
        try {
          return content[method]();
        } catch {
          return undefined;
        }
      };
      return { given: ask("getAnswerGiven"), score: ask("getScore") };
    }

    function beginAgain() {
      if (!hasEnded) return;
      flush();
      run = randomName();
      hasEnded = false;
    }

    /** The learner pressed the content's own "try again": its answers are gone. */
    function lookForReset() {
      if (!hasEnded || !before) return;
      const now = standing();
      if ((before.given === true && now.given === false) || (before.score > 0 && now.score === 0)) {
        beginAgain();
      }
    }

    function touched(event) {
      if (!event.isTrusted) return;
      // Finished earlier and shown from the beginning: whoever touches it plays once more.
      if (hasEnded && !before && !page.resumed) beginAgain();
      setTimeout(lookForReset, 0);
      setTimeout(lookForReset, LOOKS_AGAIN_MS);
    }

    for (const kind of ["pointerup", "keyup", "change"]) {
      document.addEventListener(kind, touched, true);
    }

    /* -- Results ----------------------------------------------------------------- */

    let statements = [];
    let unsent = [];
    let timer = null;

    function told(event) {
      const isPart = event.getVerifiedStatementValue(["context", "contextActivities", "parent"]);
      if (isPart) return;
      const verb = event.getVerb();
      // Content says so whenever it opens, too: it counts only behind an end that was seen here.
      if (verb === "attempted" && before) beginAgain();
      if (!ENDINGS.has(verb)) return;
      statements.push(event.data.statement);
      clearTimeout(timer);
      timer = setTimeout(flush, SETTLES_MS);
    }

    function flush() {
      clearTimeout(timer);
      if (!statements.length) return;
      let results = null;
      try {
        results = root().getXAPIData();
      } catch {
        /* Not every content type has them. */
      }
      unsent.push({ run, statements: statements.slice(-20), results });
      statements = [];
      hasEnded = true;
      before = standing();
      send();
    }

    async function send() {
      const sending = unsent;
      unsent = [];
      for (const report of sending) {
        try {
          const response = await post(page.report, report);
          if (response && response.status >= 500) throw new Error(response.statusText);
          if (response && response.ok) tell({ opora: "moved" });
          else if (response) tellTrouble((await response.json()).sentence);
        } catch {
          unsent.push(report);
        }
      }
      if (unsent.length) setTimeout(send, RETRIES_MS);
    }

    if (page.report) {
      H5P.externalDispatcher.on("xAPI", told);
      window.addEventListener("online", send);
    }

    /* -- States: core asks jQuery for them, and this answers ----------------------- */

    const opening = randomName();
    let sequence = 0;

    function forget(part, name) {
      const content = Object.values(window.H5PIntegration.contents)[0];
      if (content.contentUserData && content.contentUserData[part]) {
        delete content.contentUserData[part][name];
      }
    }

    async function keep(part, name, data) {
      try {
        const response = await post(page.state, {
          part, name, data, run, page: opening, sequence: ++sequence,
        });
        if (!response) return { success: true };
        if (response.ok) return { success: true };
        // Core sends only what has changed: it has to forget what did not arrive.
        if (response.status >= 500) throw new Error(response.statusText);
        tellTrouble((await response.json()).sentence);
        return { success: false };
      } catch {
        forget(part, name);
        return { success: false };
      }
    }

    H5P.jQuery.ajaxTransport("json", (options) => {
      if (!options.url.startsWith("state:")) return undefined;
      const [, part, ...name] = options.url.split("/");
      const isKept = options.type === "POST" && page.state;
      return {
        async send(_headers, done) {
          // Whatever was kept stands in the page already.
          let answer = { success: true, data: false };
          if (isKept) {
            const data = new URLSearchParams(options.data).get("data");
            answer = await keep(part, name.join("/"), data === "0" ? null : data);
          }
          done(200, "OK", { json: answer });
        },
        abort() {},
      };
    });

    function saveAll() {
      for (const content of H5P.instances) {
        try {
          const state = content.getCurrentState();
          if (state !== undefined) {
            H5P.setUserData(content.contentId, "state", state, { deleteOnChange: true });
          }
        } catch {
          /* Not every content type has a state. */
        }
      }
    }

    // Core saves on pagehide too, after this.
    window.addEventListener("pagehide", () => {
      hasLeft = true;
      flush();
      send();
    });
    window.addEventListener("pageshow", () => (hasLeft = false));
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState !== "hidden") return;
      flush();
      if (page.state) saveAll();
    });

    /* -- The frame's height, and its width for the content ------------------------- */

    const content = () => document.querySelector(".h5p-content");
    let height = 0;

    function measure() {
      const now = Math.ceil(content().getBoundingClientRect().height);
      // Content that has laid nothing out takes the height that it was given.
      if (now === height || now < LEAST_HEIGHT || document.fullscreenElement) return;
      height = now;
      tell({ opora: "height", height });
    }

    let width = window.innerWidth;
    window.addEventListener("resize", () => {
      if (window.innerWidth === width) return;
      width = window.innerWidth;
      H5P.instances.forEach((instance) => H5P.trigger(instance, "resize"));
    });

    // After core's own, which starts the content.
    H5P.jQuery(document).ready(() => {
      if (!root()) {
        tellTrouble();
        return;
      }
      const reset = root().resetTask;
      if (typeof reset === "function") {
        root().resetTask = function (...args) {
          beginAgain();
          return reset.apply(this, args);
        };
      }
      if (hasEnded && page.resumed) before = standing();
      // A browser draws nothing of a frame below the screen, but its height is wanted there too.
      H5P.on(root(), "resize", () => setTimeout(measure, 0));
      measure();
      new ResizeObserver(measure).observe(content());
    });
  }
})();
