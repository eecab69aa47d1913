// @ts-check
/** Word diff of two short texts (longest common subsequence). */

const WORDS = /\p{Ideographic}|\p{N}+(?:[.,:٫٬]\p{N}+)+|[\p{L}\p{M}\p{N}_]+|\s+|./gsu;
// Above this table size, typing would lag; the diff is then one deletion and one insertion.
const MOST_PAIRS = 2_000_000;

/** @param {string} before @param {string} after @returns {Piece[]} */
export function wordDiff(before, after) {
  const a = before.match(WORDS) ?? [];
  const b = after.match(WORDS) ?? [];
  if (a.length * b.length > MOST_PAIRS) return [{ op: "delete", text: before }, { op: "insert", text: after }];
  // common[i][j]: how many words a[i…] and b[j…] can share.
  const common = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length; i--;) {
    for (let j = b.length; j--;) {
      common[i][j] = a[i] === b[j] ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
    }
  }
  /** @type {Piece[]} */
  const pieces = [];
  const add = (/** @type {Piece['op']} */ op, /** @type {string} */ text) => {
    const last = pieces.at(-1);
    if (last?.op === op) last.text += text;
    else pieces.push({ op, text });
  };
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    if (a[i] === b[j]) add("equal", a[i++] && b[j++]);
    else if (j === b.length || common[i + 1]?.[j] >= common[i][j + 1]) add("delete", a[i++]);
    else add("insert", b[j++]);
  }
  return pieces;
}
