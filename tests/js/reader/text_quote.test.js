// Text quotes count code points, with context and sentence.
import assert from "node:assert/strict";
import { test } from "node:test";
import { InvalidSelection, quoteAt, sentenceAround, sentencesByParagraph, trimSpan } from "../../../static/reader/text_quote.js";

const points = (/** @type {string} */ text) => [...text];
const spanOf = (/** @type {string} */ text, /** @type {string} */ part) => {
  const start = [...text.slice(0, text.indexOf(part))].length;
  return { start, end: start + [...part].length };
};
const sentences = (/** @type {string} */ text, language = "en") =>
  sentencesByParagraph(points(text), language).map((spans) => spans.map(({ start, end }) => points(text).slice(start, end).join("")));

test("offsets and contexts count code points, not UTF-16 units", () => {
  const text = `${"🚢".repeat(40)}wrogn${"👍".repeat(40)}`;
  const quote = quoteAt("body", points(text), spanOf(text, "wrogn"));
  assert.deepEqual(quote, { field: "body", exact: "wrogn", prefix: "🚢".repeat(32), suffix: "👍".repeat(32), start: 40, end: 45 });
});

test("contexts end where the text ends", () => {
  const quote = quoteAt("headline", points("One two"), { start: 0, end: 7 });
  assert.deepEqual([quote.prefix, quote.suffix], ["", ""]);
});

test("white space around a selection is left out, the next paragraph too", () => {
  assert.deepEqual(trimSpan(points("a  word \n\nnext"), { start: 1, end: 10 }), { start: 3, end: 7 });
  assert.equal(quoteAt("body", points("a\u00a0word\u00a0b"), { start: 1, end: 7 }).exact, "word");
});

for (const [name, text, reason] of [
  ["nothing", "", "empty"],
  ["white space alone", " \n\n ", "empty"],
  ["1,001 code points", "🚢".repeat(1001), "too-long"],
]) {
  test(`${name} is refused as ${reason}`, () => {
    const refused = (/** @type {unknown} */ error) => error instanceof InvalidSelection && error.reason === reason;
    assert.throws(() => quoteAt("body", points(text), { start: 0, end: points(text).length }), refused);
  });
}

test("1 and 1,000 code points are accepted", () => {
  for (const size of [1, 1000]) assert.equal(points(quoteAt("body", points("🚢".repeat(1000)), { start: 0, end: size }).exact).length, size);
});

test("the sentence around a word stops at its own bounds", () => {
  const text = "First one. Dr. Adjei made a desicion here. Last one.\n\nNext paragraph.";
  assert.deepEqual(sentenceAround(points(text), spanOf(text, "desicion"), "en"), { before: "Dr. Adjei made a ", after: " here. " });
});

test("a passage over two paragraphs is surrounded by the ends of both sentences", () => {
  const text = "A b c.\n\nD e f. G h.";
  assert.deepEqual(sentenceAround(points(text), spanOf(text, "c.\n\nD e"), "en"), { before: "A b ", after: " f. " });
});

test("sentences join to their paragraphs, in every language", () => {
  const text = "Він прийшов. Вона пішла!\n\nقال نعم. ثم ذهب؟\n\n今日は雨。明日は晴れ。";
  for (const language of ["uk", "ar", "ja", "no_such_tag"]) {
    assert.equal(sentences(text, language).map((pieces) => pieces.join("")).join("\n\n"), text);
    assert.deepEqual(sentences(text, language).map((pieces) => pieces.length), [2, 2, 2]);
  }
});

test("abbreviations end no sentence", () => {
  assert.deepEqual(sentences("He met Mr. Smith, a U.S. Senator. They talked."), [["He met Mr. Smith, a U.S. Senator. ", "They talked."]]);
});

test("a sentence too long to be quoted comes in pieces that can be", () => {
  const text = `Short. ${"word ".repeat(500)}`;
  const spans = sentencesByParagraph(points(text), "en").flat();
  assert.ok(spans.every(({ start, end }) => end - start <= 1000));
  assert.equal(spans.map(({ start, end }) => points(text).slice(start, end).join("")).join(""), text);
});
