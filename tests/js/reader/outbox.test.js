// The request of a suggestion, and how each response of a real server is understood.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { test } from "node:test";
import { deliver, deliveries, load, requestBody, send, store, validate, withIdempotencyKey } from "../../../static/reader/outbox.js";

const passage = { field: "body", exact: "teh", prefix: "", suffix: " end", start: 0, end: 3, revision: 3, before: "", after: " end." };
const typed = { replacement: "the", way: "change", category: "typo", note: "", evidence_url: "", name: "", website: "" };
const article = { article: "harbour", revision: "4" };
const letter = { body: '{"article":"harbour"}', key: "k-1" };

/** @param {number} status @param {string} body @param {Record<string, string>} headers */
async function answered(status, body, headers = {}) {
  /** @type {{method?: string, headers?: import("node:http").IncomingHttpHeaders, body: string}[]} */
  const heard = [];
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    heard.push({ method: request.method, headers: request.headers, body: text });
    response.writeHead(status, { Connection: "close", ...headers }).end(body);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  try {
    return { answer: await send(`http://127.0.0.1:${port}/api/suggestions`, letter, {}), heard };
  } finally {
    server.close();
  }
}

test("the body is what the API takes", () => {
  const { revision, before, after, ...quote } = passage;
  const expected = { article: "harbour", revision: 3, quote, replacement: "the", category: "typo", note: "", evidence_url: "", website: "", credit: false, name: "" };
  assert.deepEqual(JSON.parse(requestBody(article, passage, typed)), expected);
});

test("a name is sent only while its box is ticked", () => {
  const said = (/** @type {object} */ values) => JSON.parse(requestBody(article, passage, { ...typed, ...values }));
  assert.deepEqual([said({ name: "Ada" }).name, said({ name: "Ada" }).credit], ["", false]);
  assert.deepEqual([said({ name: "Ada", credit: "1" }).name, said({ name: "Ada", credit: "1" }).credit], ["Ada", true]);
});

test("to delete and not to know are said, whatever stands in the field", () => {
  assert.equal(JSON.parse(requestBody(article, passage, { ...typed, way: "delete" })).replacement, "");
  assert.equal(JSON.parse(requestBody(article, passage, { ...typed, way: "unknown" })).replacement, null);
});

test("the article as a whole has neither quote nor replacement", () => {
  const sent = JSON.parse(requestBody(article, null, { ...typed, note: "All of it" }));
  assert.deepEqual([sent.quote, sent.replacement, sent.revision, sent.note], [null, null, 4, "All of it"]);
});

for (const [name, about, values, expected] of [
  ["a changed passage", passage, typed, undefined],
  ["a deletion", passage, { ...typed, way: "delete" }, undefined],
  ["an empty field is no deletion", passage, { ...typed, replacement: " " }, "empty-wording"],
  ["a box for the name without a name", passage, { ...typed, credit: "1", name: " " }, "name-needed"],
  ["a name behind a box that is not ticked", passage, { ...typed, name: "" }, undefined],
  ["an unchanged passage", passage, { ...typed, replacement: "teh" }, "unchanged"],
  ["an unchanged passage with a note", passage, { ...typed, replacement: "teh", note: "x" }, "unchanged"],
  ["unknown words without a note", passage, { ...typed, way: "unknown", note: " " }, "note-needed"],
  ["unknown words with a note", passage, { ...typed, way: "unknown", replacement: "teh", note: "x" }, undefined],
  ["the whole article without a note", null, typed, "note-needed"],
  ["the whole article with a note", null, { ...typed, note: "x" }, undefined],
]) {
  test(`checked before sending: ${name}`, () => assert.equal(validate(about, values)?.message, expected));
}

test("the same words keep their key, other words get another", () => {
  const first = withIdempotencyKey(undefined, "a");
  assert.equal(withIdempotencyKey(first, "a"), first);
  assert.notEqual(withIdempotencyKey(first, "b").key, first.key);
});

test("a draft is kept, given back and forgotten", () => {
  store("suggestion harbour body 0 3", { ...typed, exact: "teh" });
  assert.equal(load("suggestion harbour body 0 3")?.exact, "teh");
  store("suggestion harbour body 0 3", null);
  assert.equal(load("suggestion harbour body 0 3"), null);
});

test("the request is JSON under its key", async () => {
  const { heard } = await answered(202, "{}");
  const [{ method, headers, body }] = heard;
  assert.deepEqual([method, headers?.["content-type"], headers?.["idempotency-key"], body], ["POST", "application/json", "k-1", letter.body]);
});

for (const [status, body, headers, expected] of [
  [202, '{"id":"7","status_url":"/suggestions/t/"}', {}, { receipt: { id: "7", status_url: "/suggestions/t/" } }],
  // What a hotel's log-in page or a proxy answers is no receipt.
  [200, '{"id":"7","status_url":"/suggestions/t/"}', {}, {}],
  [202, '{"status_url":"/suggestions/t/"}', {}, {}],
  [202, '{"id":"7"}', {}, {}],
  [202, "null", {}, {}],
  [200, "<h1>Log in</h1>", {}, {}],
  [422, '{"errors":{"note":["Too long."]}}', {}, { errors: { note: ["Too long."] } }],
  [404, '{"errors":{"article":["Unknown."]}}', {}, { errors: { article: ["Unknown."] } }],
  [429, '{"errors":{"_":["Slow down."]}}', { "Retry-After": "30" }, { wait: 30 }],
  [429, "Slow down", {}, { wait: 60 }],
  [408, '{"errors":{"_":["Too late."]}}', {}, {}],
  [409, '{"errors":{"_":["Being stored."]}}', {}, {}],
  [500, '{"errors":{"_":["Oh."]}}', {}, {}],
  [503, '{"errors":{"_":["Busy."]}}', { "Retry-After": "5" }, {}],
  [502, "<h1>Bad gateway</h1>", {}, {}],
  [413, "<h1>Too large</h1>", {}, {}],
  [202, "cut off", {}, {}],
]) {
  test(`an answer ${status} ${body.slice(0, 12)} means ${Object.keys(expected).join() || "to try again"}`, async () => {
    const { answer } = await answered(Number(status), body, headers);
    assert.deepEqual(answer, expected);
  });
}

test("no server at all means to try again", async () => {
  assert.deepEqual(await send("http://127.0.0.1:9/", letter, {}), {});
});
