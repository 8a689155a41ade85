/* Comforts of the lesson player: every page works without it.
   Watched parts of a recording, a queue of events that survives a lost network, answers that
   survive an expired session, one press for one action. Words come from the page. */

const QUEUE = "opora.event.";
const KEPT = "opora.form.";
const DEVICE = "opora.device";
const BATCH = 50;
const REPORT_EVERY = 10_000;
const RETRY_FROM = 2_000;
const RETRY_TO = 60_000;

const player = () => document.getElementById("player");
const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
const round = (seconds) => Math.round(seconds * 10) / 10;

/* -- What is saved, in words ---------------------------------------------- */

function say(what, count = 0) {
  const line = document.querySelector("[data-saving]");
  if (!line) return;
  line.classList.toggle("saving--offline", what === "offline" || what === "signedOut");
  line.lastElementChild.textContent = line.dataset[what] + (count ? ` (${count})` : "");
  const mark = line.querySelector("use");
  const sprite = mark.getAttribute("href").split("#")[0];
  mark.setAttribute("href", `${sprite}#${what === "offline" ? "offline" : "saved"}`);
}

/* -- The queue: a key per event, so that two tabs never write the same one -- */

let retries = 0;
let isSending = false;
let timer = 0;

const prefix = () => `${QUEUE}${player().dataset.place}.`;

function waiting() {
  const start = prefix();
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(start))
    .sort()
    .map((key) => [key, JSON.parse(localStorage.getItem(key))]);
}

function put(verb, more) {
  const { step, epoch, sitting } = player().dataset;
  const id = random();
  const event = { id, step, verb, epoch: Number(epoch), time: Date.now(), n: count(sitting), ...more };
  try {
    localStorage.setItem(`${prefix()}${event.time}.${id}`, JSON.stringify({ event, sitting }));
  } catch {
    /* A full or forbidden storage: the next report holds what this one did. */
    return false;
  }
  return true;
}

let told = { sitting: "", n: 0 };

/** The number of the next event of this page. */
function count(sitting) {
  if (told.sitting !== sitting) told = { sitting, n: 0 };
  return ++told.n;
}

/** A random number that tells this browser from the learner's others, and nothing else. */
function device() {
  try {
    if (!localStorage.getItem(DEVICE)) localStorage.setItem(DEVICE, random());
    return localStorage.getItem(DEVICE);
  } catch {
    return null;
  }
}

const random = () => crypto.randomUUID?.() ?? uuid();

function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

/** The oldest events that share a sitting, as one request. */
function nextBatch() {
  const all = waiting();
  if (!all.length) return null;
  const sitting = all[0][1].sitting;
  const some = all.filter(([, kept]) => kept.sitting === sitting).slice(0, BATCH);
  const events = some.map(([, kept]) => kept.event);
  const body = { sent_at: Date.now(), sitting, device: device(), events };
  return { keys: some.map(([key]) => key), body };
}

async function send() {
  clearTimeout(timer);
  const batch = player()?.dataset.events && !isSending && nextBatch();
  if (!batch) return;
  isSending = true;
  say("sending");
  let again = true;
  try {
    const response = await fetch(player().dataset.events, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
      body: JSON.stringify(batch.body),
    });
    again = await settle(response, batch);
  } catch {
    retryLater();
    again = false;
  }
  isSending = false;
  if (again) send();
}

/** Deletes what the server has answered for; returns whether to go on at once. */
async function settle(response, batch) {
  const answer = await response.json();
  if (response.ok) {
    const known = new Set(answer.results.map((result) => result.id));
    batch.body.events.forEach(({ id }, n) => known.has(id) && localStorage.removeItem(batch.keys[n]));
    retries = 0;
    say("saved");
    show(answer);
    tabs()?.postMessage(answer);
    return waiting().length > 0;
  }
  if (response.status === 401) {
    say("signedOut", waiting().length);
  } else if (answer.code === "sitting" && batch.body.sitting !== player().dataset.sitting) {
    const { sitting } = player().dataset;
    batch.keys.forEach((key, n) =>
      localStorage.setItem(key, JSON.stringify({ event: batch.body.events[n], sitting })),
    );
    return true;
  } else if (response.status === 404) {
    batch.keys.forEach((key) => localStorage.removeItem(key));
    say("saved");
  } else {
    retryLater();
  }
  return false;
}

