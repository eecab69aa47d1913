// Rows of an export are counted right however its bytes are chunked.
import assert from "node:assert/strict";
import { test } from "node:test";
import { RowCount } from "../../../static/desk/row_count.js";

const CSV = 'id,passage\r\n1,"two\r\nlines and a "" mark"\r\n2,ö\r\n';
const JSON_TEXT = '[\n{"id":1,"passage":"a \\" mark\\nand a line"},\n{"id":2}\n]\n';

/** @param {"csv" | "json"} format @param {string} text @param {number} size */
function counted(format, text, size) {
  const count = new RowCount(format);
  const bytes = new TextEncoder().encode(text);
  for (let start = 0; start < bytes.length; start += size) count.add(bytes.subarray(start, start + size));
  return count;
}

for (const [format, text] of /** @type {const} */ ([["csv", CSV], ["json", JSON_TEXT]])) {
  for (const size of [1, 2, 7, 1000]) {
    test(`${format} in pieces of ${size} bytes`, () => {
      const count = counted(format, text, size);
      assert.equal(count.isComplete(2), true);
      assert.equal(count.isComplete(3), false);
    });
  }

  test(`${format} that breaks off is not whole`, () => {
    for (let end = 0; end < text.length; end++) assert.equal(counted(format, text.slice(0, end), 1000).isComplete(2), false);
  });
}

test("no rows are whole too", () => {
  assert.equal(counted("csv", "id,passage\r\n", 1000).isComplete(0), true);
  assert.equal(counted("json", "[\n]\n", 1000).isComplete(0), true);
});

test("the rows so far are told on the way", () => {
  assert.equal(counted("csv", "", 1000).rows, 0);
  assert.equal(counted("csv", 'id,passage\r\n1,"two\r\nlines"\r\n', 1000).rows, 1);
  assert.equal(counted("json", '[\n{"id":1},\n{"id":2}', 1000).rows, 1);
});
