import assert from "node:assert/strict";
import { test } from "node:test";

import { polled } from "../../../static/desk/polled.js";

test("an address is asked with the ETag of its last answer, and 304 is nothing new", async () => {
  const asked = [];
  const answers = [
    new Response('{"count": 3}', { headers: { ETag: '"a"' } }),
    new Response(null, { status: 304 }),
    new Response('{"count": 4}', { headers: { ETag: '"b"' } }),
  ];
  const ask = polled("/count/", async (address, { headers }) => {
    asked.push([address, headers["If-None-Match"]]);
    return answers.shift();
  });
  assert.deepEqual([await ask(), await ask(), await ask()], [{ count: 3 }, null, { count: 4 }]);
  assert.deepEqual(asked, [["/count/", undefined], ["/count/", '"a"'], ["/count/", '"a"']]);
});

test("a refusal is an error, and the next question the same", async () => {
  const answers = [new Response("", { status: 503 }), new Response('{"count": 3}')];
  const ask = polled("/count/", async () => answers.shift());
  await assert.rejects(ask(), /503/);
  assert.deepEqual(await ask(), { count: 3 });
});
