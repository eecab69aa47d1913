// @ts-check
// Popover form below the toolbar, for a link, a figure or a table. Nested in the page's form, so it must not submit.

/** What the fields hold, by data-input. @typedef {Record<string, string>} Values */
/** Answers with what is wrong: a data-error, a sentence, or "". The signal ends what was cancelled meanwhile.
 * @typedef {(values: Values, file: File | null, signal: AbortSignal) => string | Promise<string>} Apply */

export class Panel {
  /** @type {HTMLElement} */
  #root;
  /** @type {() => void} */
  #focusText;
  /** @type {Apply} */
  #apply = () => "";
  /** @type {File | null} */
  #file = null;
  /** @type {AbortController | null} while something is applied */
  #running = null;
  /** @type {() => void} */
  #remove = () => {};

  /** @param {HTMLElement} root
   * @param {() => void} leave gives the focus back to the text
   * @param {AbortSignal} signal */
  constructor(root, leave, signal) {
    this.#root = root;
    this.#focusText = leave;
    root.addEventListener("keydown", (event) => this.#key(event), { signal });
    root.addEventListener(
      "click",
      (event) => {
        const button = event.target instanceof Element ? event.target.closest("button") : null;
        if (button) void this.#press(button.dataset.do ?? "");
      },
      { signal },
    );
    this.#chooser?.addEventListener("change", () => this.#take(this.#chooser?.files?.[0] ?? null), { signal });
  }

  /** @param {Values} values what stands there now
   * @param {Apply} apply
   * @param {(() => void) | null} remove null when there is nothing to take away
   * @param {File | null} [file] */
  open(values, apply, remove, file = null) {
    this.close();
    this.#apply = apply;
    this.#remove = remove ?? (() => {});
    for (const input of this.#inputs()) input.value = values[input.dataset.input ?? ""] ?? "";
    for (const button of this.#root.querySelectorAll("button")) {
      button.hidden = button.dataset.do === "remove" && !remove;
    }
    this.#showError("");
    this.#root.hidden = false;
    this.#take(file);
    const chooser = this.#root.querySelector("[data-no-file]:not([hidden]) [data-do=choose]");
    const first = this.#inputs().find((input) => !input.closest("[hidden]"));
    if (chooser instanceof HTMLElement && !first?.value) chooser.focus();
    else first?.select();
  }

  close() {
    this.#running?.abort();
    this.#running = null;
    this.#showBusy(false);
    this.#root.hidden = true;
  }

  #inputs() {
    return [...this.#root.querySelectorAll("input")].filter((input) => input.dataset.input);
  }

  get #chooser() {
    const input = this.#root.querySelector("input[type=file]");
    return input instanceof HTMLInputElement ? input : null;
  }

  /** A file stands for the address that it does not have yet. @param {File | null} file */
  #take(file) {
    this.#file = file;
    if (this.#chooser) this.#chooser.value = "";
    for (const part of this.#root.querySelectorAll("[data-no-file], [data-file]")) {
      if (part instanceof HTMLElement) part.hidden = part.hasAttribute("data-file") !== !!file;
    }
    const name = this.#root.querySelector("[data-file-name]");
    if (name) name.textContent = file?.name ?? "";
    if (file) this.#inputs().find((input) => !input.closest("[hidden]"))?.focus();
  }

  /** @param {string} name */
  #press(name) {
    if (name === "choose") return this.#chooser?.click();
    if (name === "unchoose") return this.#take(null);
    return this.#submit(name);
  }

  /** Enter would send the page's form. @param {KeyboardEvent} event */
  #key(event) {
    const isDone = event.key === "Enter" && event.target instanceof HTMLInputElement;
    const name = isDone ? "apply" : "cancel";
    if (event.isComposing || !(isDone || event.key === "Escape")) return;
    event.preventDefault();
    event.stopPropagation();
    void this.#submit(name);
  }

  /** @param {string} name */
  async #submit(name) {
    if (name === "apply") {
      if (this.#running) return;
      const wrong = await this.#run();
      if (wrong === null) return;
      this.#showError(wrong);
      if (wrong) return this.#blamed(wrong)?.focus();
    }
    if (name === "remove") this.#remove();
    this.close();
    this.#focusText();
  }

  /** @returns {Promise<string | null>} what is wrong; null when it was cancelled */
  async #run() {
    const values = Object.fromEntries(this.#inputs().map((input) => [input.dataset.input ?? "", input.value.trim()]));
    const running = new AbortController();
    this.#running = running;
    this.#showError("");
    this.#showBusy(!!this.#file);
    const wrong = await this.#apply(values, this.#file, running.signal);
    if (running.signal.aborted) return null;
    this.#running = null;
    this.#showBusy(false);
    return wrong;
  }

  /** @param {boolean} busy */
  #showBusy(busy) {
    const said = this.#root.querySelector("[data-busy]");
    if (said instanceof HTMLElement) said.hidden = !busy;
  }

  /** The field of an error, or else the first. @param {string} wrong */
  #blamed(wrong) {
    const inputs = this.#inputs().filter((input) => !input.closest("[hidden]"));
    return inputs.find((input) => input.dataset.input === wrong) ?? inputs[0];
  }

  /** @param {string} wrong */
  #showError(wrong) {
    const messages = [...this.#root.querySelectorAll("[data-error]")].filter((each) => each instanceof HTMLElement);
    const known = messages.find((message) => message.dataset.error === wrong);
    const shown = wrong ? (known ?? messages.find((message) => message.dataset.error === "said")) : undefined;
    if (shown && !known) shown.textContent = wrong;
    for (const message of messages) message.hidden = message !== shown;
    for (const input of this.#inputs()) input.setAttribute("aria-invalid", String(!!wrong && input === this.#blamed(wrong)));
  }
}
