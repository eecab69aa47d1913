// @ts-check
/** Finds a passage of a revision in a page whose text may have been changed by a translation or another script. */

const CONTEXT = 32;
/** So many characters around a passage, or of the passage itself, tell that it is the one. */
const TELLING = { around: 4, within: 12 };

/** How many characters two texts share at their beginning. @param {string[]} one @param {string[]} other */
function shared(one, other) {
  const differs = one.findIndex((point, index) => point !== other[index]);
  return differs < 0 ? one.length : differs;
}

/** Where `wanted` stands in `points`. @param {string[]} points @param {string[]} wanted */
function places(points, wanted) {
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
export function locate(page, text, { start, end }) {
  const exact = text.slice(start, end);
  const before = text.slice(Math.max(0, start - CONTEXT), start).reverse();
  const after = text.slice(end, end + CONTEXT);
  if (!exact.length) return null;
  const rated = places(page, exact).map((at) => {
    const [left, right] = [page.slice(Math.max(0, at - CONTEXT), at).reverse(), page.slice(at + exact.length, at + exact.length + CONTEXT)];
    return { at, agreed: shared(before, left) + shared(after, right) };
  }).sort((one, other) => other.agreed - one.agreed);
  if (rated.some(({ at, agreed }) => at === start && agreed === before.length + after.length)) return { start, end };
  const [best, next] = rated;
  const telling = best?.agreed >= TELLING.around || exact.length >= TELLING.within;
  return telling && best && best.agreed !== next?.agreed ? { start: best.at, end: best.at + exact.length } : null;
}