function retryLater() {
  say("offline", waiting().length);
  const pause = Math.min(RETRY_TO, RETRY_FROM * 2 ** retries++);
  timer = setTimeout(send, pause * (0.5 + Math.random()));
}

/** The page goes away: what is kept stays kept until the server has answered for it. */
function sendOnLeaving() {
  const batch = player()?.dataset.events && nextBatch();
  if (!batch) return;
  const form = new FormData();
  form.append("csrfmiddlewaretoken", token());
  form.append("batch", JSON.stringify(batch.body));
  navigator.sendBeacon(player().dataset.events, form);
}

/* -- What the server says of the step, here and in the other tabs ---------- */

let channel = null;

function tabs() {
  if (!channel && "BroadcastChannel" in window && player()?.dataset.place) {
    channel = new BroadcastChannel(`opora.${player().dataset.place}`);
    channel.onmessage = (message) => show(message.data);
  }
  return channel;
}

function show(answer) {
  const now = answer.steps?.[player()?.dataset.step];
  const words = document.querySelector("[data-watched]");
  if (words && now?.watched != null) words.textContent = words.dataset.words.replace("{}", now.watched);
  const isNews = Object.values(answer.steps ?? {}).some((step) => step.done);
  const rail = document.getElementById("rail");
  if (isNews && rail && window.htmx && !rail.contains(document.activeElement)) {
    window.htmx.ajax("GET", location.pathname, { target: "#rail", select: "#rail", swap: "outerHTML" });
  }
}

/* -- Recordings: the union of what was really played ----------------------- */

function follow(figure) {
  const media = figure.querySelector("video, audio");
  const { position, captions } = player().dataset;
  let parts = [];
  let from = null;
  let last = 0;
  let reported = Date.now();

  const close = () => {
    if (from !== null && last > from) parts.push([round(from), round(last)]);
    from = null;
  };
  const report = () => {
    const isPlaying = from !== null;
    close();
    if (isPlaying) from = last;
    const intervals = parts.filter(([start, end]) => end > start);
    reported = Date.now();
    if (intervals.length && put("progressed", { intervals, position: round(media.currentTime) })) {
      parts = [];
      return true;
    }
    return false;
  };
  const reportAndSend = () => report() && send();

  media.addEventListener("playing", () => {
    from ??= last = media.currentTime;
  });
  media.addEventListener("timeupdate", () => {
    if (media.seeking || from === null) return;
    last = Math.max(last, media.currentTime);
    if (Date.now() - reported >= REPORT_EVERY) reportAndSend();
  });
  media.addEventListener("seeking", close);
  media.addEventListener("seeked", () => {
    if (!media.paused) from = last = media.currentTime;
  });
  media.addEventListener("pause", () => {
    close();
    reportAndSend();
  });
  media.addEventListener("ended", () => {
    close();
    reportAndSend();
  });
  media.addEventListener("loadedmetadata", () => {
    const start = Number(position ?? 0);
    if (start > 3 && start < media.duration - 3 && media.currentTime === 0) media.currentTime = start;
  }, { once: true });
  if (media.readyState > 0) media.dispatchEvent(new Event("loadedmetadata"));
  for (const track of media.textTracks ?? []) track.mode = captions === undefined ? "disabled" : "showing";

  figure.querySelector("[data-recording-buttons]").hidden = false;
  figure.addEventListener("click", ({ target }) => {
    const jump = target.closest("[data-jump]")?.dataset.jump;
    if (jump) media.currentTime = Math.max(0, Math.min(media.duration || 0, media.currentTime + Number(jump)));
  });
  figure.querySelector("[data-speed]").addEventListener("change", ({ target }) => {
    media.playbackRate = Number(target.value);
  });
  followPhrases(media);
  const leave = () => {
    report();
    sendOnLeaving();
  };
  addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", () => document.hidden && leave());
}

/** Makes each phrase beside the film a button that plays from its moment. */
function followPhrases(media) {
  const phrases = document.querySelectorAll("[data-cues] > [data-at]");
  for (const phrase of phrases) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...phrase.childNodes);
    button.addEventListener("click", () => {
      media.currentTime = Number(phrase.dataset.at);
      media.play();
    });
    phrase.append(button);
  }
  if (!phrases.length) return;
  document.querySelector("[data-cues-advice]").hidden = false;
  media.addEventListener("timeupdate", () => {
    const said = [...phrases].filter((phrase) => phrase.dataset.at <= media.currentTime).pop();
    for (const phrase of phrases) phrase.classList.toggle("cues__now", phrase === said);
  });
}

