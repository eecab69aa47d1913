// @ts-check
/** Picker of sentences, pictures, tables and notices, with search: the way to report what cannot be selected. */
import { sentencesByParagraph, trimSpan } from "./text_quote.js";
import { article, fields, host, passageAt, scope } from "./selection.js";

const LABEL_LENGTH = 80; // characters of a picture's or table's words

/** An option of the list: a sentence with its passage, or an element, which has no words to select.
 * @typedef {{label: HTMLElement, text: string, passage?: () => Passage, about?: About}} Option */

/** @param {HTMLTemplateElement} template @param {string} textContent */
function labelled(template, textContent) {
  const { lang, dir } = article();
  const label = /** @type {HTMLElement} */ (document.importNode(template.content, true).firstElementChild);
  Object.assign(label.lastElementChild ?? label, { textContent, lang, dir });
  return label;
}

/** @param {HTMLTemplateElement} template @returns {Option[]} */
function sentences(template) {
  return fields().flatMap((field) => sentencesByParagraph(field.points, article().lang).flatMap((spans) => spans.map((span, index) => {
    const { start, end } = trimSpan(field.points, span);
    const text = field.points.slice(start, end).join("");
    const label = labelled(template, text);
    label.classList.toggle("suggestion-first", !index);
    return { label, text: text.toLowerCase(), passage: () => passageAt(field, span) };
  }))).filter(({ text }) => text);
}

/** Numbered as in the revision; a notice has the number of its revision. @returns {{element: string, index: number, words: string}[]} */
function elements() {
  // Another site's page may have other pictures than what we have of it.
  if (host.base) return [];
  const body = article().querySelector("[data-field=body]");
  const all = (/** @type {string} */ tag) => [...body?.querySelectorAll(tag) ?? []];
  return [
    ...all("img").map((each, index) => ({ element: "picture", index, words: each.getAttribute("alt") ?? "" })),
    ...all("table").map((each, index) => ({ element: "table", index, words: each.textContent ?? "" })),
    ...all("figure").flatMap((each, index) => each.querySelector("img, table") ? [] : { element: "figure", index, words: each.textContent ?? "" }),
    ...Array.from(document.querySelectorAll(".notice[id^=revision-]"), (each) => ({ element: "notice", index: Number(each.id.slice("revision-".length)), words: each.querySelector("p[lang]")?.textContent ?? "" })),
  ];
}

/** @param {HTMLTemplateElement} template @returns {Option[]} */
function elementOptions(template) {
  return elements().map(({ element, index, words }, place) => {
    const text = words.split(/\s+/).filter(Boolean).join(" ");
    const short = text.length > LABEL_LENGTH ? `${text.slice(0, LABEL_LENGTH)}…` : text;
    const name = `${template.dataset[element]}${short && `: ${short}`}`;
    const label = labelled(template, name);
    label.classList.toggle("suggestion-first", !place);
    return { label, text: name.toLowerCase(), about: { element, index, name } };
  });
}

/** @param {HTMLElement} dialog */
function connect(dialog) {
  /** @template {keyof Parts} N @param {N} name @returns {Parts[N]} */
  const part = (name) => /** @type {Parts[N]} */ (dialog.querySelector(`[data-${name}]`));
  const options = [...sentences(part("option")), ...elementOptions(part("option"))];
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
    const { passage, about } = options[Number(chosen || NaN)] ?? {};
    /** @type {HTMLDialogElement} */ (dialog).close();
    /** @type {View} */ (scope().querySelector("suggestion-dialog")).open(passage?.() ?? null, about);
  });
}

/** @type {HTMLDialogElement | undefined} */
let shown;

export function openPicker() {
  if (!shown) {
    const template = /** @type {HTMLTemplateElement} */ (scope().querySelector("#sentence-picker"));
    shown = /** @type {HTMLDialogElement} */ (document.importNode(template.content, true).firstElementChild);
    scope().body.append(shown);
    connect(shown);
  }
  shown.querySelector("form[data-form]")?.dispatchEvent(new Event("fresh"));
  shown.showModal();
  shown.querySelector("input")?.focus();
}
