// @ts-check
/** Sentence picker with search: the keyboard alternative to selecting text with a pointer. */
import { sentencesByParagraph, trimSpan } from "./text_quote.js";
import { article, fields, passageAt } from "./selection.js";

/** @param {HTMLTemplateElement} template */
function optionsOf(template) {
  const { lang, dir } = article();
  return fields().flatMap((field) => sentencesByParagraph(field.points, lang).flatMap((spans) => spans.map((span, index) => {
    const { start, end } = trimSpan(field.points, span);
    const label = /** @type {HTMLElement} */ (document.importNode(template.content, true).firstElementChild);
    const text = field.points.slice(start, end).join("");
    Object.assign(label.lastElementChild ?? label, { textContent: text, lang, dir });
    label.classList.toggle("suggestion-first", !index);
    return { label, text: text.toLowerCase(), passage: () => passageAt(field, span) };
  }))).filter(({ text }) => text);
}

/** @param {HTMLElement} dialog */
function connect(dialog) {
  /** @template {keyof Parts} N @param {N} name @returns {Parts[N]} */
  const part = (name) => /** @type {Parts[N]} */ (dialog.querySelector(`[data-${name}]`));
  const options = optionsOf(part("option"));
  options.forEach(({ label }, index) => label.firstElementChild?.setAttribute("value", String(index)));
  part("option").before(...options.map(({ label }) => label));
  part("words").addEventListener("input", (event) => {
    const words = /** @type {HTMLInputElement} */ (event.target).value.toLowerCase().split(/\s+/).filter(Boolean);
    // A search excludes the article as a whole, so that the first option is the first match.
    part("whole-article").hidden = words.length > 0;
    for (const { label, text } of options) {
      label.hidden = !words.every((word) => text.includes(word));
      // A hidden option must not stay checked.
      if (label.hidden) /** @type {HTMLInputElement} */ (label.firstElementChild).checked = false;
    }
    part("found").textContent = options.every(({ label }) => label.hidden) ? part("none").textContent : "";
  });
  part("form").addEventListener("fresh", () => {
    part("form").reset();
    part("words").dispatchEvent(new Event("input"));
  });
  part("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const chosen = new FormData(part("form")).get("sentence");
    /** @type {HTMLDialogElement} */ (dialog).close();
    /** @type {View} */ (document.querySelector("suggestion-dialog")).open(chosen ? options[Number(chosen)].passage() : null);
  });
}

/** @type {HTMLDialogElement | undefined} */
let shown;

export function openPicker() {
  if (!shown) {
    const template = /** @type {HTMLTemplateElement} */ (document.getElementById("sentence-picker"));
    shown = /** @type {HTMLDialogElement} */ (document.importNode(template.content, true).firstElementChild);
    document.body.append(shown);
    connect(shown);
  }
  shown.querySelector("form[data-form]")?.dispatchEvent(new Event("fresh"));
  shown.showModal();
  shown.querySelector("input")?.focus();
}
