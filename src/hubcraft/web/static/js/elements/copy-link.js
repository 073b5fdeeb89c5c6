// <copy-link>: a button that copies the address in its field.
// Without it: the field can be selected and copied by hand.

class CopyLink extends HTMLElement {
  connectedCallback() {
    const field = this.querySelector("input");
    const button = this.querySelector("button");
    button.hidden = false;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
      } catch {
        document.execCommand("copy");
      }
      const words = button.textContent;
      button.textContent = this.dataset.wordsCopied;
      setTimeout(() => (button.textContent = words), 2000);
    });
  }
}

customElements.define("copy-link", CopyLink);
