// @ts-check
// Maps offsets of the canonical text to DOM ranges.

/** @typedef {import("./canonical.js").Run} Run */

/** The range between two code point offsets; both ends lie in text nodes.
 * @param {{text: string, runs: Run[]}} canonical @param {number} start @param {number} end @returns {Range} */
export function rangeOf({ text, runs: all }, start, end) {
  const [from, to] = [units(text, start), units(text, end)];
  const range = new Range();
  const runs = all.filter((run) => run.to);
  const first = runs.find((run) => run.at + run.to - run.from > from) ?? runs.at(-1);
  const last = runs.findLast((run) => run.at < to) ?? first;
  if (!first || !last) return range;
  range.setStart(first.node, Math.min(first.to, first.from + Math.max(0, from - first.at)));
  range.setEnd(last.node, Math.min(last.to, last.from + Math.max(0, to - last.at)));
  return range;
}

/** @param {string} text @param {number} points @returns {number} the same place in UTF-16 units */
function units(text, points) {
  let at = 0;
  for (; points > 0 && at < text.length; points--) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  return at;
}
