// @ts-check
/** Finds a quote of a revision in a page whose text may differ: by offsets, else by exact words and context. */

const CONTEXT = 32;
/** Characters of context, or of the quote itself, that must match to accept a candidate. */
const MIN_EVIDENCE = { around: 4, within: 12 };

/** Length of the common prefix. @param {string[]} one @param {string[]} other */
function commonPrefixLength(one, other) {
  const differs = one.findIndex((point, index) => point !== other[index]);
  return differs < 0 ? one.length : differs;
}

/** All offsets of `wanted` in `points`. @param {string[]} points @param {string[]} wanted */
function occurrences(points, wanted) {
  const found = [];
  for (let at = 0; at + wanted.length <= points.length; at++) {
    if (wanted.every((point, index) => points[at + index] === point)) found.push(at);
  }
  return found;
}

/**
 * The span of `page` that reads as `span` of `text` does: at the same offsets, else by the words and what stands around
 * them. Null when it is not there, or nothing tells which of several copies it is. All are arrays of code points.
 * @param {string[]} page @param {string[]} text @param {Span} span @returns {Span | null}
 */
export function findQuote(page, text, { start, end }) {
  const exact = text.slice(start, end);
  const before = text.slice(Math.max(0, start - CONTEXT), start).reverse();
  const after = text.slice(end, end + CONTEXT);
  if (!exact.length) return null;
  const candidates = occurrences(page, exact).map((at) => {
    const [left, right] = [page.slice(Math.max(0, at - CONTEXT), at).reverse(), page.slice(at + exact.length, at + exact.length + CONTEXT)];
    return { at, agreed: commonPrefixLength(before, left) + commonPrefixLength(after, right) };
  }).sort((one, other) => other.agreed - one.agreed);
  if (candidates.some(({ at, agreed }) => at === start && agreed === before.length + after.length)) return { start, end };
  const [best, next] = candidates;
  const telling = best?.agreed >= MIN_EVIDENCE.around || exact.length >= MIN_EVIDENCE.within;
  return telling && best && best.agreed !== next?.agreed ? { start: best.at, end: best.at + exact.length } : null;
}
