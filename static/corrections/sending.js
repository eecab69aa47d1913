// @ts-check
/** A suggestion on its way to the desk: kept in the browser, checked, sent. */

/** Where the browser refuses storage. @type {Map<string, string>} */
const memory = new Map();

/** @param {string} name @returns {Draft | null} */
export function recall(name) {
  try {
    return JSON.parse(memory.get(name) ?? localStorage.getItem(name) ?? "null");
  } catch {
    return null;
  }
}

/** @param {string} name @param {Draft | null} draft null: forget it */
export function keep(name, draft) {
  const text = JSON.stringify(draft);
  memory.set(name, text);
  try {
    if (draft) localStorage.setItem(name, text);
    else localStorage.removeItem(name);
  } catch { /* Memory has it. */ }
}

/** What the server refuses too: field and message. @param {Passage | null} passage @param {Values} values */
export function problems(passage, { replacement, unknown, note }) {
  if ((!passage || unknown) && !note.trim()) return { note: "note-needed" };
  return passage && !unknown && replacement === passage.exact ? { replacement: "unchanged" } : {};
}

/** The body of the request. @param {DOMStringMap} article @param {Passage | null} passage @param {Values} values */
export function compose(article, passage, { replacement, unknown, ...values }) {
  const { revision = Number(article.revision), before, after, ...quote } = passage ?? {};
  return JSON.stringify({
    article: article.article,
    revision,
    quote: passage && quote,
    replacement: passage && !unknown ? replacement : null,
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
    return { stamp, pow: puzzle ? await (await import("./work.js")).solve(puzzle) : "" };
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
  return { unreachable: true };
}
