// <pass-key>: a form whose answer the device gives: it makes a passkey, or shows one it has.
// Without it: the form stays hidden, and a code does the same.

class PassKey extends HTMLElement {
  connectedCallback() {
    if (!globalThis.PublicKeyCredential || !isSecureContext) return;
    this.hidden = false;
    document.querySelector("[data-passkeys=none]")?.remove();
    const form = this.querySelector("form");
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const said = this.querySelector("[role=status]");
      said.textContent = "";
      try {
        const answer = await globalThis.webauthnJSON[this.dataset.does](await this.question(form.action));
        form.elements.credential.value = JSON.stringify(answer);
        form.submit();
      } catch (fault) {
        said.textContent = fault.name === "InvalidStateError" ? this.dataset.wordsKnown : this.dataset.wordsFailed;
      }
    });
  }

  // What the device is asked: it stands in the page, or is fetched where nobody has said yet who they are.
  async question(address) {
    if (this.dataset.options) return JSON.parse(this.dataset.options);
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    return (await answer.json()).request_options;
  }
}

customElements.define("pass-key", PassKey);
