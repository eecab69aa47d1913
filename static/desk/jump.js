// @ts-check
/** Ctrl + K: goes to an article, a case or a list, or presses a button of this page, by a few letters of its name. */

const WAIT = 150; // ms without typing before the server is asked
const MOST = 12; // options shown

/** @typedef {{label: string, hint: string, run: () => void}} Option */

export function connectJump() {
  const dialog = document.getElementById("desk-jump");
  if (dialog instanceof HTMLDialogElement) new Jump(dialog);
}

class Jump {
  #dialog;
  #input;
  #list;
  /** @type {Option[]} */
  #fixed;
  /** @type {Option[]} */
  #found = [];
  /** @type {Option[]} */
  #shown = [];
  #at = 0;
  #timer = 0;
  #asked = 0;

  /** @param {HTMLDialogElement} dialog */
  constructor(dialog) {
    this.#dialog = dialog;
    this.#input = /** @type {HTMLInputElement} */ (dialog.querySelector("input"));
    this.#list = /** @type {HTMLElement} */ (dialog.querySelector("ul"));
    this.#fixed = Array.from(this.#list.children, (each) => ({ label: each.textContent ?? "", hint: "", run: goTo(each.getAttribute("data-url") ?? "") }));
    const opener = document.querySelector("[data-jump]");
    if (opener instanceof HTMLElement) opener.hidden = false;
    opener?.addEventListener("click", () => this.#open());
    this.#input.addEventListener("input", () => this.#search());
    this.#input.addEventListener("keydown", (event) => this.#onKeydown(event));
    dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());
    addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== "k") return;
      event.preventDefault();
      if (dialog.open) dialog.close();
      else this.#open();
    });
  }

  #open() {
    this.#input.value = "";
    this.#found = [];
    this.#show();
    this.#dialog.showModal();
    this.#input.focus();
    this.#ask(); // for the editor's own lists
  }

  /** Buttons and links with a key of this page, and what stands on every page. */
  #known() {
    const words = this.#input.value.trim().toLowerCase();
    return [...pageActions(), ...this.#fixed].filter(({ label }) => label.toLowerCase().includes(words));
  }

  #show() {
    const known = this.#known();
    this.#shown = [...known.slice(0, this.#found.length ? MOST - this.#found.length : MOST), ...this.#found].slice(0, MOST);
    this.#at = 0;
    this.#list.replaceChildren(...this.#shown.map((option, index) => this.#row(option, index)));
    this.#mark();
  }

  /** @param {Option} option @param {number} index */
  #row({ label, hint, run }, index) {
    const row = Object.assign(document.createElement("li"), { id: `jump-${index}`, role: "option", textContent: label });
    row.setAttribute("role", "option");
    if (hint) row.append(Object.assign(document.createElement("span"), { textContent: hint }));
    row.addEventListener("click", () => this.#run(run));
    return row;
  }

  #mark() {
    for (const [index, row] of [...this.#list.children].entries()) row.setAttribute("aria-selected", String(index === this.#at));
    this.#input.setAttribute("aria-activedescendant", this.#shown.length ? `jump-${this.#at}` : "");
    this.#list.children[this.#at]?.scrollIntoView({ block: "nearest" });
  }

  /** @param {KeyboardEvent} event */
  #onKeydown(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      this.#at = (this.#at + step + this.#shown.length) % Math.max(1, this.#shown.length);
      this.#mark();
    } else if (event.key === "Enter") {
      const option = this.#shown[this.#at];
      if (option) this.#run(option.run);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {() => void} run */
  #run(run) {
    this.#dialog.close();
    run();
  }

  #search() {
    this.#found = [];
    this.#show();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), WAIT);
  }

  async #ask() {
    const turn = ++this.#asked;
    const words = this.#input.value.trim();
    try {
      const answer = await fetch(`${this.#dialog.dataset.url}?${new URLSearchParams({ q: words })}`, { headers: { Accept: "application/json" } });
      const { targets } = await answer.json();
      if (turn !== this.#asked || this.#input.value.trim() !== words) return;
      this.#found = targets.map((/** @type {{label: string, hint: string, url: string}} */ each) => ({ ...each, run: goTo(each.url) }));
      const at = this.#at; // perhaps moved by an arrow meanwhile
      this.#show();
      this.#at = Math.min(at, Math.max(0, this.#shown.length - 1));
      this.#mark();
    } catch { /* What stands on the page is offered still. */ }
  }
}

/** @param {string} url */
const goTo = (url) => () => location.assign(url);

/** @returns {Option[]} */
function pageActions() {
  const all = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("main :is(a, button, summary)[data-key]"));
  return [...all].filter((each) => each.checkVisibility()).map((each) => {
    const kbd = each.querySelector("kbd")?.textContent ?? "";
    const label = (each.textContent ?? "").replace(kbd, "").trim();
    return { label, hint: kbd, run: () => dispatchEvent(new CustomEvent("desk-key", { detail: each })) };
  });
}
