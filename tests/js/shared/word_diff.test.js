// The diff compares whole words and loses no character.
import assert from "node:assert/strict";
import { test } from "node:test";
import { wordDiff } from "../../../static/shared/word_diff.js";

const shown = (/** @type {string} */ before, /** @type {string} */ after) =>
  wordDiff(before, after).map(({ op, text }) => ({ equal: text, delete: `[-${text}-]`, insert: `{+${text}+}` })[op]).join("");
const joined = (/** @type {ReturnType<typeof wordDiff>} */ pieces, /** @type {string} */ left) =>
  pieces.filter(({ op }) => op !== left).map(({ text }) => text).join("");

for (const [before, after, expected] of [
  ["the desicion was late", "the decision was late", "the [-desicion-]{+decision+} was late"],
  ["from the the pier", "from the pier", "from the [-the -]pier"],
  ["it ends her.", "it ends here.", "it ends [-her-]{+here+}."],
  ["two wrogn words, two wrogn marks", "two wrong words, two wrong marks", "two [-wrogn-]{+wrong+} words, two [-wrogn-]{+wrong+} marks"],
  ["gone", "", "[-gone-]"],
  ["", "new", "{+new+}"],
  ["same", "same", "same"],
  ["", "", ""],
  ["стаття вийшла", "стаття вийде", "стаття [-вийшла-]{+вийде+}"],
  ["今日は雨", "明日は雨", "[-今-]{+明+}日は雨"],
  ["a 🚢 here", "a 🚤 here", "a [-🚢-]{+🚤+} here"],
]) {
  test(`${before || "nothing"} → ${after || "nothing"}`, () => assert.equal(shown(before, after), expected));
}

test("every change joins to both texts again", () => {
  const words = ["a", "b", " ", "\n\n", ".", "naïve", "👩‍👩‍👧", "雨"];
  let seed = 7;
  const any = () => words[(seed = (seed * 48271) % 2147483647) % words.length];
  for (let round = 0; round < 300; round++) {
    const before = Array.from({ length: round % 17 }, any).join("");
    const after = Array.from({ length: round % 13 }, any).join("");
    const pieces = wordDiff(before, after);
    assert.equal(joined(pieces, "insert"), before);
    assert.equal(joined(pieces, "delete"), after);
  }
});

test("a pasted book is shown as replaced instead of freezing the page", () => {
  const book = "word, ".repeat(20_000);
  const pieces = wordDiff(`${book}x`, `${book}y`);
  assert.deepEqual(pieces.map(({ op }) => op), ["delete", "insert"]);
  assert.equal(joined(pieces, "delete"), `${book}y`);
});
