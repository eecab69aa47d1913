// A selection is a passage of one field of the page, or refused.
import assert from "node:assert/strict";
import { test } from "node:test";

// As much of the DOM as the modules ask for: fields that hold one text node each.
class Text {
  constructor(/** @type {string} */ data) {
    this.data = data;
  }
}
class Element {
  localName = "div";
  constructor(/** @type {string} */ field, /** @type {string} */ text) {
    this.field = field;
    this.childNodes = [new Text(text)];
  }
  closest = () => null;
  contains = (/** @type {unknown} */ node) => node === this.childNodes[0];
  getAttribute = () => this.field;
}
class Range {
  setStart(/** @type {unknown} */ node, /** @type {number} */ offset) {
    Object.assign(this, { node, offset });
  }
  comparePoint(/** @type {unknown} */ node, /** @type {number} */ offset) {
    assert.equal(node, this.node);
    return Math.sign(offset - this.offset);
  }
}
const roots = [
  new Element("headline", "The bridge is closed"),
  new Element("standfirst", "Until May, says the council."),
  new Element("body", "It will recieve 🚢 a report."),
];
const page = { lang: "en", dataset: { revision: "3" }, querySelectorAll: () => roots };
Object.assign(globalThis, { Text, Element, Range, document: { querySelector: () => page } });
const { fields, passageOf } = await import("../../../static/reader/selection.js");
const { InvalidSelection } = await import("../../../static/reader/text_quote.js");

const OUTSIDE = {};
/** A selection from an offset of one field to an offset of another; null stands for a place outside all fields. */
function select(/** @type {number | null} */ from, /** @type {number} */ start, /** @type {number | null} */ to, /** @type {number} */ end, touched = [from, to]) {
  const node = (/** @type {number | null} */ index) => (index === null ? OUTSIDE : roots[index].childNodes[0]);
  const [first = 0, last = first] = /** @type {number[]} */ (touched);
  return /** @type {any} */ ({
    startContainer: node(from), startOffset: start, endContainer: node(to), endOffset: end,
    intersectsNode: (/** @type {Element} */ root) => first <= roots.indexOf(root) && roots.indexOf(root) <= last,
    toString: () => "words",
  });
}
const refused = (/** @type {string} */ reason) => (/** @type {unknown} */ error) => error instanceof InvalidSelection && error.reason === reason;

test("a passage of one field is quoted with its field and revision", () => {
  const { field, exact, start, end, revision, before, after } = passageOf(select(2, 8, 2, 15));
  assert.deepEqual({ field, exact, start, end, revision }, { field: "body", exact: "recieve", start: 8, end: 15, revision: 3 });
  assert.deepEqual([before, after], ["It will ", " 🚢 a report."]);
});

test("behind an emoji offsets are still code points", () => {
  const { exact, start, end } = passageOf(select(2, 19, 2, 27));
  assert.deepEqual([exact, start, end], ["a report", 18, 26]);
});

for (const [from, to] of [[0, 1], [1, 2], [0, 2]]) {
  test(`a selection from ${roots[from].field} into ${roots[to].field} is refused`, () => {
    assert.throws(() => passageOf(select(from, 4, to, 5)), refused("across"));
  });
}

test("a triple click that ends where the next field begins is of the first alone", () => {
  const { field, exact } = passageOf(select(0, 0, 1, 0));
  assert.deepEqual([field, exact], ["headline", "The bridge is closed"]);
});

test("a selection that begins where a field ends is of the next alone", () => {
  const { field, exact } = passageOf(select(1, 28, 2, 7));
  assert.deepEqual([field, exact], ["body", "It will"]);
});

test("a selection from outside is clipped to the field that it touches", () => {
  assert.equal(passageOf(select(null, 0, 0, 10, [0, 0])).exact, "The bridge");
  assert.equal(passageOf(select(2, 19, null, 0, [2, 2])).exact, "a report.");
});

test("words outside all fields are no passage", () => {
  assert.throws(() => passageOf(select(null, 0, null, 0, [9, 9])), refused("outside"));
});

test("the fields come in the order of the page", () => {
  assert.deepEqual(fields().map(({ name }) => name), ["headline", "standfirst", "body"]);
});
