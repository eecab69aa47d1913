// @ts-check
/** <suggestion-dialog>: the form for a correction, with draft, word diff, validation and delivery through the outbox. */
import { load as loadModule } from "./entry.js";
import { showErrors } from "./form_errors.js";
import { article, host, passageOf, placeOf, scope } from "./selection.js";
import { deliver, deliveries, load, proof, requestBody, store, validate, withIdempotencyKey } from "./outbox.js";
import { wordDiff } from "../shared/word_diff.js";
import { clearHighlight, highlight } from "../shared/highlight.js";

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
  /** @type {About | undefined} */
  #about;
  #whole = this.piece("whole").textContent;
  /** @type {Passage | null} the words that were selected */
  #origin = null;
  /** @type {Letter | undefined} */
  #letter;
  dialog = /** @type {HTMLDialogElement} */ (this.firstElementChild);

  constructor() {
    super();
    this.#form.addEventListener("input", () => {
      this.#update();
      // Typing cancels a pending delivery, so that no half sentence is sent.
      this.#saveDraft();
      this.#showNotice();
    });
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#form.addEventListener("keydown", ({ key, ctrlKey, metaKey, repeat, isComposing }) => {
      if (key === "Enter" && (ctrlKey || metaKey) && !repeat && !isComposing) this.#form.requestSubmit();
    });
    this.dialog.addEventListener("close", () => {
      clearHighlight("passage");
      this.#giveBack();
      // Restoring the selection clears the toast, so wait until that is over.
      setTimeout(() => {
        if (load(this.#draft)?.sending) this.#announceOnPage();
      }, 100);
    });
    deliveries.addEventListener("answer", (event) => this.#onAnswer(/** @type {CustomEvent} */ (event).detail));
    const { lang, dir } = article();
    Object.assign(this.piece("sentence"), { lang, dir });
    const view = visualViewport;
    // A virtual keyboard covers the layout viewport without resizing it.
    view?.addEventListener("resize", () => {
      this.dialog.style.setProperty("--visible", `${view.height}px`);
      this.dialog.style.setProperty("--covered", `${innerHeight - view.height - view.offsetTop}px`);
    });
    this.piece("opening").remove();
  }

  /** Opens on the words of a range, and gives the place back when it closes. @param {Range} range */
  suggest(range) {
    const passage = passageOf(range);
    this.open(passage);
    this.#origin = passage;
  }

  /** By itself the browser gives focus back to a control only, not to a place in the text. */
  #giveBack() {
    const selection = getSelection();
    if (!this.#origin || !selection || article().contains(selection.anchorNode)) return;
    // Anew: where marks are elements, the text has other nodes by now.
    const place = placeOf(this.#origin);
    if (this.#form.hidden) place.collapse();
    selection.removeAllRanges();
    selection.addRange(place);
  }

  /** @param {Passage | null} passage null: an element, or the article as a whole @param {About} [about] */
  open(passage, about) {
    const { dialog } = this;
    const isWide = matchMedia("(min-width: 64rem)").matches;
    // Before values are set, which fires selectionchange: it would end what a browser that cannot is told.
    if (!dialog.open) dialog[isWide ? "show" : "showModal"]();
    this.showPassage(passage, about);
    this.#origin = null;
    this.#proof = proof(this.#api, loadModule);
    this.#resize();
    getSelection()?.removeAllRanges();
    // On touch, focus in a field opens the keyboard, which would hide the passage.
    if (matchMedia("(pointer: coarse)").matches) this.querySelector("h2")?.focus();
    else this.control(passage ? "replacement" : "note").focus();
    clearHighlight("passage");
    if (!passage) return;
    const range = placeOf(passage);
    const { top, bottom } = range.getBoundingClientRect();
    // What is free: all of the window beside the panel, or what is above the sheet.
    const room = isWide ? innerHeight : dialog.getBoundingClientRect().top;
    if (top < 0 || bottom > room) scrollBy(0, (top + bottom - room) / 2);
    highlight("passage", [range]);
  }

  /** @param {Passage | null} passage @param {About} [about] */
  showPassage(passage, about) {
    this.#passage = passage;
    this.#about = about;
    this.#draft = ["suggestion", article().dataset.article, passage?.field, passage?.before, passage?.exact, passage?.after, about?.name].join(" ");
    this.#form.reset();
    this.resume();
    this.piece("wording").hidden = !passage;
    this.piece("whole").hidden = !!passage;
    this.piece("whole").textContent = about?.name ?? this.#whole;
    for (const name of /** @type {const} */ (["before", "after"])) this.piece(name).textContent = passage?.[name] ?? "";
    this.setValues({ replacement: passage?.exact ?? "", ...(passage ? {} : { category: "other" }), ...load("reader") });
    showErrors(this, {});
    const draft = /** @type {Draft | null} */ (load(this.#draft));
    this.#letter = draft?.letter;
    if (draft) {
      this.setValues(draft);
      this.#showNotice(draft.sending ? "unreachable" : "restored");
    }
    this.piece("extras").open = false;
    this.#update();
    this.piece("known").replaceChildren();
    if (passage) this.#loadPriorReports(passage);
  }

  /** The form, to be sent once more. @param {string} [notice] */
  resume(notice) {
    this.#letter = undefined;
    this.#form.hidden = false;
    this.piece("title").hidden = false;
    this.piece("thanks").hidden = true;
    this.#showNotice(notice);
  }

  /** @param {Partial<Values>} values and whatever else a draft holds */
  setValues({ credit, ...values }) {
    for (const [name, value] of Object.entries(values)) Object.assign(this.control(name) ?? {}, { value });
    Object.assign(this.control("credit") ?? {}, { checked: !!credit });
  }

  #values() {
    return /** @type {Values} */ (/** @type {unknown} */ (Object.fromEntries(new FormData(this.#form))));
  }

  #saveDraft(sending = false) {
    store(this.#draft, { ...this.#values(), quote: this.#passage, about: this.#about, letter: this.#letter, sending });
  }

  /** The diff, and what follows from how it is said. */
  #update() {
    const { replacement, way } = this.#values();
    const exact = this.#passage?.exact ?? "";
    const diff = this.piece("diff");
    diff.replaceChildren(...wordDiff(exact, replacement).map(({ op, text: textContent }) => Object.assign(document.createElement(TAGS[op]), { textContent })));
    diff.hidden = way !== "change" || [exact, ""].includes(replacement.trim());
    this.control("replacement").readOnly = way !== "change";
    if (!this.#passage || way === "unknown") this.piece("extras").open = true;
    this.#resize();
  }

  /** The field is as high as its words, also where CSS cannot say so. */
  #resize() {
    const { style, scrollHeight } = this.control("replacement");
    style.minHeight = `${scrollHeight}px`;
  }

  #submit() {
    const values = this.#values();
    const wrong = validate(this.#passage, values);
    showErrors(this, {});
    this.#showNotice();
    if (wrong) return showErrors(this, { [wrong.field]: [this.message(wrong.message)] });
    this.#letter = withIdempotencyKey(this.#letter, requestBody(article().dataset, this.#passage, values, this.#about));
    if (values.credit) store("reader", { name: values.name });
    this.#saveDraft(true);
    this.#showNotice("sending");
    deliver(this.#api, this.#draft, this.#proof);
  }

  /** @param {{name: string, answer: Answer}} detail */
  async #onAnswer({ name, answer: { receipt, errors, wait } }) {
    const shown = name === this.#draft;
    if (receipt) {
      try {
        (await loadModule("thanks")).showThanks(receipt, shown && this);
      } catch {
        // After a deployment the script may be gone. The status page says what the thanks would say.
        if (shown && this.dialog.open) location.href = receipt.status_url;
      }
    } else if (shown) {
      this.#showNotice(errors ? "" : wait ? "wait" : "unreachable", wait);
      if (errors) showErrors(this, errors);
      this.#announceOnPage();
      // The list under the article says why.
      if (errors && !this.dialog.open) (await loadModule("own")).start();
    }
  }

  /** Shows the dialog's notice as a toast if the dialog was closed meanwhile. */
  #announceOnPage() {
    const toast = /** @type {HTMLElement} */ (scope().querySelector("[data-toast]"));
    if (!this.dialog.open) toast.textContent = this.piece("notice").textContent;
  }

  /** Fetches how the passage reads now and prior reports of it. @param {Passage} passage */
  async #loadPriorReports(passage) {
    const { field, start, end, exact, revision } = passage;
    const query = `passage?field=${field}&start=${start}&end=${end}&revision=${revision}`;
    try {
      // Where a page reads otherwise than what we have, offsets mean nothing.
      if (host.isSame && !await host.isSame()) return;
      const known = await (await fetch(`${host.base ?? ""}/api/articles/${article().dataset.article}/${query}`)).json();
      if (passage !== this.#passage) return;
      // In a machine-translated page the offsets mean other words.
      if (known.words !== exact || known.reports[0] || known.quote?.exact !== exact) (await loadModule("known")).showPriorReports(known, this, passage);
    } catch { /* The form works without. */ }
  }

  #showNotice(name = "", seconds = 0) {
    const time = seconds && ` ${seconds.toLocaleString(`${this.closest("[lang]")?.getAttribute("lang")}-u-nu-latn`, { style: "unit", unit: "second", unitDisplay: "long" })}`;
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
