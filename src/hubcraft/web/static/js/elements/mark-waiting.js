// <mark-waiting>: sends marks that a closed page left on this device, and says how many still wait.
// Without it: they wait until the look-fors are opened again.

class MarkWaiting extends HTMLElement {
  connectedCallback() {
    this.marks = new globalThis.hubcraft.Marks(this.dataset.room, this.dataset.seat);
    this.marks.addEventListener("change", ({ detail }) => {
      this.hidden = !detail.waiting;
      this.textContent = detail.waiting ? `${this.dataset.wordsWaiting} (${detail.waiting})` : "";
    });
  }
}

customElements.define("mark-waiting", MarkWaiting);
