// @ts-check
/** Context of a deletion: the words on both sides, to highlight where text was removed. */

const BLANK = /\s/u;

/**
 * The words beside a cut of `text`, within its block; where a whole block went, the word that comes next, else the one
 * before. All are arrays of code points and offsets into them.
 * @param {string[]} text @param {number} at @returns {Span}
 */
export function wordsAround(text, at) {
  const span = { start: previousWordStart(text, at, "\n"), end: nextWordEnd(text, at, "\n") };
  if (span.start < span.end) return span;
  const end = nextWordEnd(text, at, "");
  if (end > at) return { start: skipBlanks(text, at, ""), end };
  const start = previousWordStart(text, at, "");
  return { start, end: nextWordEnd(text, start, "\n") };
}

/** The first character from `at` on that is no blank, or the border. @param {string[]} text @param {number} at @param {string} border */
function skipBlanks(text, at, border) {
  while (at < text.length && text[at] !== border && BLANK.test(text[at])) at++;
  return at;
}

/** The end of the next word; `at` itself where a border comes first. @param {string[]} text @param {number} at @param {string} border */
function nextWordEnd(text, at, border) {
  let end = skipBlanks(text, at, border);
  if (end === text.length || text[end] === border) return at;
  while (end < text.length && !BLANK.test(text[end])) end++;
  return end;
}

/** The start of the word before. @param {string[]} text @param {number} at @param {string} border */
function previousWordStart(text, at, border) {
  const mirrored = text.slice(0, at).reverse();
  return at - nextWordEnd(mirrored, 0, border);
}
