// What every page does besides its elements. Without it: pages and forms work by themselves, one address after another.

const notices = document.getElementById("notices");

function say(words) {
  let line = document.getElementById("notice-line");
  if (!words) return line?.remove();
  if (!line) {
    line = document.createElement("p");
    line.id = "notice-line";
    line.className = "notices-line";
    notices.append(line);
  }
  if (line.textContent !== words) line.textContent = words;
}

addEventListener("offline", () => say(notices.dataset.offline));
addEventListener("online", () => say(""));

// Forms answered in place: what was refused is said at the top, in the page's own sentence.
document.addEventListener("htmx:sendError", () => say(notices.dataset.failed));
document.addEventListener("htmx:beforeRequest", () => say(""));
document.addEventListener("htmx:responseError", (event) => {
  const page = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
  const words = page.querySelector("main .prose, main .notice, .field-error") ?? page.querySelector("h1");
  say(words?.textContent.trim().replace(/\s+/g, " ") || notices.dataset.failed);
});

// A part that was replaced gives the focus back: to the control of the same id, or to the heading of what came instead.
let focused = null;
document.addEventListener("pointerdown", () => (focused = null), true);
document.addEventListener("focusin", (event) => (focused = event.target));
function giveBack(event) {
  if (!focused || focused.isConnected || document.activeElement !== document.body) return;
  const again = (focused.id && document.getElementById(focused.id))
    || event.target.querySelector("h1, h2, h3") || document.getElementById("main");
  if (again.tabIndex < 0) again.tabIndex = -1;
  again.focus({ preventScroll: true });
}
document.addEventListener("hubcraft:swapped", giveBack);
// After a swap of its own htmx tells nobody whose form went away with it, and looks after new forms only later.
document.addEventListener("htmx:oobBeforeSwap", (event) => queueMicrotask(() => {
  globalThis.htmx.process(event.target);
  giveBack(event);
}));

// A form that came back with errors begins at its summary.
document.querySelector("[data-focus]")?.focus();

// Initials arrive once: when the board has just been opened on this device, not at every later look.
const board = document.querySelector(".board");
if (board) {
  const place = `arrived ${location.pathname}`;
  try {
    if (!sessionStorage.getItem(place)) {
      board.classList.add("is-arriving");
      setTimeout(() => board.classList.remove("is-arriving"), 1200);
    }
    sessionStorage.setItem(place, "yes");
  } catch {
    // A browser that keeps nothing shows the board without the movement.
  }
}

// What the server's clock says, in seconds: clocks of devices go wrong by minutes. Every page says when it was drawn.
let said, ahead = 0;
function now() {
  const drawn = document.querySelector("main[data-now]")?.dataset.now;
  if (drawn !== undefined && drawn !== said) {
    const came = said === undefined && performance.getEntriesByType("navigation")[0]?.responseStart;
    ahead = (came ? performance.timeOrigin + came : Date.now()) / 1000 - drawn - 0.5;
    said = drawn;
  }
  return Date.now() / 1000 - ahead;
}
globalThis.hubcraft = { ...globalThis.hubcraft, now };

// A room keeps the time of the place where it is started. Without this it keeps UTC.
for (const field of document.querySelectorAll("[data-time-zone]")) {
  field.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
}
