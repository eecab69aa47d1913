// A draft is retried until a real server accepts it, once, and not while its reader goes on writing.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { test } from "node:test";
import { deliver, deliveries, load, store } from "../../../static/reader/outbox.js";

const NAME = "suggestion harbour body 0 3";
const quote = { field: "body", exact: "teh", prefix: "", suffix: "", start: 0, end: 3 };
const letter = { body: JSON.stringify({ article: "harbour", quote, replacement: "the" }), key: "k-1" };
const proof = Promise.resolve({ stamp: "s-1" });
const ACCEPTED = { status: 202, body: '{"id":"7","status_url":"/suggestions/t/"}' };

/**
 * Runs `act` beside a server that gives these answers in turn, the last one again and again.
 * @param {{status: number, body?: string, headers?: Record<string, string>}[]} answers
 * @param {(url: string, heard: {key: unknown, body: any}[]) => Promise<unknown>} act
 */
async function beside(answers, act) {
  /** @type {{key: unknown, body: any}[]} */
  const heard = [];
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    heard.push({ key: request.headers["idempotency-key"], body: JSON.parse(text) });
    const { status, body = "", headers } = answers[Math.min(heard.length, answers.length) - 1];
    response.writeHead(status, { Connection: "close", ...headers }).end(body);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  const told = /** @type {any[]} */ ([]);
  const listen = (/** @type {any} */ event) => told.push(event.detail);
  deliveries.addEventListener("answer", listen);
  try {
    await act(`http://127.0.0.1:${port}/api/suggestions`, heard);
    return { heard, told };
  } finally {
    deliveries.removeEventListener("answer", listen);
    server.close();
  }
}

const nextAnswer = () => once(/** @type {any} */ (deliveries), "answer");
const waiting = () => store(NAME, { replacement: "the", exact: "teh", letter, sending: true });

test("what the desk took is no draft any more, and is remembered as sent", async () => {
  waiting();
  const { heard } = await beside([ACCEPTED], (url) => deliver(url, NAME, proof));
  assert.deepEqual(heard, [{ key: "k-1", body: { ...JSON.parse(letter.body), stamp: "s-1" } }]);
  assert.equal(load(NAME), null);
  const { at, ...sent } = load("sent harbour 7");
  assert.deepEqual(sent, { url: "/suggestions/t/", quote, replacement: "the" });
  assert.ok(Date.now() - at < 5000);
});

test("who is asked to wait comes again by itself, under the same key", async () => {
  waiting();
  const busy = { status: 429, headers: { "Retry-After": "1" } };
  const { heard, told } = await beside([busy, ACCEPTED], (url) => deliver(url, NAME, proof));
  assert.deepEqual(heard.map(({ key }) => key), ["k-1", "k-1"]);
  assert.deepEqual(told.map(({ name, answer }) => [name, Object.keys(answer)]), [[NAME, ["wait"]], [NAME, ["receipt"]]]);
});

test("asked once more meanwhile, it tries again at once instead of beside itself", async () => {
  waiting();
  const { heard } = await beside([{ status: 503 }, ACCEPTED], async (url) => {
    const first = nextAnswer();
    const delivered = deliver(url, NAME, proof);
    await first;
    await new Promise((done) => setTimeout(done, 50));
    await deliver(url, NAME, proof);
    await delivered;
  });
  assert.equal(heard.length, 2);
});

test("two at once send one letter", async () => {
  waiting();
  const { heard } = await beside([ACCEPTED], (url) => Promise.all([deliver(url, NAME, proof), deliver(url, NAME, proof)]));
  assert.equal(heard.length, 1);
});

test("what was refused is kept with the reasons and not sent again", async () => {
  waiting();
  const refusal = { status: 422, body: '{"errors":{"note":["Too long."]}}' };
  const { heard } = await beside([refusal], (url) => deliver(url, NAME, proof));
  const { sending, errors, replacement } = load(NAME);
  assert.deepEqual([heard.length, sending, errors, replacement], [1, false, { note: ["Too long."] }, "the"]);
});

test("who goes on writing is not sent with half a sentence", async () => {
  waiting();
  const { heard } = await beside([{ status: 429, headers: { "Retry-After": "1" } }, ACCEPTED], async (url) => {
    const first = nextAnswer();
    const delivered = deliver(url, NAME, proof);
    await first;
    store(NAME, { ...load(NAME), replacement: "thee", sending: false });
    await delivered;
  });
  assert.equal(heard.length, 1);
  assert.equal(load(NAME).replacement, "thee");
});
