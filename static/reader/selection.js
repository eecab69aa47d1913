// @ts-check
/** Maps a DOM selection to a passage of one field, in code points of its canonical text. */
import { CanonicalText } from "../shared/canonical.js";
import { rangeOf } from "../shared/ranges.js";
import { InvalidSelection, quoteAt, sentenceAround, trimSpan } from "./text_quote.js";

/** What the widget says of another site's page. @type {Partial<Host>} */
export const host = {};

/** Where the dialog and its pieces stand. */
export const scope = () => host.scope ?? document;

/** The article of the page. */
export const article = () => /** @type {HTMLElement} */ (host.article ?? document.querySelector("article[data-article]"));

/** @returns {Field[]} in the order of the page */
export function fields() {
  const roots = host.roots?.() ?? Array.from(article().querySelectorAll("[data-field]"), (root) => ({ name: root.getAttribute("data-field") ?? "", root }));
  return roots.map(({ name, root }) => {
    const canonical = new CanonicalText(root, host.drop);
    return { name, root, canonical, points: [...canonical.text] };
  });
}

/** Where a passage of this page stands. @param {Quote} passage */
export function placeOf({ field, start, end }) {
  const found = fields().find(({ name }) => name === field);
  return found ? rangeOf(found.canonical, start, end) : new Range();
}

/** @param {Field} field @param {Span} span @returns {Passage} */
export function passageAt({ name, points }, span) {
  const quote = quoteAt(name, points, span);
  const { lang, dataset } = article();
  return { ...quote, ...sentenceAround(points, quote, lang), revision: Number(dataset.revision) };
}

/**
 * Clips the range to the fields: a triple click ends at the start of the next block.
 * @param {Range} range
 */
export function passageOf(range) {
  const { startContainer, startOffset, endContainer, endOffset } = range;
  const touched = fields().flatMap((field) => {
    const { root, canonical, points } = field;
    if (!range.intersectsNode(root)) return [];
    const start = root.contains(startContainer) ? canonical.offsetOf(startContainer, startOffset) : 0;
    const end = root.contains(endContainer) ? canonical.offsetOf(endContainer, endOffset) : points.length;
    const span = trimSpan(points, { start, end });
    return span.start < span.end ? { field, span } : [];
  });
  if (touched.length > 1) throw new InvalidSelection("across");
  if (!touched.length) throw new InvalidSelection(String(range).trim() ? "outside" : "empty");
  return passageAt(touched[0].field, touched[0].span);
}