/* -- Interactive content: a frame of another origin tells its height and that it moved on -- */

const TALLEST = 4000;
const BESIDE_THE_FRAME = ["#rail", "#frame-state"];

function hear({ source, data }) {
  const frame = document.querySelector("[data-frame]");
  if (!frame || source !== frame.contentWindow || typeof data?.opora !== "string") return;
  if (data.opora === "height" && data.height > 0) {
    frame.height = Math.min(TALLEST, Math.ceil(data.height));
  } else if (data.opora === "moved") {
    say("saved");
    refresh(BESIDE_THE_FRAME);
  }
}

/** Takes parts of this page anew from the server; the frame between them goes on playing. */
async function refresh(parts) {
  const response = await fetch(location.pathname, { credentials: "same-origin" });
  if (!response.ok) return;
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  parts.forEach((part) => {
    const [now, then] = [fresh.querySelector(part), document.querySelector(part)];
    if (now && then && !then.contains(document.activeElement)) then.replaceWith(document.adoptNode(now));
  });
}

addEventListener("message", hear);
document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-full-screen]")) document.querySelector("[data-frame]").requestFullscreen();
});

/* -- Answers: kept in this tab until they are sent ------------------------- */

const entries = (form) =>
  [...new FormData(form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string");

function keepAnswers() {
  const form = document.querySelector("form[data-keep]");
  const key = form && KEPT + form.dataset.keep;
  Object.keys(sessionStorage)
    .filter((other) => other.startsWith(KEPT) && other !== key)
    .forEach((other) => sessionStorage.removeItem(other));
  if (!form) return;
  const base = JSON.stringify(entries(form));
  const kept = JSON.parse(sessionStorage.getItem(key) ?? "null");
  if (kept?.base === base) {
    const values = new Set(kept.values.map(JSON.stringify));
    for (const field of form.elements) {
      if (["radio", "checkbox"].includes(field.type)) {
        field.checked = values.has(JSON.stringify([field.name, field.value]));
      } else if (field.type !== "hidden" && field.type !== "file" && field.name) {
        field.value = kept.values.find(([name]) => name === field.name)?.[1] ?? "";
      }
    }
  }
  form.addEventListener("input", () => {
    sessionStorage.setItem(key, JSON.stringify({ base, values: entries(form) }));
  });
}

/* -- Forms: one press is one action ---------------------------------------- */

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || !player()?.contains(form)) return;
  const isSecondPress = form.dataset.sent && Date.now() - form.dataset.sent < 3000;
  if (isSecondPress || !navigator.onLine) {
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!navigator.onLine) say("offline", waiting().length + (form.dataset.keep ? 1 : 0));
    return;
  }
  form.dataset.sent = Date.now();
}, true);

document.addEventListener("htmx:sendError", ({ detail }) => {
  delete detail.elt.dataset.sent;
  say("offline", waiting().length + 1);
});
document.addEventListener("htmx:responseError", ({ detail }) => detail.elt.submit?.());

document.addEventListener("click", ({ target }) => target.closest("[data-print]") && print());
document.addEventListener("keydown", (event) => {
  const sheet = event.key === "Escape" && document.querySelector(".player__sheet[open]");
  if (!sheet) return;
  sheet.open = false;
  sheet.querySelector("summary").focus();
});

/* -- Beginning ------------------------------------------------------------- */

function begin() {
  keepAnswers();
  document.querySelectorAll("[data-print]").forEach((button) => (button.hidden = false));
  const wide = document.fullscreenEnabled && document.querySelector("[data-full-screen]");
  if (wide) wide.hidden = false;
}

begin();
if (player()?.dataset.place) {
  document.querySelectorAll("[data-recording]").forEach(follow);
  tabs();
  send();
}
addEventListener("online", send);
addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
});
document.addEventListener("htmx:afterSettle", ({ target }) => {
  if (target.id !== "player") return;
  begin();
  scrollTo(0, 0);
  const focused = document.activeElement;
  (focused.closest(".feedback") ?? focused).scrollIntoView({ block: "nearest" });
});
