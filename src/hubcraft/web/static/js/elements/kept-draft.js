// <kept-draft>: keeps what is being written in its form on this device until the server has taken it.
// Without it: what was typed stays on the page as long as that is open, and comes back with it where it is refused.

const DRAFT = "hubcraft-draft";

// A browser that keeps nothing, or whose store is full, writes as it would without this.
function tryTo(work) {
  try {
    return work();
  } catch {
    return undefined;
  }
}

const drafts = () => tryTo(() => Object.keys(localStorage).filter((key) => key.startsWith(`${DRAFT} `))) ?? [];
const draftAt = (key) => tryTo(() => JSON.parse(localStorage.getItem(key)));
const drop = (key) => tryTo(() => localStorage.removeItem(key));

// The server says in the address which form it has taken: its draft is not needed any longer.
const here = new URL(location.href);
if (here.searchParams.has("kept")) {
  const taken = here.searchParams.get("kept");
  for (const key of drafts()) if (draftAt(key)?.once === taken) drop(key);
  here.searchParams.delete("kept");
  history.replaceState(history.state, "", here);
}

// Whoever leaves a device leaves no half-written words on it.
document.addEventListener("submit", ({ target }) => {
  const left = new URL(target.action, location.href).pathname.match(/^\/r\/(\w+)\/seat\/remove\/$/);
  if (left) for (const key of drafts()) if (key.startsWith(`${DRAFT} ${left[1]} `)) drop(key);
});

// Several boxes to tick may have one name.
const tickOf = (box) => `${box.name} ${box.value}`;

class KeptDraft extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.status = this.querySelector("[data-draft-status]");
    this.key = `${DRAFT} ${this.dataset.place} ${this.form.id}`;
    this.asDrawn = this.#read();
    const draft = draftAt(this.key);
    // A form that came back from the server holds what was sent last.
    if (this.hasAttribute("data-returned")) this.#keep();
    else if (draft && Object.keys(draft.fields).some((name) => draft.fields[name] !== this.asDrawn[name])) this.#restore(draft);
    else if (draft) drop(this.key);
    for (const kind of ["input", "change"]) this.form.addEventListener(kind, () => this.#keep());
  }

  #fields() {
    return [...this.form.elements].filter((one) => one.name && !["hidden", "submit", "button"].includes(one.type));
  }

  #read() {
    const fields = {};
    for (const one of this.#fields()) {
      if (one.type === "checkbox") fields[tickOf(one)] = one.checked;
      else if (one.type !== "radio" || one.checked) fields[one.name] = one.value;
    }
    return fields;
  }

  #write(fields) {
    for (const one of this.#fields()) {
      if (one.type === "checkbox") one.checked = fields[tickOf(one)] ?? one.checked;
      if (!(one.name in fields)) continue;
      if (one.type === "radio") one.checked = one.value === fields[one.name];
      else one.value = fields[one.name];
      if (one.value && one.closest("details")) one.closest("details").open = true;
    }
  }

  #keep() {
    const once = this.form.elements.once.value;
    const isKept = tryTo(() => localStorage.setItem(this.key, JSON.stringify({ once, fields: this.#read() })) ?? true);
    if (isKept) this.#say(this.dataset.wordsKept);
  }

  // Under the number it was written with: should the server have taken it without our hearing of it, it stays one.
  #restore(draft) {
    this.#write(draft.fields);
    const fresh = this.form.elements.once.value;
    if (draft.once) this.form.elements.once.value = draft.once;
    this.#say(this.dataset.wordsBack);
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button button-quiet" });
    button.textContent = this.dataset.wordsDrop;
    button.addEventListener("click", () => {
      drop(this.key);
      this.#write(this.asDrawn);
      this.form.elements.once.value = fresh;
      this.#say("");
      this.form.querySelector("textarea, input:not([type=hidden])").focus();
    });
    this.status.append(" ", button);
  }

  #say(words) {
    if (this.status && (this.status.firstChild?.textContent ?? "") !== words) this.status.textContent = words;
  }
}

customElements.define("kept-draft", KeptDraft);
