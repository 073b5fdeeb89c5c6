// <step-clock>: counts what is left of a step; past its end it counts up, and hurries nobody. Readers of the page by
// ear hear the time of day once, never the seconds.
// Without it: the time of day until which the step lasts stands there, or where a paused clock stands.

class StepClock extends HTMLElement {
  connectedCallback() {
    this.digits = this.querySelector(".step-clock-digits");
    this.words = this.querySelector(".step-clock-words");
    this.half = this.querySelector(".step-clock-half");
    if (this.hasAttribute("data-paused")) return;
    if (!this.digits.hasAttribute("aria-hidden")) {
      const said = this.digits.cloneNode(true);
      said.className = "visually-hidden";
      this.append(said);
      this.digits.setAttribute("aria-hidden", "true");
    }
    this.#tick();
  }

  disconnectedCallback() { clearTimeout(this.timer); }

  #tick() {
    const now = globalThis.hubcraft.now();
    const left = Number(this.dataset.until) - now;
    const whole = Math.abs(left < 0 ? Math.ceil(left) : Math.floor(left));
    const words = `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
    const isOver = left <= -1;
    this.digits.textContent = isOver ? `+ ${words}` : words;
    this.classList.toggle("step-clock-over", isOver);
    if (isOver) this.words.textContent = this.dataset.wordsOver;
    if (this.half && this.dataset.half <= now && this.half.textContent !== this.half.dataset.wordsThen)
      this.half.textContent = this.half.dataset.wordsThen;
    this.timer = setTimeout(() => this.#tick(), 1000 * (left - Math.floor(left)) + 20);
  }
}

customElements.define("step-clock", StepClock);
