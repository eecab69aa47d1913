// What becomes of a typed address; the server is held to the same file.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { wholeAddress } from "../../../static/richtext/addresses.js";

for (const [typed, whole] of Object.entries(JSON.parse(readFileSync(new URL("addresses.json", import.meta.url), "utf8")))) {
  test(`${JSON.stringify(typed)} is ${whole ?? "refused"}`, () => assert.equal(wholeAddress(typed), whole));
}
