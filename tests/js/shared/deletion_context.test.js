// A deletion is shown by the words on both sides of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { wordsAround } from "../../../static/shared/deletion_context.js";

/** The cut is where "|" stands. @param {string} marked */
function shown(marked) {
  const at = [...marked].indexOf("|");
  const text = [...marked.replace("|", "")];
  const { start, end } = wordsAround(text, at);
  return text.slice(start, end).join("");
}

test("the words on both sides of a cut are shown", () => {
  assert.equal(shown("The ferry 🚢 will| sail on Monday."), "will sail");
  assert.equal(shown("The ferry will |sail."), "will sail.");
  assert.equal(shown("re|ceive it"), "receive");
});

test("at the edge of a block the word within it is shown", () => {
  assert.equal(shown("One ends.\n\n|Two begins."), "Two");
  assert.equal(shown("One ends|\n\nTwo begins."), "ends");
  assert.equal(shown("|Begins here."), "Begins");
  assert.equal(shown("It ends.|"), "ends.");
});

test("where a whole block went its neighbour is shown", () => {
  assert.equal(shown("One.\n|\nTwo."), "Two.");
  assert.equal(shown("One.\n\n|"), "One.");
  assert.equal(shown("|"), "");
});
