// <live-region>: a part of the page that live.js replaces when it has changed.
// Without it: the part stays as it was when the page was loaded.

const SAY = 5_000;
const speaker = document.createElement("p");
speaker.setAttribute("role", "status");
speaker.className = "visually-hidden";
document.body.append(speaker);
let saidAt = 0, saying;

// What a part has to say, politely: the last of several, at most every five seconds.
function say(words) {
  if (!words || words === speaker.textContent) return;
  clearTimeout(saying);
  saying = setTimeout(() => {
    saidAt = Date.now();
    speaker.textContent = words;
  }, Math.max(0, saidAt + SAY - Date.now()));
}

class LiveRegion extends HTMLElement {
  // Take newer content; what is focused or folded open inside stays so, by its id.
  show(html, sequence, isWhole) {
    if (!isWhole && sequence < Number(this.dataset.sequence ?? this.closest("main").dataset.sequence)) return;
    this.dataset.sequence = sequence;
    if (this.shown === html) return;
    this.shown = html;
    const focus = this.contains(document.activeElement) ? document.activeElement.id : "";
    const folds = new Map([...this.querySelectorAll("details[id]")].map((one) => [one.id, one.open]));
    this.innerHTML = html;
    for (const one of this.querySelectorAll("details[id]")) one.open = folds.get(one.id) ?? one.open;
    if (focus) document.getElementById(focus)?.focus({ preventScroll: true });
    globalThis.htmx?.process(this);
    this.dispatchEvent(new CustomEvent("hubcraft:swapped", { bubbles: true }));
    say(this.querySelector("[data-say]")?.dataset.say ?? this.dataset.say);
  }
}

customElements.define("live-region", LiveRegion);
