/* The page around SCOs. They find the API object here, in the window above theirs; scorm-again is
 * that object, and this carries its commits to the server, opens the parts of the package and shows
 * how they stand. The address of the page is the secret that names the attempt: nothing here knows
 * who is playing. */

const page = JSON.parse(document.getElementById("player-data").textContent);
const { words } = page;
const frame = document.getElementById("sco");
const NAME = page.is2004 ? "API_1484_11" : "API";
const FAILURE = page.is2004 ? 391 : 101;
const AUTOCOMMIT_SECONDS = 30;
const RETRY_FROM_MS = 2_000;
const RETRY_TO_MS = 60_000;
const BEACON_BYTES = 60_000;

/* SCOs look for the API object in every window above them. What is above this one is another origin,
 * where looking is an error: for them this window is the last. */
const lesson = window.parent;
Object.defineProperty(window, "parent", { value: window, configurable: true });

const here = (path) => new URL(path, location.href).href;
const by = (id) => document.getElementById(id);

/* -- What a learner is told ------------------------------------------------------ */

function say(sentence = "") {
  const notice = by("notice");
  notice.textContent = sentence;
  notice.hidden = !sentence;
}

function tellLesson(message) {
  if (lesson !== window) lesson.postMessage(message, page.site);
}

/* -- Commits: snapshots, so of a session only the newest has to arrive ------------- */

const waiting = new Map();
let retries = 0;
let timer = 0;
let isLeaving = false;

/** What scorm-again calls for each commit; it must answer at once, with the truth. */
const carrier = {
  processHttpRequest(address, snapshot) {
    isDirty = false;
    const body = JSON.stringify({ ...snapshot, ...sequencing() });
    if (isLeaving) return sendAway(address, snapshot, body);
    try {
      const request = new XMLHttpRequest();
      request.open("POST", address, false);
      request.setRequestHeader("Content-Type", "application/json");
      request.send(body);
      if (request.status >= 500 || request.status === 429) return keep(address, body);
      waiting.delete(address);
      return heard(request.status, read(request.responseText));
    } catch {
      // A page that goes away may not wait, and a network that is away does not answer.
      sendAway(address, snapshot, body);
      return keep(address, body);
    }
  },
  updateSettings() {},
};

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

function heard(status, answer) {
  if (status === 200) {
    if (!waiting.size) say();
    show(answer);
    return { result: "true", errorCode: 0 };
  }
  say(answer.sentence ?? words.refused);
  return { result: "false", errorCode: answer.errorCode ?? FAILURE };
}

/** Nobody hears the answer to a beacon, and it must be short. */
function sendAway(address, snapshot, body) {
  const text = body.length < BEACON_BYTES ? body : JSON.stringify(snapshot);
  const isSent = navigator.sendBeacon(address, new Blob([text], { type: "text/plain" }));
  return { result: String(isSent), errorCode: isSent ? 0 : FAILURE };
}

function keep(address, body) {
  waiting.set(address, body);
  say(words.offline);
  retryLater();
  return { result: "true", errorCode: 0 };
}

function retryLater() {
  clearTimeout(timer);
  const pause = Math.min(RETRY_TO_MS, RETRY_FROM_MS * 2 ** retries++);
  timer = setTimeout(sendWaiting, pause * (0.5 + Math.random()));
}

async function sendWaiting() {
  clearTimeout(timer);
  for (const [address, body] of waiting) {
    try {
      const response = await post(address, body);
      if (response.status >= 500 || response.status === 429) throw new Error(response.statusText);
      // A newer snapshot may have come here, or gone there, in the meantime.
      if (waiting.get(address) !== body) continue;
      waiting.delete(address);
      const answer = read(await response.text());
      if (response.status !== 409) heard(response.status, answer);
    } catch {
      retryLater();
      return false;
    }
  }
  retries = 0;
  if (!waiting.size && by("notice").textContent === words.offline) say();
  return true;
}

const post = (address, body) =>
  fetch(address, {
    method: "POST",
    body,
    headers: { "Content-Type": "application/json" },
    credentials: "omit",
  });

addEventListener("online", sendWaiting);

/* -- The API object ------------------------------------------------------------------ */

let api = null;
let current = null;
let isDirty = false;

function settings(session) {
  return {
    lmsCommitUrl: here(`commit/${session}`),
    httpService: carrier,
    dataCommitFormat: "flattened",
    sendFullCommit: true,
    includeCommitSequence: true,
    terminateCommitPayloadField: "isLast",
    autocommit: true,
    autocommitSeconds: AUTOCOMMIT_SECONDS,
    // The server decides by the mastery score; a SCO that says nothing is done when it ends itself.
    mastery_override: false,
    autoCompleteLessonStatus: true,
    logLevel: 5,
  };
}

