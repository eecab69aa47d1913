// @ts-check
// Popover form below the toolbar, for a link or a figure. Nested in the page's form, so it must not submit.

/** What the fields hold, by data-input. @typedef {Record<string, string>} Values */

export class Panel {
  /** @type {HTMLElement} */
  #root;
  /** @type {() => void} */
  #focusText;
  /** @type {(values: Values) => string | Promise<string>} */
  #apply = () => "";
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
        if (button) void this.#submit(button.dataset.do ?? "");
      },
      { signal },
    );
  }

  /** @param {Values} values what stands there now
   * @param {(values: Values) => string | Promise<string>} apply answers with what is wrong (a data-error), or ""
   * @param {(() => void) | null} remove null when there is nothing to take away */
  open(values, apply, remove) {
    this.#apply = apply;
    this.#remove = remove ?? (() => {});
    for (const input of this.#inputs()) input.value = values[input.dataset.input ?? ""] ?? "";
    for (const button of this.#root.querySelectorAll("button")) {
      button.hidden = button.dataset.do === "remove" && !remove;
    }
    this.#showError("");
    this.#root.hidden = false;
    this.#inputs()[0]?.select();
  }

  close() {
    this.#root.hidden = true;
  }

  #inputs() {
    return [...this.#root.querySelectorAll("input")];
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
    const values = Object.fromEntries(this.#inputs().map((input) => [input.dataset.input ?? "", input.value.trim()]));
    const wrong = name === "apply" ? await this.#apply(values) : "";
    this.#showError(wrong);
    if (wrong) return this.#inputs()[0]?.focus();
    if (name === "remove") this.#remove();
    this.close();
    this.#focusText();
  }

  /** @param {string} wrong */
  #showError(wrong) {
    for (const message of this.#root.querySelectorAll("[data-error]")) {
      if (message instanceof HTMLElement) message.hidden = message.dataset.error !== wrong;
    }
    this.#inputs()[0]?.setAttribute("aria-invalid", String(wrong !== ""));
  }
}
