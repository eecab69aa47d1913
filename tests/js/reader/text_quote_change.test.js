// What a reader would not see changes nothing; the list is that of the server's tests.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { isVisibleChange } from "../../../static/reader/text_quote.js";

const list = new URL("../../corrections/screening/visible_changes.json", import.meta.url);

for (const [exact, replacement, prefix, suffix, isVisible] of JSON.parse(readFileSync(list, "utf8"))) {
  test(`${JSON.stringify(exact)} to ${JSON.stringify(replacement)}`, () => {
    assert.equal(isVisibleChange({ exact, prefix, suffix }, replacement), isVisible);
    assert.equal(isVisibleChange({ exact: replacement, prefix, suffix }, exact), isVisible);
  });
}