function made(Library, session) {
  const object = new Library({ ...settings(session), ...(page.sequencing && sequenced()) });
  object.on(page.is2004 ? "SetValue" : "LMSSetValue", () => (isDirty = true));
  object.on("SequenceNext", () => turn(+1));
  object.on("SequencePrevious", () => turn(-1));
  for (const name of ["SequenceChoice", "SequenceJump"]) object.on(name, (id) => later(() => go(id)));
  for (const name of ["SequenceExitAll", "SequenceAbandonAll"]) object.on(name, () => later(end));
  window[NAME] = object;
  return object;
}

/** What is not committed yet goes out; the SCO is neither asked nor ended. */
function saveNow() {
  if (api?.isInitialized() && isDirty) api.lmsCommit("");
}

addEventListener("pagehide", () => {
  isLeaving = true;
  saveNow();
});
addEventListener("pageshow", () => (isLeaving = false));
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "hidden") return;
  isLeaving = true;
  saveNow();
  isLeaving = false;
});

/* -- Opening a part -------------------------------------------------------------------- */

let library = null;
let isOpening = false;

/** A SCO's own unload handlers still find the API object that they know. */
function empty() {
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(patience);
      resolve();
    };
    const patience = setTimeout(finish, 3_000);
    frame.addEventListener("load", finish, { once: true });
    // Not by src: the browser's way back leads out of the lesson, not through its parts.
    frame.contentWindow.location.replace("about:blank");
  });
}

async function leave() {
  await empty();
  saveNow();
  await sendWaiting();
}

/** Ask the server for a session of the part; null where it says no or is not there. */
async function opened(id) {
  try {
    const response = await post(here("open"), JSON.stringify({ item: id, ...sequencing() }));
    const answer = read(await response.text());
    if (response.ok) return answer;
    say(answer.sentence ?? words.refused);
  } catch {
    say(words.unopened);
  }
  return null;
}

async function open(id, { takesFocus }) {
  const answer = await opened(id);
  if (!answer) return;
  if (!waiting.size) say();
  if (api && page.sequencing) {
    api.reset(settings(answer.session), { preserveListeners: true });
  } else {
    api = made(library, answer.session);
  }
  give(page.sequencing ? fitted(answer.values) : answer.values);
  isDirty = false;
  current = id;
  by("ended").hidden = true;
  frame.hidden = false;
  frame.title = answer.title;
  show(answer);
  if (takesFocus) frame.addEventListener("load", () => frame.focus(), { once: true });
  frame.contentWindow.location.replace(answer.address);
}

/** What a SCO said once must never keep it shut: values that scorm-again would not take today are
 *  left out one by one. */
function give(values) {
  try {
    api.loadFromFlattenedJSON(values);
  } catch {
    for (const [name, value] of Object.entries(values)) {
      try {
        api.loadFromFlattenedJSON({ [name]: value });
      } catch {
        console.warn(`${name} was left out.`);
      }
    }
  }
}

/** The sequencer has filled rows of objectives itself: the values of each go into its own row. */
function fitted(values) {
  const filled = api.cmi.objectives.childArray.map((objective) => objective.id);
  const rows = new Map();
  const moved = {};
  for (const [name, value] of Object.entries(values)) {
    const [, row, field] = /^cmi\.objectives\.(\d+)\.(.+)$/.exec(name) ?? [];
    if (row === undefined) {
      moved[name] = value;
      continue;
    }
    const id = values[`cmi.objectives.${row}.id`];
    const isFilled = filled.includes(id);
    if (!isFilled && !rows.has(row)) rows.set(row, filled.length + rows.size);
    const place = isFilled ? filled.indexOf(id) : rows.get(row);
    if (field !== "id" || !isFilled) moved[`cmi.objectives.${place}.${field}`] = value;
  }
  return moved;
}

/** One thing at a time, and never inside a call of a SCO that is about to be unloaded. */
function later(act) {
  if (isOpening) return;
  setTimeout(async () => {
    if (isOpening) return;
    isOpening = true;
    try {
      await act();
    } finally {
      isOpening = false;
    }
  });
}

async function go(id) {
  if (page.sequencing) return request("choice", id);
  if (!page.items.some((item) => item.id === id && item.open)) return undefined;
  await leave();
  return open(id, { takesFocus: true });
}

function neighbour(step) {
  const items = page.items.filter((item) => item.open || item.id === current);
  return items[items.findIndex((item) => item.id === current) + step]?.id;
}

