// @ts-check
/** The passage of a case: the chosen wording tracked in the article, and the editor's own, written where it stands. */
import { TrackedField } from "./tracked_change.js";

/** @typedef {import("./tracked_change.js").Change} Change */

export function connectPassage() {
  const form = document.querySelector("form:has([data-own])");
  const field = document.querySelector("[data-field-of-case]");
  const name = field instanceof HTMLElement ? field.dataset.fieldOfCase : "";
  const element = name ? document.querySelector(`.case-article [data-field="${CSS.escape(name)}"]`) : null;
  if (form instanceof HTMLFormElement && element) new Passage(form, element);
}

class Passage {
  #form;
  #tracked;
  /** @type {HTMLElement} */
  #editor;
  /** @type {HTMLTextAreaElement} */
  #words;

  /** @param {HTMLFormElement} form @param {Element} element the field of the article */
  constructor(form, element) {
    this.#form = form;
    this.#tracked = new TrackedField(element);
    this.#editor = /** @type {HTMLElement} */ (form.querySelector("[data-own]"));
    this.#words = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("wording"));
    const isOpen = !this.#has("chosen") || this.#words.value !== this.#value("offered");
    this.#moveIntoArticle();
    form.addEventListener("change", ({ target }) => {
      if (target instanceof HTMLInputElement && target.name === "chosen") this.#choose(target.value);
    });
    this.#words.addEventListener("input", () => this.#show());
    // It stands outside of the form, whose listeners want to know.
    this.#words.addEventListener("input", () => this.#form.dispatchEvent(new Event("input")));
    form.querySelector("[data-edit]")?.addEventListener("click", () => this.#open());
    for (const link of this.#editor.querySelectorAll("[data-width]")) link.addEventListener("click", (event) => this.#widen(event));
    this.#editor.addEventListener("widen", (event) => this.#widen(event));
    this.#editor.hidden = !isOpen;
    const edit = form.querySelector("[data-edit]");
    if (edit instanceof HTMLElement) edit.hidden = !this.#has("chosen");
    this.#show();
  }

  /** @param {string} name */
  #has = (name) => !!this.#form.querySelector(`[name="${name}"]`);

  /** @param {string} name @returns {HTMLInputElement} */
  #input = (name) => /** @type {HTMLInputElement} */ (this.#form.elements.namedItem(name));

  /** @param {string} name */
  #value = (name) => this.#input(name).value;

  /** It still belongs to the form. */
  #moveIntoArticle() {
    for (const each of this.#editor.querySelectorAll("textarea, button")) each.setAttribute("form", this.#form.id);
  }

  /** @returns {Change} */
  #change() {
    return { start: Number(this.#value("start")), end: Number(this.#value("end")), wording: this.#words.value };
  }

  #show() {
    const first = this.#tracked.show(this.#change());
    const { last } = this.#tracked;
    if (last.nextElementSibling !== this.#editor) last.after(this.#editor);
    this.#nameButtons();
    const pane = first?.closest("[data-scroll]");
    if (!pane || !first || this.#isSeen(pane, first)) return;
    pane.scrollTop += first.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
  }

  /** @param {Element} pane @param {Element} mark */
  #isSeen(pane, mark) {
    const [outer, inner] = [pane.getBoundingClientRect(), mark.getBoundingClientRect()];
    return inner.top > outer.top && inner.bottom < outer.bottom;
  }

  /** The buttons of the form decide what is seen: the chosen wording, or the editor's own. */
  #nameButtons() {
    const isOwn = this.#words.value !== this.#value("offered");
    for (const button of this.#form.querySelectorAll(".case-bar button[name=decision]")) {
      if (button instanceof HTMLButtonElement) {
        const verb = button.hasAttribute("data-publish") ? ["publish", "edit"] : ["propose", "propose-edit"];
        button.value = verb[Number(isOwn)];
      }
    }
  }

  /** A reader's wording, as "start-end:words". @param {string} value */
  #choose(value) {
    const [, start, end, words] = /^(\d+)-(\d+):([^]*)$/.exec(value) ?? [];
    if (start === undefined) return;
    Object.assign(this.#input("start"), { value: start });
    Object.assign(this.#input("end"), { value: end });
    this.#input("offered").value = this.#words.value = words;
    this.#show();
  }

  #open() {
    this.#editor.hidden = false;
    this.#words.focus();
    this.#words.setSelectionRange(this.#words.value.length, this.#words.value.length);
  }

  /** To the next wider span, or to the one that a link names. @param {Event} event */
  #widen(event) {
    event.preventDefault();
    const spans = (this.#editor.dataset.widths ?? "").split(" ").map((span) => span.split("-").map(Number));
    const { start, end } = this.#change();
    const [from, to] = spans.find(([from, to]) => from <= start && to >= end && (from < start || to > end)) ?? [start, end];
    const piece = (/** @type {number} */ a, /** @type {number} */ b) => this.#tracked.points.slice(a, b).join("");
    for (const each of [this.#words, this.#input("offered")]) each.value = piece(from, start) + each.value + piece(end, to);
    this.#input("start").value = String(from);
    this.#input("end").value = String(to);
    this.#words.dispatchEvent(new Event("input"));
    this.#open();
  }
}
