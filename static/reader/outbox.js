// @ts-check
/** Outbox of suggestions in localStorage: drafts, validation, POST with an idempotency key, retry with backoff. */

/** Fallback where storage is blocked. @type {Map<string, string>} */
export const memory = new Map();
/** Dispatches "answer" with {name of the draft, answer of the API} as its detail. */
export const deliveries = new EventTarget();
/** Deliveries in progress: by idempotency key, the function that ends the pause before the next try. @type {Map<string, () => void>} */
const pauses = new Map();

let isKept = true;

/** From now on in memory only: on another site's page its scripts could read what is stored. */
export const keepNothing = () => isKept = false;

/** Name and address are stored for the session only. @param {string} name @returns {Storage} */
const storageFor = (name) => /** @type {Storage} */ (isKept && (name === "reader" ? sessionStorage : localStorage));

/** @param {string} name */
export function load(name) {
  try {
    return JSON.parse(memory.get(name) ?? storageFor(name).getItem(name) ?? "null");
  } catch {
    return null;
  }
}

/** With its time, for drafts and lists end. @param {string} name @param {object | null} value null deletes it */
export function store(name, value) {
  const text = JSON.stringify(value && { ...value, at: Date.now() });
  memory.set(name, text);
  try {
    if (value) storageFor(name).setItem(name, text);
    else storageFor(name).removeItem(name);
  } catch { /* Memory has it. */ }
}

/** Client-side validation: the first error the server would report, or null; that a reader would see no difference is known there alone. @param {Passage | null} passage @param {Values} values */
export function validate(passage, { replacement, way, note, credit, name }) {
  if ((!passage || way === "unknown") && !note.trim()) return { field: "note", message: "note-needed" };
  if (credit && !name.trim()) return { field: "name", message: "name-needed" };
  if (!passage || way !== "change") return null;
  if (!replacement.trim()) return { field: "replacement", message: "empty-wording" };
  return replacement.trim() === passage.exact ? { field: "replacement", message: "unchanged" } : null;
}

/** The JSON of the request. @param {Named} article @param {Passage | null} passage @param {Values} values @param {About} [about] */
export function requestBody(article, passage, { replacement, way, name, credit, ...values }, about) {
  const { revision = Number(article.revision), before, after, ...quote } = passage ?? {};
  return JSON.stringify({
    ...article.named?.(revision) ?? { article: article.article, revision },
    quote: passage && quote,
    about: about && { element: about.element, index: about.index },
    replacement: passage && way !== "unknown" ? way === "delete" ? "" : replacement : null,
    ...values,
    credit: !!credit,
    name: credit ? name : "",
  });
}

/**
 * An unchanged body keeps its idempotency key, so that a retry never makes a second suggestion.
 * @param {Letter | undefined} last @param {string} body
 */
export function withIdempotencyKey(last, body) {
  return last?.body === body ? last : { body, key: crypto.getRandomValues(new Uint32Array(4)).join("-") };
}

/** Form timestamp and proof of work, against spam; a request without them is accepted too. @param {string} url @param {(name: string) => Promise<any>} load imports a module @returns {Promise<object>} */
export async function proof(url, load) {
  try {
    const { stamp, puzzle } = await (await fetch(`${url}/stamp`)).json();
    return { stamp, pow: puzzle ? await (await load("puzzle")).solve(puzzle) : "" };
  } catch {
    return {};
  }
}

/** @param {string} url @param {Letter} letter @param {object} proof @returns {Promise<Answer>} */
export async function send(url, { body, key }, proof) {
  // AbortSignal.timeout is of 2022.
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), 20_000);
  try {
    const answer = await fetch(url, {
      method: "POST",
      body: JSON.stringify({ ...JSON.parse(body), ...proof }),
      credentials: "omit",
      headers: { "Content-Type": "application/json", "Idempotency-Key": key },
      signal: abort.signal,
    });
    if (answer.status === 429) return { wait: Number(answer.headers.get("Retry-After")) || 60 };
    const said = await answer.json();
    if (answer.status === 202 && said.id && said.status_url) return { receipt: said };
    // 408: it did not arrive in time. 409: the first request with this key is still being processed.
    if (answer.status < 500 && ![408, 409].includes(answer.status) && said.errors) return said;
  } catch { /* No network, timeout, or no JSON: retry. */ } finally {
    clearTimeout(timer);
  }
  return {};
}

const retryNow = () => pauses.forEach((end) => end());

/**
 * Retries the POST of a draft with exponential backoff until it is accepted, refused, or edited again.
 * @param {string} url @param {string} name @param {Promise<object> | undefined} proof
 */
export async function deliver(url, name, proof) {
  let draft = load(name);
  const { key } = draft.letter;
  if (pauses.has(key)) return retryNow();
  for (let pause = 5; draft?.sending && draft.letter.key === key; pause = Math.min(pause * 2, 300)) {
    pauses.set(key, () => {});
    const answer = await send(url, draft.letter, (await proof) ?? {});
    const { receipt, errors, wait = pause } = answer;
    if (receipt) moveToSent(name, draft, receipt);
    if (errors) store(name, { ...draft, sending: false, errors });
    deliveries.dispatchEvent(new CustomEvent("answer", { detail: { name, answer } }));
    if (receipt || errors) break;
    await new Promise((/** @type {(nothing?: unknown) => void} */ end) => {
      pauses.set(key, end);
      setTimeout(end, wait * 1000);
    });
    draft = load(name);
  }
  pauses.delete(key);
}

/** @param {string} name @param {Draft & {letter: Letter}} draft @param {Receipt} receipt */
function moveToSent(name, { letter: { body }, about }, { id, status_url: url }) {
  const { quote, replacement } = JSON.parse(body);
  store(name, null);
  // A draft's name begins with its kind and its article.
  store(`sent ${name.split(" ")[1]} ${id}`, { url, quote, about, replacement });
}

// Another tab knows better: what was sent there is no draft here.
globalThis.addEventListener?.("storage", ({ key }) => memory.delete(/** @type {string} */ (key)));

globalThis.addEventListener?.("online", retryNow);