function turn(step) {
  if (page.sequencing) {
    later(() => request(step > 0 ? "continue" : "previous"));
    return;
  }
  const id = neighbour(step);
  if (id) later(() => go(id));
}

async function end() {
  await leave();
  frame.hidden = true;
  by("ended").hidden = false;
  by("reopen").focus();
}

/* -- Sequencing of 2004: scorm-again decides, this opens what it delivers ---------------- */

let delivered = null;
let hasEnded = false;
let validity = null;

function sequenced() {
  const eventListeners = {
    onActivityDelivery(activity) {
      delivered = activity.id;
      // A SCO that has ended itself leads on; what a request delivers is opened by the request.
      later(follow);
    },
    onSequencingSessionEnd() {
      hasEnded = true;
      later(follow);
    },
    onNavigationValidityUpdate(update) {
      validity = update;
      mark();
    },
  };
  return { sequencing: { ...page.sequencing, eventListeners } };
}

function sequencing() {
  return page.sequencing && api ? { sequencing: api.serializeSequencingState() } : {};
}

async function follow() {
  const id = delivered;
  delivered = null;
  if (id) {
    await leave();
    hasEnded = false;
    await open(id, { takesFocus: true });
  } else if (hasEnded) {
    await end();
  }
}

async function request(name, target) {
  await leave();
  delivered = null;
  hasEnded = false;
  const isTaken = api.processNavigationRequest(name, target);
  const id = delivered;
  delivered = null;
  if (id) return open(id, { takesFocus: true });
  if (hasEnded) return end();
  if (!isTaken) say(words.closed);
  return undefined;
}

async function beginSequencing() {
  api = made(library, "");
  const isResumed = page.sequencingState && api.deserializeSequencingState(page.sequencingState);
  const activity = isResumed && api.getSequencingState().currentActivity;
  if (activity?.isActive && !activity.children.length) {
    return open(activity.id, { takesFocus: false });
  }
  api.processNavigationRequest(activity?.isSuspended ? "resumeAll" : "start");
  if (!delivered) api.processNavigationRequest("choice", page.first);
  const id = delivered;
  delivered = null;
  return id ? open(id, { takesFocus: false }) : say(words.choose);
}

/* -- The menu ------------------------------------------------------------------------------ */

/** Takes what the server says of the parts. */
function show(answer) {
  for (const { id, status, open: isOpen } of answer.items ?? []) {
    const item = page.items.find((one) => one.id === id);
    if (item) Object.assign(item, { status, open: isOpen });
  }
  mark();
  if (answer.moved) tellLesson({ opora: "moved" });
}

function isOpenNow(item) {
  if (!page.sequencing || !validity) return item.open;
  return item.id === current || validity.choice?.[item.id] === "true";
}

function mark() {
  for (const item of page.items) {
    const button = document.querySelector(`[data-item="${CSS.escape(item.id)}"]`);
    if (!button) continue;
    const isOpen = isOpenNow(item);
    const status = isOpen || item.status !== "new" ? item.status : "locked";
    button.dataset.status = status;
    button.disabled = !isOpen;
    button.querySelector("[data-word]").textContent = words[status];
    if (item.id === current) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
  if (!by("steps")) return;
  by("current").textContent = page.items.find((item) => item.id === current)?.title ?? "";
  by("previous").disabled = page.sequencing ? !may("previous") : !neighbour(-1);
  by("next").disabled = page.sequencing ? !may("continue") : !neighbour(+1);
}

function may(name) {
  return !validity?.hideLmsUi?.includes(name) && String(validity?.[name]) === "true";
}

function listen() {
  const parts = by("parts");
  const wide = matchMedia("(min-width: 48rem)");
  const fit = () => (parts.open = wide.matches);
  wide.addEventListener("change", fit);
  fit();
  parts.addEventListener("click", ({ target }) => {
    const id = target.closest("[data-item]")?.dataset.item;
    if (!id) return;
    if (!wide.matches) parts.open = false;
    later(() => go(id));
  });
  by("previous").addEventListener("click", () => turn(-1));
  by("next").addEventListener("click", () => turn(+1));
}

/* -- Beginning ------------------------------------------------------------------------------- */

async function begin() {
  by("reopen").addEventListener("click", () => location.reload());
  if (by("parts")) listen();
  mark();
  const module = await import(page.library);
  library = page.is2004 ? module.Scorm2004API : module.Scorm12API;
  if (page.sequencing) await beginSequencing();
  else if (page.first) await open(page.first, { takesFocus: false });
}

begin();
