// @ts-check
/** Autosave: sends the words of an article's form as its draft while they are typed, and shows who else has it open. */

const QUIET = 2_000; // milliseconds without typing before words are sent
const RETRY = 5_000;
const BEAT = 15_000; // newsroom/presence/editors.py forgets who is silent for two minutes
const PARTS = ["headline", "standfirst", "byline", "body", "slug"]; // no slug once the article is published

/** "3 seconds ago", in the page's language. @param {number} at */
function ago(at) {
  const seconds = Math.round((Date.now() - at) / 1000);
  const format = new Intl.RelativeTimeFormat(`${document.documentElement.lang}-u-nu-latn`, { numeric: "auto" });
  return seconds < 60 ? format.format(-seconds, "second") : format.format(-Math.round(seconds / 60), "minute");
}

class Autosave {
  #form;
  #saved;
  #savedAt = 0;
  #isLeaving = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;
  /** @type {Promise<void> | undefined} */ #running;

  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.#form = form;
    this.#saved = this.#words();
    for (const kind of ["input", "change"]) form.addEventListener(kind, () => this.#isDirty && this.#saveIn(QUIET));
    form.addEventListener("submit", (event) => this.#onSubmit(event), { capture: true });
    addEventListener("beforeunload", (event) => {
      if (this.#isDirty && !this.#isLeaving) event.preventDefault();
    });
    document.addEventListener("visibilitychange", () => document.hidden && this.#isDirty && this.#save(true));
    // Back from another page: what was sent on leaving has changed the draft since.
    addEventListener("pageshow", ({ persisted }) => {
      this.#isLeaving = false;
      if (persisted) this.#save();
    });
    setInterval(() => this.#showTime(), 1_000);
    setInterval(() => document.hidden || this.#isDirty || this.#send(new URLSearchParams({ beat: "1" })), BEAT);
  }

  #words() {
    return JSON.stringify(PARTS.map((name) => new FormData(this.#form).get(name)));
  }

  get #isDirty() {
    return this.#words() !== this.#saved;
  }

  /** @param {number} milliseconds */
  #saveIn(milliseconds) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#save(), milliseconds);
  }

  async #save(keepalive = false) {
    clearTimeout(this.#timer);
    if (this.#running) await this.#running;
    const words = this.#words();
    const body = new URLSearchParams(/** @type {any} */ (new FormData(this.#form)));
    this.#running = this.#send(body, { keepalive: keepalive && body.toString().length < 60_000, words });
    await this.#running;
    this.#running = undefined;
  }

  /** @param {URLSearchParams} body @param {{keepalive?: boolean, words?: string}} [options] */
  async #send(body, { keepalive = false, words } = {}) {
    if (!words) {
      if (!this.#form.action || this.#form.dataset.autosave?.endsWith("article/autosave/")) return;
      for (const name of ["csrfmiddlewaretoken", "slug", "language", "seen", "base"]) body.set(name, this.#value(name));
    }
    try {
      const answer = await fetch(this.#form.dataset.autosave ?? "", { method: "POST", body, keepalive, redirect: "manual" });
      if (answer.type === "opaqueredirect" || answer.status === 403) return this.#tell("expired");
      this.#read(answer.status, await answer.json(), words);
    } catch {
      if (words) this.#tell("unsent");
      if (words) this.#saveIn(RETRY);
    }
  }

  /** @param {number} status @param {{seen: string, base: string, address?: string, others: string[], errors?: Record<string, string[]>}} said @param {string} [words] */
  #read(status, { seen, base, address, others, errors }, words) {
    this.#showOthers(others);
    if (status === 409) return this.#tell("overtaken");
    if (errors) return words && this.#tell(!errors.slug ? "refused" : errors.slug.length ? "new" : "taken");
    Object.assign(this.#field("seen"), { value: seen });
    Object.assign(this.#field("base"), { value: base });
    if (address && !location.pathname.endsWith(address)) this.#moveTo(address);
    if (!words) return;
    this.#saved = words;
    if (seen) this.#savedAt = Date.now();
    this.#showTime();
  }

  /** A new article has an address of its own from now on. @param {string} address */
  #moveTo(address) {
    history.replaceState(null, "", address);
    this.#form.action = address;
    this.#form.dataset.autosave = address.replace(/change\/$/, "autosave/");
  }

  /** @param {SubmitEvent} event */
  #onSubmit(event) {
    clearTimeout(this.#timer);
    this.#isLeaving = true;
    if (!this.#running) return;
    // The draft is newer once the answer is here: sent now, the form would name one that was replaced.
    event.preventDefault();
    event.stopImmediatePropagation();
    const { submitter } = event;
    this.#running.then(() => this.#form.requestSubmit(submitter));
  }

  /** @param {string} name */
  #field(name) {
    return /** @type {HTMLInputElement} */ (this.#form.elements.namedItem(name));
  }

  /** @param {string} name */
  #value(name) {
    return this.#field(name)?.value ?? "";
  }

  /** @param {string} name */
  #part(name) {
    return /** @type {HTMLElement} */ (this.#form.querySelector(`[data-${name}]`));
  }

  /** @param {string} word @param {string} [more] */
  #tell(word, more = "") {
    if (word !== "saved") this.#savedAt = 0;
    this.#part("autosave-state").hidden = false;
    this.#part("autosave-state").textContent = `${this.#part(`word=${word}`).textContent} ${more}`.trim();
    // What keeps words from being saved is said aloud; the time is not, each second.
    this.#part("autosave-state").setAttribute("role", word === "saved" ? "none" : "status");
  }

  #showTime() {
    if (this.#savedAt) this.#tell("saved", ago(this.#savedAt));
  }

  /** @param {string[]} others */
  #showOthers(others = []) {
    const place = this.#part("autosave-others");
    const names = /** @type {HTMLElement} */ (place.querySelector("[data-names]"));
    if (names.textContent !== others.join(", ")) names.textContent = others.join(", ");
    place.hidden = !others.length;
  }
}

export function saveDrafts() {
  for (const form of document.querySelectorAll("form[data-autosave]")) {
    if (form instanceof HTMLFormElement) new Autosave(form);
  }
}
