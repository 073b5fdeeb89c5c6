// Keeps the page's <live-region>s as they are now: a stream, and polling where no stream gets through.
// Without it: the page shows what was so when it was loaded, and offers "Show what changed".
// Frames are hints. Whatever was missed is read again, so nothing here needs to be right about the past.

const SOON = 4_000; // nobody waits longer for what changed, whatever becomes of the stream
const FIRST_WORD = 10_000; // a proxy that holds a stream back is noticed after this
const SILENCE = 25_000; // the server's heart beats every 15 seconds
const POLL = 2_000;
let main, source, watching, polling, reopening, retryAfter, has, tag, heardAt, reading;
const held = new Map(); // while paused: the last frame of each region, and a turn
const about = (time) => time * (0.75 + Math.random() / 2);

// Whom this page was drawn for: where that has changed meanwhile, the whole page is read anew.
const badge = () => main.dataset.badge ?? "";

function start() {
  stop();
  main = document.querySelector("main[data-stream]");
  if (!main) return;
  [has, tag, retryAfter] = [Number(main.dataset.sequence), "", 5_000];
  open();
}

function stop() {
  source?.close();
  for (const timer of [watching, polling, reopening]) clearTimeout(timer);
  source = polling = undefined;
}

function open() {
  source?.close();
  clearTimeout(reopening);
  source = new EventSource(`${main.dataset.stream}?sequence=${has}&badge=${badge()}`);
  expect(FIRST_WORD);
  polling ??= setTimeout(poll, SOON);
  source.addEventListener("beat", heard);
  source.addEventListener("frame", (event) => {
    heard();
    const frame = JSON.parse(event.data);
    if (event.lastEventId) has = Number(event.lastEventId);
    take(frame.region, frame.html, frame.sequence, frame.whole);
  });
  source.addEventListener("turn", (event) => {
    stop();
    setTimeout(turn, Math.random() * JSON.parse(event.data).within);
  });
  source.addEventListener("rest", () => fallBack(false)); // a newer page of this seat has the stream
  source.addEventListener("error", () => source?.readyState === EventSource.CLOSED && fallBack());
}

function heard() {
  heardAt = Date.now();
  retryAfter = 5_000;
  clearTimeout(polling);
  polling = undefined;
  expect(SILENCE);
}

function expect(time) {
  clearTimeout(watching);
  watching = setTimeout(fallBack, time);
}

function fallBack(mayReopen = true) {
  source?.close();
  source = undefined;
  clearTimeout(watching);
  clearTimeout(reopening);
  clearTimeout(polling);
  poll();
  if (mayReopen) reopening = setTimeout(open, about(retryAfter));
  retryAfter = Math.min(retryAfter * 2, 120_000);
}

function poll() {
  polling = setTimeout(poll, about(POLL));
  read();
}

async function read() {
  if (reading) return;
  reading = true;
  try {
    const answer = await fetch(`${main.dataset.parts}&badge=${badge()}`, { headers: tag ? { "If-None-Match": tag } : {} });
    if (answer.status === 409 && answer.headers.has("Hubcraft-Turn")) return turn(answer.headers.get("Hubcraft-Turn"));
    if ([401, 403, 404, 410].includes(answer.status)) return turn();
    if (answer.status !== 200) return;
    const sequence = Number(answer.headers.get("Hubcraft-Sequence"));
    const parts = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of parts.querySelectorAll("live-region")) take(part.dataset.region, part.innerHTML, sequence);
    [has, tag] = [Math.max(has, sequence), answer.headers.get("ETag") ?? ""];
  } catch {
    // Offline: asked again at the next turn.
  } finally {
    reading = false;
  }
}

function take(region, html, sequence, isWhole = false) {
  if (main.hasAttribute("data-paused")) return held.set(region, () => take(region, html, sequence, isWhole));
  const places = main.querySelectorAll(`live-region[data-region="${CSS.escape(region)}"]`);
  for (const place of places) place.show(html, sequence, isWhole);
}

// Something about who may watch changed: the page's address knows where this person belongs now.
async function turn(address = location.href) {
  if (main.hasAttribute("data-paused")) return held.set("", () => turn(address));
  stop();
  if (main.querySelector("[data-leaving]")) return setTimeout(turn, about(POLL), address); // it goes on by itself
  const isElsewhere = (other) => new URL(other, location).pathname !== location.pathname;
  if (isElsewhere(address)) return location.assign(address);
  try {
    const answer = await fetch(location.href, { headers: { "Hubcraft-Follow": "1" } });
    if (!answer.ok) return location.reload();
    if (isElsewhere(answer.url)) return location.assign(answer.url);
    renew(new DOMParser().parseFromString(await answer.text(), "text/html"));
    start();
  } catch {
    setTimeout(turn, about(POLL), address);
  }
}

// The same page as it is now, in place of the old one; the focus and what was being typed stay.
function renew(page) {
  const focus = document.activeElement?.id;
  const typed = [...main.querySelectorAll("input[id]:not([type=hidden]), textarea[id]")]
    .filter((one) => !["checkbox", "radio"].includes(one.type) && one.value !== one.defaultValue);
  for (const name of [".skip", "header.top", "main"]) {
    const fresh = page.querySelector(name);
    if (fresh) document.querySelector(name)?.replaceWith(document.adoptNode(fresh));
  }
  for (const { id, value } of typed) if (document.getElementById(id)) document.getElementById(id).value = value;
  if (focus) document.getElementById(focus)?.focus({ preventScroll: true });
  document.title = page.title;
  // It may be in another language now.
  document.documentElement.lang = page.documentElement.lang;
  Object.assign(document.getElementById("notices").dataset, page.getElementById("notices").dataset);
  document.body.className = page.body.className;
  main = document.querySelector("main");
  globalThis.htmx?.process(main);
  main.dispatchEvent(new CustomEvent("hubcraft:swapped", { bubbles: true }));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-pause]");
  if (!button || !main) return;
  button.setAttribute("aria-pressed", main.toggleAttribute("data-paused"));
  if (main.hasAttribute("data-paused")) return;
  const waiting = [...held.values()];
  held.clear();
  for (const apply of waiting) apply();
});

// A page that was asleep reads what it missed, and has its stream looked after.
function wake() {
  if (!main?.dataset.stream || document.hidden) return;
  read();
  if (source?.readyState !== EventSource.OPEN || Date.now() - heardAt > SILENCE) open();
}
document.addEventListener("visibilitychange", wake);
addEventListener("online", wake);
addEventListener("pagehide", stop);
addEventListener("pageshow", (event) => event.persisted && wake());

start();
