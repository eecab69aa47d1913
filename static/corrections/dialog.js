// @ts-check
/** The dialog in which a reader puts a passage right and sends it to the desk. */
import { Refused } from "./passage.js";
import { article, passageOf } from "./selection.js";
import { compose, keep, problems, proof, recall, sealed, send } from "./sending.js";
import { wordDiff } from "./worddiff.js";

const TEXTS = /** @type {const} */ (["replacement", "category", "note", "evidence_url", "email", "website"]);
const TAGS = { equal: "span", delete: "del", insert: "ins" };

/** @param {string} tag @param {string} text */
function element(tag, text) {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}

/** Stands around the server's own markup. Sends "suggestion-accepted" with the receipt as its detail. */
class SuggestionDialog extends HTMLElement {
  #form = this.#part("form");
  #api = this.#form.dataset.api ?? "";
  #label = this.#part("send").textContent ?? "";
  #draft = "";
  #sending = false;
  #timer = 0;
  /** @type {Promise<object> | undefined} */
  #proof;
  /** @type {Passage | null} */
  #passage = null;
  /** @type {Letter | undefined} */
  #letter;
  dialog = /** @type {HTMLDialogElement} */ (this.firstElementChild);

  constructor() {
    super();
    this.#form.addEventListener("input", () => {
      this.#preview();
      this.#keep();
    });
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#form.addEventListener("keydown", ({ key, ctrlKey, metaKey, repeat }) => {
      if (key === "Enter" && (ctrlKey || metaKey) && !repeat) this.#form.requestSubmit();
    });
    this.#part("done").addEventListener("click", () => this.dialog.close());
    this.#part("copy").addEventListener("click", () => this.#copy());
    this.#part("key-modifier").textContent = document.querySelector("[data-key-modifier]")?.textContent ?? "";
    const { lang, dir } = article;
    for (const text of [this.#part("passage"), this.#part("diff"), this.#control("replacement")]) Object.assign(text, { lang, dir });
    const view = visualViewport;
    // A phone's keyboard covers the page without making it smaller.
    view?.addEventListener("resize", () => {
      this.dialog.style.setProperty("--visible", `${view.height}px`);
      this.dialog.style.setProperty("--covered", `${innerHeight - view.height - view.offsetTop}px`);
    });
  }

  get accepted() {
    return this.#form.hidden;
  }

  /** @param {Passage | null} passage null: the article as a whole */
  open(passage) {
    if (!this.#sending) this.#lay(passage);
    this.#proof ??= proof(this.#api);
    this.dialog.showModal();
    // On touch the keyboard would hide the passage at once.
    if (matchMedia("(pointer: coarse)").matches) this.querySelector("h2")?.focus();
    else this.#control(passage ? "replacement" : "note").focus();
  }

  /** @param {Passage | null} passage */
  #lay(passage) {
    clearTimeout(this.#timer);
    this.#passage = passage;
    this.#draft = ["suggestion", article.dataset.article, passage?.field, passage?.start, passage?.end].join(" ");
    this.#form.reset();
    this.#form.hidden = false;
    this.#part("thanks").hidden = true;
    this.#part("passage").hidden = this.#part("wording").hidden = !passage;
    this.#part("whole").hidden = !!passage;
    for (const name of /** @type {const} */ (["before", "exact", "after"])) this.#part(name).textContent = passage?.[name] ?? "";
    this.#control("replacement").value = passage?.exact ?? "";
    if (!passage) this.#control("category").value = "other";
    this.#complain({});
    this.#notice();
    this.#restore();
    this.#preview();
  }

  #restore() {
    const draft = recall(this.#draft);
    this.#letter = draft?.letter;
    if (!draft || draft.exact !== this.#passage?.exact) return;
    for (const name of TEXTS) this.#control(name).value = draft[name];
    this.#control("unknown").checked = draft.unknown;
    this.#notice("restored");
  }

  #keep() {
    keep(this.#draft, { ...this.#values(), exact: this.#passage?.exact, letter: this.#letter });
  }

  #values() {
    const texts = Object.fromEntries(TEXTS.map((name) => [name, this.#control(name).value]));
    return /** @type {Values} */ ({ ...texts, unknown: this.#control("unknown").checked });
  }

  #preview() {
    const { replacement, unknown } = this.#values();
    const exact = this.#passage?.exact ?? "";
    const diff = this.#part("diff");
    diff.replaceChildren(...wordDiff(exact, replacement).map(({ op, text }) => element(TAGS[op], text)));
    diff.hidden = unknown || replacement === exact;
    this.#part("deletion").hidden = diff.hidden || !!replacement;
    this.#control("replacement").disabled = unknown;
  }

  async #submit() {
    if (this.#sending) return;
    clearTimeout(this.#timer);
    const values = this.#values();
    const found = Object.entries(problems(this.#passage, values));
    this.#notice();
    this.#complain(Object.fromEntries(found.map(([name, message]) => [name, [this.#message(message)]])));
    if (found.length) return;
    this.#letter = sealed(this.#letter, compose(article.dataset, this.#passage, values));
    this.#keep();
    this.#notice("sending");
    this.#sending = true;
    const answer = await send(this.#api, this.#letter, (await this.#proof) ?? {});
    this.#sending = false;
    this.#notice();
    if ("receipt" in answer) this.#thank(answer.receipt);
    else if ("errors" in answer) this.#complain(answer.errors);
    else if ("wait" in answer) {
      this.#notice("wait", answer.wait);
      this.#timer = setTimeout(() => this.#submit(), answer.wait * 1000);
    }
    else this.#notice("unreachable");
  }

  /** @param {Receipt} receipt */
  #thank(receipt) {
    const link = this.#part("link");
    keep(this.#draft, null);
    this.#proof = undefined;
    link.href = receipt.status_url;
    link.textContent = link.href;
    this.#part("copied").textContent = "";
    this.#part("unmailed").hidden = !(this.#part("mailed").hidden = !this.#control("email").value);
    this.#part("by-mail").href = `${receipt.status_url}#mail`;
    this.#form.hidden = true;
    this.#part("thanks").hidden = false;
    // Also for a reader who closed the dialog meanwhile: the link is shown only now.
    if (!this.dialog.open) this.dialog.showModal();
    this.#part("thanks").querySelector("h2")?.focus();
    this.dispatchEvent(new CustomEvent("suggestion-accepted", { bubbles: true, detail: receipt }));
  }

  /** Each sentence beside its field, and all of them on top. @param {Errors} errors */
  #complain(errors) {
    for (const box of /** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll("[data-error]"))) {
      const { error = "" } = box.dataset;
      box.replaceChildren(...(errors[error] ?? []).map((sentence) => element("p", sentence)));
      box.hidden = !errors[error];
      this.#first(error)?.setAttribute("aria-invalid", String(!box.hidden));
    }
    const summary = this.#part("summary");
    const items = Object.entries(errors).flatMap(([name, sentences]) => sentences.map((sentence) => this.#item(name, sentence)));
    this.#part("complaints").replaceChildren(...items);
    summary.hidden = !items.length;
    summary.focus();
  }

  /** @param {string} name @param {string} sentence */
  #item(name, sentence) {
    const item = document.createElement("li");
    const field = this.#first(name);
    const link = element(field ? "a" : "span", sentence);
    link.setAttribute("href", `#${field?.id}`);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      field?.focus();
    });
    item.append(link);
    return item;
  }

  async #copy() {
    const link = this.#part("link");
    getSelection()?.selectAllChildren(link);
    try {
      await navigator.clipboard.writeText(link.href);
      this.#part("copied").textContent = this.#message("copied");
    } catch { /* It is selected, ready for the reader's own copy key. */ }
  }

  #notice(name = "", seconds = 0) {
    const { lang } = document.documentElement;
    const time = seconds && ` ${seconds.toLocaleString(lang || [], { style: "unit", unit: "second", unitDisplay: "long" })}`;
    this.#part("notice").textContent = name && this.#message(name) + (time || "");
    this.#part("send").textContent = name === "unreachable" ? this.#message("again") : this.#label;
  }

  /** @param {string} name */
  #message(name) {
    return this.querySelector(`[data-message=${name}]`)?.textContent ?? "";
  }

  /** @template {keyof Parts} N @param {N} name @returns {Parts[N]} */
  #part(name) {
    return /** @type {Parts[N]} */ (this.querySelector(`[data-${name}]`));
  }

  /** Radio buttons come as their list, which has a value of its own. @param {string} name */
  #control(name) {
    return /** @type {HTMLInputElement} */ (this.#form.elements.namedItem(name));
  }

  /** @param {string} name */
  #first(name) {
    return /** @type {HTMLInputElement[]} */ ([...this.#form.elements]).find((control) => control.name === name);
  }
}

customElements.define("suggestion-dialog", SuggestionDialog);

/** @type {SuggestionDialog | undefined} */
let shown;

/** @param {Passage | null} passage */
export function openDialog(passage) {
  if (!shown) {
    const template = /** @type {HTMLTemplateElement} */ (document.getElementById("suggestion-dialog"));
    shown = /** @type {SuggestionDialog} */ (document.importNode(template.content, true).firstElementChild);
    document.body.append(shown);
  }
  shown.open(passage);
  return shown;
}

/** @param {Range | undefined} range */
export function suggest(range) {
  if (!range) throw new Refused("empty");
  const { startContainer, startOffset, endContainer, endOffset } = range;
  const view = openDialog(passageOf(range));
  view.dialog.addEventListener("close", () => {
    const selection = getSelection();
    // By itself the browser gives focus back to a control only, not to a place in the text.
    if (!selection || article.contains(selection.anchorNode)) return;
    if (view.accepted) selection.collapse(endContainer, endOffset);
    else selection.setBaseAndExtent(startContainer, startOffset, endContainer, endOffset);
  }, { once: true });
}
