// <file-making>: how far a file is, asked again every two seconds until it is made.
// Without it: the page is loaded again by itself.

class FileMaking extends HTMLElement {
  connectedCallback() {
    if ("untilMade" in this.dataset) this.timer = setTimeout(() => this.look(), 2000);
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  async look() {
    try {
      const answer = await fetch(location.href);
      if (!answer.ok) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const now = page.querySelector("file-making");
      if (now && !("untilMade" in now.dataset)) return this.replaceWith(now);
      const progress = now?.querySelector("progress");
      if (progress) {
        this.querySelector("progress").value = progress.value;
        this.querySelector("progress + span").textContent = progress.textContent;
      }
    } catch {
      // Away for a moment, or the file is no longer ours: loading the page says which.
      if (navigator.onLine && this.failed) return location.reload();
      this.failed = true;
    }
    this.timer = setTimeout(() => this.look(), 2000);
  }
}

customElements.define("file-making", FileMaking);
