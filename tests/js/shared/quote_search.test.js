// A quote is found by its offsets, else by its words and their context, else not at all.
import assert from "node:assert/strict";
import { test } from "node:test";
import { findQuote } from "../../../static/shared/quote_search.js";

const TEXT = "One ship. The 🚢 red boat left the harbour. The blue boat left the quay.";
const spanOf = (/** @type {string} */ text, /** @type {string} */ part) => {
  const start = [...text.slice(0, text.indexOf(part))].length;
  return { start, end: start + [...part].length };
};
const found = (/** @type {string} */ page, /** @type {{start: number, end: number}} */ span, text = TEXT) => {
  const at = findQuote([...page], [...text], span);
  return at && [at.start, [...page].slice(at.start, at.end).join("")];
};

test("in the very text the offsets hold", () => {
  assert.deepEqual(found(TEXT, spanOf(TEXT, "red boat")), [16, "red boat"]);
});

test("words put in before a passage move it", () => {
  const page = `Advertisement\n\n${TEXT}`;
  assert.deepEqual(found(page, spanOf(TEXT, "red boat")), [31, "red boat"]);
});

test("of several copies the surroundings choose", () => {
  const second = { start: 52, end: 61 };
  assert.equal([...TEXT].slice(52, 61).join(""), "boat left");
  assert.deepEqual(found(`New. ${TEXT}`, second), [57, "boat left"]);
});

test("copies that nothing tells apart are not guessed at", () => {
  assert.equal(found("x a x a x a x", { start: 2, end: 3 }, "b a b"), null);
});

test("a translated page has no such passage", () => {
  assert.equal(found("Ein Schiff. Das rote Boot verließ den Hafen.", spanOf(TEXT, "red boat")), null);
});

test("a short word with other surroundings is not believed", () => {
  assert.equal(found("Das a da", { start: 2, end: 3 }, "b a b"), null);
});

test("an insertion point is nowhere to be marked", () => {
  assert.equal(found(TEXT, { start: 4, end: 4 }), null);
});
