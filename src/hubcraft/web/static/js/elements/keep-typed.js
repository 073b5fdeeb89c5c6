// <keep-typed data-key="…">: keeps what is typed into its form on this device until it is sent, so that a page
// that moves on, or a reload, takes nothing away. Without it: what was not sent is lost with the page.

const KEPT = "typed ";

class KeepTyped extends HTMLElement {
  connectedCallback() {
    this.addEventListener("input", this);
    this.addEventListener("submit", this);
    this.restore();
  }

  get fields() {
    return [...this.querySelectorAll("textarea[name], input[name]:not([type=hidden])")];
  }

  handleEvent(event) {
    try {
      if (event.type === "submit") sessionStorage.removeItem(KEPT + this.dataset.key);
      else sessionStorage.setItem(KEPT + this.dataset.key, JSON.stringify(this.fields.map((one) => (isTick(one) ? one.checked : one.value))));
    } catch {
      // A browser that keeps nothing loses what was not sent.
    }
  }

  // A form that came back with a mistake holds what was typed already.
  restore() {
    if (this.querySelector("[data-focus]")) return;
    try {
      const kept = JSON.parse(sessionStorage.getItem(KEPT + this.dataset.key) ?? "[]");
      const fields = this.fields;
      if (kept.length !== fields.length) return;
      for (const [at, one] of fields.entries()) isTick(one) ? (one.checked = kept[at]) : (one.value = kept[at]);
    } catch {
      // The same.
    }
  }
}

function isTick(field) {
  return ["checkbox", "radio"].includes(field.type);
}

customElements.define("keep-typed", KeepTyped);
