// @ts-check
/** <suggestion-dialog>: the form for a correction, with draft, word diff, validation and delivery through the outbox. */
import { showErrors } from "./form_errors.js";
import { InvalidSelection } from "./text_quote.js";
import { article, passageOf } from "./selection.js";
import { deliver, deliveries, load, proof, requestBody, store, validate, withIdempotencyKey } from "./outbox.js";
import { isVisibleChange } from "./visible_change.js";
import { wordDiff } from "../shared/word_diff.js";

const TEXTS = /** @type {const} */ (["replacement", "category", "note", "evidence_url", "email", "name", "website"]);
const TAGS = { equal: "span", delete: "del", insert: "ins" };

/** Enhances the server's own markup. */
export class SuggestionDialog extends HTMLElement {
  #form = this.piece("form");
  #api = this.#form.dataset.api ?? "";
  #label = this.piece("send").textContent ?? "";
  #draft = "";
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
      this.#updatePreview();
      // Typing cancels a pending delivery, so that no half sentence is sent.
      this.#saveDraft();
      this.#showNotice();
    });
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#form.addEventListener("keydown", ({ key, ctrlKey, metaKey, repeat }) => {
      if (key === "Enter" && (ctrlKey || metaKey) && !repeat) this.#form.requestSubmit();
    });
    // Restoring the selection clears the toast, so wait until that is over.
    this.dialog.addEventListener("close", () => setTimeout(() => {
      if (load(this.#draft)?.sending) this.#announceOnPage();
    }, 100));
    deliveries.addEventListener("answer", (event) => this.#onAnswer(/** @type {CustomEvent} */ (event).detail));
    this.piece("key-modifier").textContent = document.querySelector("[data-key-modifier]")?.textContent ?? "";
    const { lang, dir } = article();
    for (const text of [this.piece("passage"), this.piece("diff"), this.control("replacement")]) Object.assign(text, { lang, dir });
    const view = visualViewport;
    // A virtual keyboard covers the layout viewport without resizing it.
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
    this.showPassage(passage);
    this.#proof = proof(this.#api);
    this.dialog.showModal();
    // On touch, focus in a field opens the keyboard, which would hide the passage.
    if (matchMedia("(pointer: coarse)").matches) this.querySelector("h2")?.focus();
    else this.control(passage ? "replacement" : "note").focus();
  }

  /** @param {Passage | null} passage */
  showPassage(passage) {
    this.#passage = passage;
    this.#draft = ["suggestion", article().dataset.article, passage?.field, passage?.start, passage?.end].join(" ");
    this.#form.reset();
    this.#form.hidden = false;
    this.piece("thanks").hidden = true;
    this.piece("passage").hidden = this.piece("wording").hidden = !passage;
    this.piece("whole").hidden = !!passage;
    for (const name of /** @type {const} */ (["before", "exact", "after"])) this.piece(name).textContent = passage?.[name] ?? "";
    this.setValues({ replacement: passage?.exact ?? "", ...(passage ? {} : { category: "other" }), ...load("reader") });
    showErrors(this, {});
    this.#showNotice();
    const draft = /** @type {Draft | null} */ (load(this.#draft));
    this.#letter = draft?.letter;
    if (draft && draft.exact === passage?.exact) {
      this.setValues(draft);
      this.#showNotice(draft.sending ? "unreachable" : "restored");
    }
    this.#updatePreview();
    this.piece("known").replaceChildren();
    if (passage) this.#loadPriorReports(passage);
  }

  /** @param {Partial<Values>} values */
  setValues({ unknown = false, ...values }) {
    for (const name of TEXTS) this.control(name).value = values[name] ?? this.control(name).value;
    this.control("unknown").checked = unknown;
  }

  #values() {
    const texts = Object.fromEntries(TEXTS.map((name) => [name, this.control(name).value]));
    return /** @type {Values} */ ({ ...texts, unknown: this.control("unknown").checked });
  }

  #saveDraft(sending = false) {
    store(this.#draft, { ...this.#values(), exact: this.#passage?.exact, letter: this.#letter, sending });
  }

  #updatePreview() {
    const { replacement, unknown } = this.#values();
    const exact = this.#passage?.exact ?? "";
    const diff = this.piece("diff");
    diff.replaceChildren(...wordDiff(exact, replacement).map(({ op, text: textContent }) => Object.assign(document.createElement(TAGS[op]), { textContent })));
    diff.hidden = unknown || !isVisibleChange({ prefix: "", suffix: "", ...this.#passage, exact }, replacement);
    this.piece("deletion").hidden = diff.hidden || !!replacement;
    this.control("replacement").disabled = unknown;
  }

  #submit() {
    const values = this.#values();
    const { name, email } = values;
    const wrong = validate(this.#passage, values);
    showErrors(this, {});
    this.#showNotice();
    if (wrong) return showErrors(this, { [wrong.field]: [this.message(wrong.message)] });
    this.#letter = withIdempotencyKey(this.#letter, requestBody(article().dataset, this.#passage, values));
    store("reader", { name, email });
    this.#saveDraft(true);
    this.#showNotice("sending");
    deliver(this.#api, this.#draft, this.#proof);
  }

  /** @param {{name: string, answer: Answer}} detail */
  async #onAnswer({ name, answer: { receipt, errors, wait } }) {
    const shown = name === this.#draft;
    if (receipt) {
      try {
        (await import("./thanks.js")).showThanks(receipt, shown && this);
      } catch {
        // After a deployment the script may be gone. The status page says what the thanks would say.
        if (shown && this.dialog.open) location.href = receipt.status_url;
      }
    } else if (shown) {
      this.#showNotice(errors ? "" : wait ? "wait" : "unreachable", wait);
      if (errors) showErrors(this, errors);
      this.#announceOnPage();
      // The list under the article says why.
      if (errors && !this.dialog.open) (await import("./my_suggestions.js")).start();
    }
  }

  /** Shows the dialog's notice as a toast if the dialog was closed meanwhile. */
  #announceOnPage() {
    const toast = /** @type {HTMLElement} */ (document.querySelector("[data-toast]"));
    if (!this.dialog.open) toast.textContent = this.piece("notice").textContent;
  }

  /** Fetches how the passage reads now and prior reports of it. @param {Passage} passage */
  async #loadPriorReports(passage) {
    const { field, start, end, exact, revision } = passage;
    const query = `passage?field=${field}&start=${start}&end=${end}&revision=${revision}`;
    try {
      const known = await (await fetch(`/api/articles/${article().dataset.article}/${query}`)).json();
      // In a machine-translated page the offsets mean other words.
      if (known.words !== exact || passage !== this.#passage) return;
      if (known.reports[0] || known.quote?.exact !== exact) (await import("./prior_reports.js")).showPriorReports(known, this, passage);
    } catch { /* The form works without. */ }
  }

  #showNotice(name = "", seconds = 0) {
    const { lang } = document.documentElement;
    const time = seconds && ` ${seconds.toLocaleString(`${lang || "en"}-u-nu-latn`, { style: "unit", unit: "second", unitDisplay: "long" })}`;
    this.piece("notice").textContent = name && this.message(name) + (time || "");
    this.piece("send").textContent = name === "unreachable" ? this.message("again") : this.#label;
  }

  /** @param {string} name */
  message(name) {
    return this.querySelector(`[data-message=${name}]`)?.textContent ?? "";
  }

  /** @template {keyof Parts} N @param {N} name @returns {Parts[N]} */
  piece(name) {
    return /** @type {Parts[N]} */ (this.querySelector(`[data-${name}]`));
  }

  /** Radio buttons come as their list, which has a value of its own. @param {string} name */
  control(name) {
    return /** @type {HTMLInputElement} */ (this.#form.elements.namedItem(name));
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
  if (!range) throw new InvalidSelection("empty");
  const { startContainer, startOffset, endContainer, endOffset } = range;
  const view = openDialog(passageOf(range));
  view.dialog.addEventListener("close", () => {
    const selection = getSelection();
    // By itself the browser gives focus back to a control only, not to a place in the text.
    if (!selection || article().contains(selection.anchorNode)) return;
    if (view.accepted) selection.collapse(endContainer, endOffset);
    else selection.setBaseAndExtent(startContainer, startOffset, endContainer, endOffset);
  }, { once: true });
}
