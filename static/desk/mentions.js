// @ts-check
/** Names of colleagues offered while `@` and letters are typed; without it the whole username is typed. */

/** @typedef {{ username: string, name: string }} Colleague */

const MOST = 6;
const TYPED = /(?:^|[^\p{L}\p{N}_@.+-])@([\p{L}\p{N}_.+-]*)$/u;

/** Those whose username or a word of whose name begins so. @param {Colleague[]} colleagues @param {string} typed */
export function matching(colleagues, typed) {
  const wanted = typed.toLocaleLowerCase();
  const begins = (/** @type {string} */ word) => word.toLocaleLowerCase().startsWith(wanted);
  return colleagues.filter(({ username, name }) => begins(username) || name.split(/\s+/).some(begins)).slice(0, MOST);
}

/** What is typed of a name just before the cursor, or null. @param {string} before */
export function typedName(before) {
  return TYPED.exec(before)?.[1] ?? null;
}

class Mentions {
  #field;
  #list = document.createElement("ul");
  /** @type {Promise<Colleague[]> | null} */
  #colleagues = null;
  /** @type {Colleague[]} */
  #shown = [];
  #at = 0;

  /** @param {HTMLTextAreaElement} field */
  constructor(field) {
    this.#field = field;
    this.#list.className = "note-names";
    this.#list.id = `${field.id}-names`;
    this.#list.role = "listbox";
    this.#list.ariaLabel = field.dataset.colleagues ?? "";
    this.#list.hidden = true;
    field.after(this.#list);
    field.setAttribute("aria-controls", this.#list.id);
    field.setAttribute("aria-autocomplete", "list");
    field.addEventListener("input", () => this.#offer());
    field.addEventListener("keydown", (event) => this.#onKeydown(event));
    field.addEventListener("blur", () => this.#show([]));
    this.#list.addEventListener("pointerdown", (event) => {
      event.preventDefault(); // the field keeps the cursor
      const item = event.target instanceof Element ? event.target.closest("li") : null;
      if (item) this.#take([...this.#list.children].indexOf(item));
    });
  }

  async #offer() {
    const typed = typedName(this.#before());
    if (typed === null) return this.#show([]);
    this.#colleagues ??= this.#fetch();
    const colleagues = await this.#colleagues;
    if (typedName(this.#before()) === typed) this.#show(matching(colleagues, typed));
  }

  /** @returns {Promise<Colleague[]>} */
  async #fetch() {
    try {
      return (await (await fetch(this.#field.dataset.mentions ?? "")).json()).colleagues;
    } catch {
      this.#colleagues = null; // the next letter asks again
      return [];
    }
  }

  #before() {
    return this.#field.value.slice(0, this.#field.selectionStart);
  }

  /** @param {Colleague[]} colleagues */
  #show(colleagues) {
    this.#shown = colleagues;
    this.#at = 0;
    this.#list.replaceChildren(...colleagues.map(({ username, name }, at) => {
      const item = document.createElement("li");
      item.role = "option";
      item.id = `${this.#list.id}-${at}`;
      item.textContent = name === username ? `@${username}` : `@${username} · ${name}`;
      return item;
    }));
    this.#list.hidden = !colleagues.length;
    this.#select(0);
  }

  /** @param {number} at */
  #select(at) {
    this.#at = at;
    [...this.#list.children].forEach((item, place) => item.setAttribute("aria-selected", `${place === at}`));
    if (this.#shown.length) this.#field.setAttribute("aria-activedescendant", `${this.#list.id}-${at}`);
    else this.#field.removeAttribute("aria-activedescendant");
  }

  /** @param {KeyboardEvent} event */
  #onKeydown(event) {
    const { key, ctrlKey, metaKey } = event;
    if (!this.#shown.length || ctrlKey || metaKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (step) this.#select((this.#at + step + this.#shown.length) % this.#shown.length);
    else if (key === "Enter" || key === "Tab") this.#take(this.#at);
    else if (key === "Escape") this.#show([]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {number} at */
  #take(at) {
    const before = this.#before();
    const typed = typedName(before) ?? "";
    const name = `${this.#shown[at].username} `;
    this.#field.setRangeText(name, before.length - typed.length, before.length, "end");
    this.#show([]);
  }
}

/** @param {HTMLTextAreaElement} field with the address of the colleagues' names */
export function connectMentions(field) {
  new Mentions(field);
}
