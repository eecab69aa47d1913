// @ts-check
/** Picker of sentences, pictures, tables and notices, with search: the way to report what cannot be selected. */
import { sentencesByParagraph, trimSpan } from "./text_quote.js";
import { article, fields, passageAt } from "./selection.js";

const LABEL_LENGTH = 80; // characters of a picture's or table's words

/** An option of the list: a sentence with its passage, or the address of the plain form for what has no words to mark.
 * @typedef {{label: HTMLElement, text: string, passage?: () => Passage, address?: string}} Option */

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

/** Numbered as in the revision; a notice has the number of its revision. @returns {{about: string, kind: string, words: string}[]} */
function elements() {
  const body = article().querySelector("[data-field=body]");
  const all = (/** @type {string} */ tag) => [...body?.querySelectorAll(tag) ?? []];
  return [
    ...all("img").map((each, index) => ({ about: `picture-${index}`, kind: "picture", words: each.getAttribute("alt") ?? "" })),
    ...all("table").map((each, index) => ({ about: `table-${index}`, kind: "table", words: each.textContent ?? "" })),
    ...all("figure").map((each, index) => ({ about: each.querySelector("img, table") ? "" : `figure-${index}`, kind: "figure", words: each.textContent ?? "" })),
    ...Array.from(document.querySelectorAll(".notice[id^=revision-]"), (each) => ({ about: each.id.replace("revision", "notice"), kind: "notice", words: each.querySelector("p[lang]")?.textContent ?? "" })),
  ].filter(({ about }) => about);
}

/** @param {HTMLTemplateElement} template @returns {Option[]} */
function elementOptions(template) {
  const form = /** @type {HTMLAnchorElement} */ (document.querySelector("a[data-suggest]")).href;
  return elements().map(({ about, kind, words }, index) => {
    const text = words.split(/\s+/).filter(Boolean).join(" ");
    const short = text.length > LABEL_LENGTH ? `${text.slice(0, LABEL_LENGTH)}…` : text;
    const label = labelled(template, `${template.dataset[kind]}${short && `: ${short}`}`);
    label.classList.toggle("suggestion-first", !index);
    return { label, text: label.textContent?.toLowerCase() ?? "", address: `${form}?revision=${article().dataset.revision}&about=${about}` };
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
    const { passage, address } = options[Number(chosen || NaN)] ?? {};
    if (address) return location.assign(address);
    /** @type {HTMLDialogElement} */ (dialog).close();
    /** @type {View} */ (document.querySelector("suggestion-dialog")).open(passage?.() ?? null);
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
