// @ts-check
/** A suggestion on its way to the desk: kept in the browser, checked, sent until it has arrived. */

/** Where the browser refuses storage. @type {Map<string, string>} */
export const memory = new Map();
/** Says "answer", with the name of the draft and the desk's answer to it as its detail. */
export const desk = new EventTarget();
/** For each letter that is being sent, by its key, what ends the pause before its next try. @type {Map<string, () => void>} */
const pauses = new Map();

/** Who writes is kept for the session alone. @param {string} name */
const shelf = (name) => name === "reader" ? sessionStorage : localStorage;

/** @param {string} name */
export function recall(name) {
  try {
    return JSON.parse(memory.get(name) ?? shelf(name).getItem(name) ?? "null");
  } catch {
    return null;
  }
}

/** @param {string} name @param {object | null} value null: forget it */
export function keep(name, value) {
  const text = JSON.stringify(value);
  memory.set(name, text);
  try {
    if (value) shelf(name).setItem(name, text);
    else shelf(name).removeItem(name);
  } catch { /* Memory has it. */ }
}

/** What the server would refuse, and the message that says so. @param {Passage | null} passage @param {Values} values */
export function problem(passage, { replacement, unknown, note }) {
  if ((!passage || unknown) && !note.trim()) return { field: "note", message: "note-needed" };
  return passage && !unknown && replacement === passage.exact ? { field: "replacement", message: "unchanged" } : null;
}

/** The body of the request. @param {DOMStringMap} article @param {Passage | null} passage @param {Values} values */
export function compose(article, passage, { replacement, unknown, ...values }) {
  const { revision = Number(article.revision), before, after, ...quote } = passage ?? {};
  return JSON.stringify({
    article: article.article,
    revision,
    quote: passage && quote,
    replacement: passage && !unknown ? replacement : null,
    credit: !!values.name,
    ...values,
  });
}

/** Pages over plain HTTP have no randomUUID. */
const freshKey = () => crypto.randomUUID?.() ?? crypto.getRandomValues(new Uint32Array(4)).join("-");

/**
 * The same words keep their key, so that a second try never makes a second suggestion.
 * @param {Letter | undefined} last @param {string} body
 */
export function sealed(last, body) {
  return last?.body === body ? last : { body, key: freshKey() };
}

/** Shows that the form is open; nobody is refused without it. @param {string} url @returns {Promise<object>} */
export async function proof(url) {
  try {
    const { stamp, puzzle } = await (await fetch(`${url}/stamp`)).json();
    return { stamp, pow: puzzle ? await (await import("./proof_of_work.js")).solve(puzzle) : "" };
  } catch {
    return {};
  }
}

/** @param {string} url @param {Letter} letter @param {object} proof @returns {Promise<Answer>} */
export async function send(url, { body, key }, proof) {
  try {
    const answer = await fetch(url, {
      method: "POST",
      body: JSON.stringify({ ...JSON.parse(body), ...proof }),
      credentials: "omit",
      headers: { "Content-Type": "application/json", "Idempotency-Key": key },
      signal: AbortSignal.timeout(20_000),
    });
    if (answer.status === 429) return { wait: Number(answer.headers.get("Retry-After")) || 60 };
    const said = await answer.json();
    if (answer.ok) return { receipt: said };
    // 409: the first try is still being stored.
    if (answer.status < 500 && answer.status !== 409 && said.errors) return said;
  } catch { /* No network, too slow, or no JSON: all mean to try again. */ }
  return {};
}

const hurry = () => pauses.forEach((end) => end());

/**
 * Sends the letter of a draft until the desk has it or refuses it, or the reader goes on writing.
 * @param {string} url @param {string} name @param {Promise<object> | undefined} proof
 */
export async function deliver(url, name, proof) {
  let draft = recall(name);
  const { key } = draft.letter;
  if (pauses.has(key)) return hurry();
  for (let pause = 5; draft?.sending && draft.letter.key === key; pause = Math.min(pause * 2, 300)) {
    pauses.set(key, () => {});
    const answer = await send(url, draft.letter, (await proof) ?? {});
    const { receipt, errors, wait = pause } = answer;
    if (receipt) arrived(name, draft.letter, receipt);
    if (errors) keep(name, { ...draft, sending: false, errors });
    desk.dispatchEvent(new CustomEvent("answer", { detail: { name, answer } }));
    if (receipt || errors) break;
    await new Promise((/** @type {(nothing?: unknown) => void} */ end) => {
      pauses.set(key, end);
      setTimeout(end, wait * 1000);
    });
    draft = recall(name);
  }
  pauses.delete(key);
}

/** @param {string} name @param {Letter} letter @param {Receipt} receipt */
function arrived(name, { body }, { id, status_url: url }) {
  const { article, quote } = JSON.parse(body);
  keep(name, null);
  keep(`sent ${article} ${id}`, { url, quote, at: Date.now() });
}

globalThis.addEventListener?.("online", hurry);
