// The marks of one seat on their way to the server: each is kept on this device until the server has answered for it.
// Without it: the form of the page is sent by its Save button.

const DATABASE = "hubcraft-marks";
const STORE = "operations";
const MOST_AT_ONCE = 50;
const PATIENCE = 15000;

// Where a browser keeps nothing (some private windows), the marks wait in this page.
class Memory {
  #kept = new Map();
  async put(operation) { this.#kept.set(operation.id, operation); }
  async remove(ids) { ids.forEach((id) => this.#kept.delete(id)); }
  async all() { return [...this.#kept.values()]; }
}

class Disk {
  static open() {
    return new Promise((resolve, reject) => {
      const request = indexedDB.open(DATABASE, 1);
      request.onupgradeneeded = () =>
        request.result.createObjectStore(STORE, { keyPath: ["place", "id"] }).createIndex("place", "place");
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
      request.onblocked = () => reject(new Error("blocked"));
    });
  }
  constructor(database, place) { this.database = database; this.place = place; }
  #change(work) {
    return new Promise((resolve, reject) => {
      const change = this.database.transaction(STORE, "readwrite", { durability: "strict" });
      work(change.objectStore(STORE));
      change.oncomplete = () => resolve();
      change.onerror = change.onabort = () => reject(change.error);
    });
  }
  put(operation) { return this.#change((store) => store.put({ ...operation, place: this.place })); }
  remove(ids) { return this.#change((store) => ids.forEach((id) => store.delete([this.place, id]))); }
  all() {
    return new Promise((resolve, reject) => {
      const request = this.database.transaction(STORE).objectStore(STORE).index("place").getAll(this.place);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  }
}

class Marks extends EventTarget {
  #sending = false;
  #again = 0;
  #failures = 0;
  #order = 0;
  #held = new Set();
  waiting = [];

  constructor(room, seat) {
    super();
    this.address = `/r/${room}/marks/`;
    this.seat = seat;
    this.place = `${room} ${seat}`;
    this.ready = this.#open();
    this.isStopped = false;
    addEventListener("online", () => this.#soon(200));
    addEventListener("pageshow", (event) => event.persisted && this.#soon(0));
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.#soon(0));
  }

  async #open() {
    try {
      this.store = new Disk(await Disk.open(), this.place);
      this.waiting = (await this.store.all()).sort((one, other) => one.order - other.order);
    } catch {
      this.store = new Memory();
    }
    this.#order = this.waiting.at(-1)?.order ?? 0;
    this.#tell();
    this.send();
  }

  static id() {
    return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  // Keep an answer; while `isResting` is false the person is still choosing with the arrow keys and it is not sent yet.
  async add(lookFor, answer, phase, isResting) {
    await this.ready;
    // What was still being chosen is replaced under a new id: another tab may have sent the old one already.
    const held = this.waiting.find((one) => one.look_for === lookFor && this.#held.has(one.id));
    if (held) {
      this.waiting.splice(this.waiting.indexOf(held), 1);
      this.#held.delete(held.id);
    }
    // By the clock, so that what a closed page left behind is older than what is chosen now.
    this.#order = Math.max(this.#order + 1, Date.now());
    const operation = { id: Marks.id(), look_for: lookFor, answer, phase, order: this.#order };
    this.waiting.push(operation);
    if (isResting) this.#held.delete(operation.id);
    else this.#held.add(operation.id);
    this.isStopped = false;
    this.#tell();
    try {
      if (held) await this.store.remove([held.id]);
      await this.store.put(operation);
    } catch {
      // A full disk: the mark still waits in this page.
    }
    if (isResting) this.send();
  }

  release() {
    this.#held.clear();
    return this.send();
  }

  async send() {
    await this.ready;
    const some = this.waiting.filter((one) => !this.#held.has(one.id)).slice(0, MOST_AT_ONCE);
    if (this.#sending || this.isStopped || !some.length) return;
    this.#sending = true;
    clearTimeout(this.#again);
    let answer = null;
    try {
      answer = await this.#post(some);
      this.#failures = 0;
    } catch (reason) {
      this.#failures += 1;
      this.#soon(reason.after ?? this.#pause());
    }
    this.#sending = false;
    if (answer) await this.#settle(answer);
    else this.#tell();
  }

  async #post(some) {
    const response = await fetch(this.address, {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify({
        seat: this.seat,
        operations: some.map(({ id, look_for, answer, phase }) => ({ id, look_for, answer, phase })),
      }),
      keepalive: true,
      redirect: "error",
      signal: AbortSignal.timeout?.(PATIENCE),
    });
    if (response.ok && response.headers.get("Content-Type")?.startsWith("application/json")) return response.json();
    if (response.status >= 400 && response.status < 500 && ![408, 425, 429].includes(response.status)) {
      this.isStopped = true;
      this.#failures = 0;
      return null;
    }
    const seconds = Number(response.headers.get("Retry-After"));
    throw Object.assign(new Error("later"), { after: seconds ? seconds * 1000 * (1 + Math.random() / 2) : undefined });
  }

  async #settle(answer) {
    const refused = answer.refused ?? [];
    const gone = new Set([...(answer.taken ?? []), ...(answer.late ?? []), ...refused.map((one) => one.id)]);
    const settled = this.waiting.filter((one) => gone.has(one.id));
    this.waiting = this.waiting.filter((one) => !gone.has(one.id));
    try {
      await this.store.remove([...gone]);
    } catch {
      // What stays on the disk is sent again some day and takes effect once.
    }
    this.dispatchEvent(new CustomEvent("settled", { detail: { answer, settled } }));
    this.#tell();
    if (gone.size) this.send();
    else if (this.waiting.length) this.#soon(this.#pause());
  }

  #pause() { return Math.random() * Math.min(30000, 1000 * 2 ** Math.min(this.#failures, 5)) + 300; }
  #soon(wait) {
    clearTimeout(this.#again);
    this.#again = setTimeout(() => this.send(), wait);
  }
  #tell() {
    this.dispatchEvent(new CustomEvent("change", { detail: { waiting: this.waiting.length, failures: this.#failures } }));
  }
}

globalThis.hubcraft = { ...globalThis.hubcraft, Marks };
