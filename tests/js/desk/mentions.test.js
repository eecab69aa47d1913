// Which colleagues are offered while a name is typed after an @.
import assert from "node:assert/strict";
import { test } from "node:test";
import { matching, typedName } from "../../../static/desk/mentions.js";

const ADA = { username: "ada", name: "Ada Quill" };
const MARA = { username: "m.lind", name: "Mara Lind" };

test("a name is read up to the cursor", () => {
  assert.equal(typedName("Ask @"), "");
  assert.equal(typedName("Ask @m.l"), "m.l");
  assert.equal(typedName("(@ад"), "ад");
  assert.equal(typedName("Ask @ada, "), null);
  assert.equal(typedName("ada@example"), null);
  assert.equal(typedName(""), null);
});

test("usernames and words of names are found from their beginning, in any case", () => {
  const both = [ADA, MARA];
  assert.deepEqual(matching(both, ""), both);
  assert.deepEqual(matching(both, "ADA"), [ADA]);
  assert.deepEqual(matching(both, "lind"), [MARA]);
  assert.deepEqual(matching(both, "m."), [MARA]);
  assert.deepEqual(matching(both, "ara"), []);
});

test("a long list of colleagues is not shown whole", () => {
  assert.equal(matching(Array.from({ length: 50 }, () => ADA), "a").length, 6);
});
