// <session-end>: says anew when the session will be over while a step takes longer than planned, or stands still.
// Without it: what was true when the page was drawn.

const SOON = 90; // so much later is on track, as in domain/pacing.py
const OFTEN = 10_000;

class SessionEnd extends HTMLElement {
  connectedCallback() { this.#tick(); }
  disconnectedCallback() { clearTimeout(this.timer); }

  #tick() {
    const now = globalThis.hubcraft.now();
    const { until, later, planned, left } = this.dataset;
    const ends = now + Math.max(0, left === undefined ? until - now : left) + Number(later);
    const late = ends - planned;
    const words = (late <= SOON ? this.dataset.wordsOnTrack : this.dataset.wordsLate)
      .replace("{time}", this.#time(ends)).replace("{minutes}", Math.round(late / 60));
    if (this.textContent !== words) this.textContent = words;
    this.timer = setTimeout(() => this.#tick(), OFTEN);
  }

  // As the server says it: without morning or afternoon.
  #time(seconds) {
    const how = { hour: "numeric", minute: "2-digit", hour12: true, timeZone: this.dataset.zone };
    const parts = new Intl.DateTimeFormat("en-US", how).formatToParts(seconds * 1000);
    const part = (type) => parts.find((one) => one.type === type)?.value;
    return `${part("hour")}:${part("minute")}`;
  }
}

customElements.define("session-end", SessionEnd);
