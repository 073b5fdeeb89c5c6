// <mark-form>: saves each answer as it is chosen, says truthfully whether it has arrived, and turns the look-fors
// without asking the server, so that a phone can go through all of them offline.
// Without it: the Save button sends the form, and Back and Next are links.

const REST = 600;

class MarkForm extends HTMLElement {
  #keyed = false;
  #resting = 0;
  #words = "";

  connectedCallback() {
    this.form = this.querySelector("form");
    this.lookFors = [...this.querySelectorAll("[data-look-for]")];
    this.#shut();
    this.addEventListener("hubcraft:swapped", () => this.#shut());
    this.status = this.querySelector("[data-status]");
    this.marks = new globalThis.hubcraft.Marks(this.dataset.room, this.dataset.seat);
    this.marks.addEventListener("change", (event) => this.#tell(event.detail));
    this.marks.addEventListener("settled", (event) => this.#settled(event.detail));
    this.marks.ready.then(() => this.marks.waiting.forEach((one) => this.#show(one.look_for, one.answer)));
    this.addEventListener("keydown", () => (this.#keyed = true), true);
    this.addEventListener("pointerdown", () => (this.#keyed = false), true);
    this.form.addEventListener("change", (event) => this.#chosen(event));
    this.form.addEventListener("focusout", (event) => this.#left(event));
    this.form.addEventListener("submit", (event) => this.#submitted(event));
    this.addEventListener("click", (event) => this.#turned(event));
    this.onpagehide = () => this.#rest();
    addEventListener("pagehide", this.onpagehide);
    this.onpopstate = () => this.#open(this.#at(location.pathname), false);
    if (this.#isOne) addEventListener("popstate", this.onpopstate);
  }

  disconnectedCallback() {
    removeEventListener("pagehide", this.onpagehide);
    removeEventListener("popstate", this.onpopstate);
  }

  // Nothing can be chosen where nothing is taken: a room that was closed meanwhile, slips that are frozen.
  #shut() {
    const isShut = this.hasAttribute("data-shut") || Boolean(this.querySelector("[data-closed]"));
    this.lookFors.forEach((one) => (one.disabled = isShut));
  }

  // Where this page goes as soon as everything has arrived; until then nobody else may turn it (live.js).
  get #leaving() { return this.dataset.leaving ?? ""; }
  set #leaving(address) {
    if (address) this.dataset.leaving = address;
    else delete this.dataset.leaving;
  }
  get #isOne() { return Boolean(this.querySelector("[data-go='next']")); }
  get #current() { return this.lookFors.findIndex((one) => !one.hidden); }
  #at(path) { return this.lookFors.findIndex((one) => one.dataset.address === path); }
  #lookFor(key) { return this.lookFors.find((one) => one.dataset.lookFor === key); }

  // Choosing

  #chosen(event) {
    const lookFor = event.target.closest("[data-look-for]");
    if (lookFor && event.target.type === "radio") this.#keep(lookFor, event.target.value, !this.#keyed);
  }

  #keep(lookFor, answer, isResting) {
    clearTimeout(this.#resting);
    const refused = lookFor.querySelector(".look-for-refused");
    refused.hidden = true;
    this.#count();
    this.marks.add(lookFor.dataset.lookFor, answer, this.dataset.phase, isResting);
    if (!isResting) this.#resting = setTimeout(() => this.#rest(), REST);
  }

  #left(event) {
    if (!event.relatedTarget || !event.target.closest("[data-look-for]")?.contains(event.relatedTarget)) this.#rest();
  }

  #rest() {
    clearTimeout(this.#resting);
    this.marks.release();
  }

  #submitted(event) {
    const button = event.submitter;
    if (button?.form && button.form !== this.form) return;
    event.preventDefault();
    if (!button?.hasAttribute("data-clear")) return this.#rest();
    const lookFor = button.closest("[data-look-for]");
    this.#show(lookFor.dataset.lookFor, "");
    lookFor.querySelector("input[type=radio]").focus();
    this.#keep(lookFor, "", true);
  }

  // Showing

  #show(key, answer) {
    const lookFor = this.#lookFor(key);
    lookFor?.querySelectorAll("input[type=radio]").forEach((radio) => (radio.checked = radio.value === answer));
    this.#count();
  }

  #count() {
    const words = this.querySelector("[data-answered]");
    const empty = this.lookFors.filter((one) => !one.querySelector(":checked"));
    const answered = this.lookFors.length - empty.length;
    if (words) words.textContent = words.dataset.words.replace("{answered}", answered);
    this.querySelectorAll(".look-for-bar progress").forEach((bar) => (bar.value = answered));
    this.querySelector("[data-until-all]")?.classList.toggle("button-main", !empty.length);
    const link = this.querySelector("[data-empty]");
    if (link) link.hidden = !empty.length;
    if (link && empty.length) link.hash = empty[0].id;
    this.#name(this.#current);
  }

  #settled({ answer, settled }) {
    this.saved = true;
    for (const { look_for: key, answer: chosen, id } of settled) {
      const lookFor = this.#lookFor(key);
      if (!lookFor) continue;
      const refusal = (answer.refused ?? []).find((one) => one.id === id);
      const isNewer = this.marks.waiting.some((one) => one.look_for === key);
      if (!refusal) lookFor.dataset.answer = chosen;
      else {
        this.saved = false;
        if (!isNewer) this.#show(key, lookFor.dataset.answer);
        const words = lookFor.querySelector(".look-for-refused");
        words.textContent = refusal.sentence;
        words.hidden = false;
      }
    }
    this.late = Boolean(answer.late?.length);
    if (this.#leaving && !this.marks.waiting.length && this.saved) location.assign(this.#leaving);
  }

  #tell({ waiting, failures }) {
    const words = this.dataset;
    if (this.marks.isStopped) return this.#say("stopped", words.wordsStopped);
    if (waiting && (failures || !navigator.onLine)) {
      const go = this.#leaving ? ` ${words.wordsGo}` : "";
      return this.#say("waiting", `${words.wordsWaiting} (${waiting})${go}`);
    }
    if (waiting) return this.#say("sending", "");
    if (this.saved) this.#say(this.late ? "late" : "saved", this.late ? words.wordsLate : words.wordsSaved);
    else this.#say("", "");
  }

  #say(state, words) {
    this.status.dataset.state = state;
    if (words !== this.#words) this.status.textContent = this.#words = words;
  }

  // Turning

  #turned(event) {
    const link = event.target.closest("a[data-go]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button) return;
    const next = this.#at(link.getAttribute("href"));
    this.#rest();
    if (next >= 0) {
      event.preventDefault();
      history.pushState(null, "", link.href);
      this.#open(next, true);
    } else if (this.marks.waiting.length) {
      event.preventDefault();
      this.#leaving = link.href;
      if (this.marks.isStopped) location.assign(link.href);
      else setTimeout(() => this.#leaving && this.#tell({ waiting: this.marks.waiting.length, failures: 1 }), 600);
    }
  }

  // The last look-for leads to the end only when none before it is empty.
  #name(index) {
    const next = this.querySelector("[data-go=next]");
    if (!next) return;
    const isAll = this.lookFors.every((one) => one.querySelector(":checked"));
    const name = index < this.lookFors.length - 1 ? "wordsNext" : isAll ? "wordsDone" : "wordsLeft";
    next.textContent = next.dataset[name];
  }

  #open(index, isForward) {
    if (index < 0) return;
    this.lookFors.forEach((one, place) => (one.hidden = place !== index));
    const [back, next] = ["back", "next"].map((go) => this.querySelector(`[data-go=${go}]`));
    const before = this.lookFors[index - 1];
    const after = this.lookFors[index + 1];
    back.hidden = !before;
    if (before) back.href = before.dataset.address;
    next.href = after?.dataset.address ?? this.dataset.done;
    this.#name(index);
    const where = this.lookFors[index].querySelectorAll(".look-for-where");
    document.title = document.title.replace(/^.*(?= · )/, where[where.length - 1].textContent.trim());
    this.#leaving = "";
    this.#say("", "");
    this.saved = false;
    scrollTo(0, 0);
    this.lookFors[index].querySelector(".look-for-text").focus({ preventScroll: true });
    if (isForward) this.#tell({ waiting: this.marks.waiting.length, failures: 0 });
  }
}

customElements.define("mark-form", MarkForm);
