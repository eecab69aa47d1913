// The solver finds the number whose hash ALTCHA asks for, and answers as the server reads it.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { solve } from "../../../static/reader/proof_of_work.js";

/** @param {number} number @param {number} maxNumber */
function puzzle(number, maxNumber) {
  const challenge = createHash("sha256").update(`salt?expires=1&${number}`).digest("hex");
  return { algorithm: "SHA-256", challenge, maxNumber, salt: "salt?expires=1&", signature: "s" };
}

for (const number of [0, 7, 300]) {
  test(`the number ${number} is found`, async () => {
    const { maxNumber, ...asked } = puzzle(number, 300);
    assert.deepEqual(JSON.parse(atob(await solve({ ...asked, maxNumber }))), { ...asked, number });
  });
}

test("a number above the maximum is not searched for", async () => {
  assert.equal(await solve(puzzle(11, 10)), "");
});
