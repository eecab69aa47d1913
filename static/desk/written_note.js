// @ts-check
/** Writes a form's public note anew when its change or kind does, until the editor types in it. The server words it. */

const QUIET = 250; // milliseconds without typing

class WrittenNote {
  #form;
  #note;
  #written;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;
  /** @type {AbortController | undefined} */ #asked;
  /** @type {Promise<void> | undefined} */ #answer;

  /** @param {HTMLFormElement} form @param {HTMLTextAreaElement} note @param {HTMLInputElement} written */
  constructor(form, note, written) {
    this.#form = form;
    this.#note = note;
    this.#written = written;
    for (const kind of ["input", "change"]) form.addEventListener(kind, (event) => this.#onChange(event));
    // Before the page's other listeners: a form that is sent while its note is being written waits for it.
    form.addEventListener("submit", (event) => this.#onSubmit(event), { capture: true });
  }

  /** Whether the editor left the note as it was written. */
  get #isOurs() {
    return this.#note.value.trim() === this.#written.value.trim();
  }

  /** @param {Event} event */
  #onChange({ target }) {
    if (target === this.#note || !this.#isOurs) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.#answer = this.#write()), QUIET);
  }

  async #write() {
    this.#timer = undefined;
    this.#asked?.abort();
    const asked = (this.#asked = new AbortController());
    try {
      const body = new URLSearchParams(/** @type {any} */ (new FormData(this.#form)));
      const answer = await fetch(this.#form.dataset.note ?? "", { method: "POST", body, signal: asked.signal });
      if (answer.ok) this.#show((await answer.json()).note);
    } catch { /* The note stays; the next change asks again. */ }
    if (this.#asked === asked) this.#answer = undefined;
  }

  /** @param {string} note */
  #show(note) {
    if (!this.#isOurs) return; // typed meanwhile
    this.#note.value = this.#written.value = note;
  }

  /** @param {SubmitEvent} event */
  #onSubmit(event) {
    if (!this.#timer && !this.#answer) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    clearTimeout(this.#timer);
    const { submitter } = event;
    (this.#timer ? this.#write() : this.#answer)?.then(() => this.#form.requestSubmit(submitter));
  }
}

export function writeNotes() {
  for (const form of document.querySelectorAll("form[data-note]")) {
    const note = form.querySelector("textarea[name=note]");
    const written = form.querySelector("input[name=written]");
    if (form instanceof HTMLFormElement && note instanceof HTMLTextAreaElement && written instanceof HTMLInputElement) {
      new WrittenNote(form, note, written);
    }
  }
}
