// <paper-grid>: arrow keys go from box to box and Enter to the next line; a digit takes the place of the number that
// stands in a box; beside each line stands how many people are on it.
// Without it: the boxes are reached with Tab, one after the other.

class PaperGrid extends HTMLElement {
  connectedCallback() {
    this.isCounted = this.hasAttribute("data-counts");
    this.lines = [...this.querySelectorAll("[data-line]")].map((line) => [...line.querySelectorAll("input, textarea")]);
    for (const sum of this.querySelectorAll("[data-sum]")) sum.hidden = false;
    for (const line of this.lines) this.#add(line);
    this.addEventListener("input", ({ target }) => this.#add(this.lines.find((line) => line.includes(target))));
    this.addEventListener("focusin", ({ target }) => this.isCounted && target.select());
    this.addEventListener("keydown", (event) => this.#go(event));
  }

  #go(event) {
    const { key, target } = event;
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const at = this.lines.findIndex((line) => line.includes(target));
    if (at < 0) return;
    const place = this.lines[at].indexOf(target);
    const onward = getComputedStyle(this).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const isAside = key === "ArrowLeft" || key === "ArrowRight";
    if (isAside && !this.#isAtEdge(target, key === onward)) return;
    const next = isAside ? this.lines[at][place + (key === onward ? 1 : -1)]
      : key === "ArrowDown" ? this.lines[at + 1]?.[place]
      : key === "ArrowUp" ? this.lines[at - 1]?.[place]
      : key === "Enter" ? this.lines[at + 1]?.[0] ?? target.form.querySelector("button")
      : undefined;
    if (next) {
      event.preventDefault();
      next.focus();
    }
  }

  // Among initials the arrow goes through the words first.
  #isAtEdge(box, isOnward) {
    if (this.isCounted || !box.value) return true;
    return box.selectionStart === box.selectionEnd && box.selectionEnd === (isOnward ? box.value.length : 0);
  }

  #add(line) {
    const count = (words) => (this.isCounted ? Number(words) || 0 : words.split(this.#between()).filter(Boolean).length);
    const people = line.reduce((sum, box) => sum + count(box.value.trim()), 0);
    line[0].closest("[data-line]").querySelector("[data-sum]").textContent = people || "";
  }

  #between() { return this.dataset.between === "comma" ? /\s*[,;\n]\s*/ : /[\s,;]+/; }
}

customElements.define("paper-grid", PaperGrid);
