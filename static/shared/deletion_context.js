// @ts-check
/** What to show of words that are gone: those that stand on both sides of the cut. */

const BLANK = /\s/u;

/**
 * The words beside a cut of `text`, within its block; where a whole block went, the word that comes next, else the one
 * before. All are arrays of code points and offsets into them.
 * @param {string[]} text @param {number} at @returns {Span}
 */
export function besideCut(text, at) {
  const span = { start: back(text, at, "\n"), end: forth(text, at, "\n") };
  if (span.start < span.end) return span;
  const end = forth(text, at, "");
  if (end > at) return { start: skip(text, at, ""), end };
  const start = back(text, at, "");
  return { start, end: forth(text, start, "\n") };
}

/** The first character from `at` on that is no blank, or the border. @param {string[]} text @param {number} at @param {string} border */
function skip(text, at, border) {
  while (at < text.length && text[at] !== border && BLANK.test(text[at])) at++;
  return at;
}

/** The end of the next word; `at` itself where a border comes first. @param {string[]} text @param {number} at @param {string} border */
function forth(text, at, border) {
  let end = skip(text, at, border);
  if (end === text.length || text[end] === border) return at;
  while (end < text.length && !BLANK.test(text[end])) end++;
  return end;
}

/** The start of the word before. @param {string[]} text @param {number} at @param {string} border */
function back(text, at, border) {
  const mirrored = text.slice(0, at).reverse();
  return at - forth(mirrored, 0, border);
}
