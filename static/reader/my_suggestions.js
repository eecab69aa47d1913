// @ts-check
/** What was suggested from this browser, which alone knows it: listed under the article, marked in it, sent if it was not. */
import { rangeOf } from "../shared/ranges.js";
import { locate } from "../shared/quote_search.js";
import { clear, paint } from "../shared/highlight.js";
import { article, fields } from "./selection.js";
import { deliver, desk, keep, memory, proof, recall } from "./outbox.js";

const SHOWN = 120; // code points of a passage in the list
let started = false;

/** @param {ParentNode} from @param {string} name */
const part = (from, name) => /** @type {HTMLAnchorElement} */ (from.querySelector(`[data-${name}]`));

const section = () => part(document, "own");
const slug = () => article().dataset.article;

/** @param {string} name */
const message = (name) => part(section(), `message=${name}`).textContent?.trim() ?? "";

/** @param {string} beginning */
function names(beginning) {
  const found = new Set(memory.keys());
  try {
    for (const name of Object.keys(localStorage)) found.add(name);
  } catch { /* Memory is all there is. */ }
  return [...found].filter((name) => name.startsWith(beginning) && recall(name));
}

/** What the desk has, the latest first. @returns {Sent[]} */
function sentHere() {
  const sent = names(`sent ${slug()} `).map((name) => ({ name, ...recall(name) }));
  return sent.sort((one, other) => other.at - one.at);
}

/** The latest about these code points of a field of the page. @param {Quote} passage */
export function ownAbout({ field, start, end }) {
  return sentHere().find(({ quote }) => {
    const place = quote?.field === field && placed(quote);
    return place && place.start < end && place.end > start;
  });
}

/** What the desk has not got, or not taken. @returns {Sent[]} */
function unsentHere() {
  return names(`suggestion ${slug()} `).flatMap((name) => {
    const { letter, sending, errors } = /** @type {Draft} */ (recall(name));
    if (!letter || !(sending || errors)) return [];
    const state = sending ? message("waiting") : Object.values(errors ?? {}).flat().join(" ");
    return [{ name, quote: JSON.parse(letter.body).quote, state }];
  });
}

/** Where a quote stands in this page, by its words and those around it. @param {Quote | null} quote */
function placed(quote) {
  const field = fields().find(({ name }) => name === quote?.field);
  if (!field || !quote) return null;
  const { prefix, exact, suffix } = quote;
  const start = [...prefix].length;
  const span = locate(field.points, [...prefix, ...exact, ...suffix], { start, end: start + [...exact].length });
  return span && { ...span, range: rangeOf(field.canonical, span.start, span.end), inBody: field.name === "body" };
}

/** @param {Sent} sent @param {ReturnType<typeof placed>} place */
function entry({ name, quote, at, url, state = "" }, place) {
  const template = /** @type {HTMLTemplateElement} */ (section().querySelector("template"));
  const item = /** @type {HTMLElement} */ (document.importNode(template.content, true).firstElementChild);
  const { lang, dir } = article();
  const words = [...quote?.exact ?? ""];
  const text = words.length > SHOWN ? `${words.slice(0, SHOWN).join("")}…` : words.join("");
  Object.assign(part(item, "quote"), quote ? { textContent: text, lang, dir } : {});
  if (place?.inBody) part(item, "quote").href = `#spot-${place.start}-${place.end}`;
  if (at) part(item, "at").textContent = new Date(at).toLocaleDateString(section().dataset.dates, { dateStyle: "long" });
  part(item, "link").hidden = !url;
  part(item, "link").href = url ?? "";
  part(item, "state").textContent = state;
  item.dataset.name = name;
  return item;
}

export function list() {
  clear("own");
  const all = [...unsentHere(), ...sentHere()];
  const places = all.map(({ quote }) => placed(quote));
  section().hidden = !all.length;
  part(section(), "list").replaceChildren(...all.map((sent, index) => entry(sent, places[index])));
  paint("own", places.flatMap((place) => place ? [place.range] : []));
}

/** A toast would stand behind an open dialog. @param {string} name */
export function say(name) {
  if (!document.querySelector("dialog[open]")) part(document, "toast").textContent = message(name);
}

/** Asked only when the reader asks: the server need not know who reads. @param {Sent} sent */
async function follow({ name, url }) {
  const item = /** @type {HTMLElement} */ (section().querySelector(`[data-name=${CSS.escape(name)}]`));
  const state = part(item, "state");
  try {
    const { status } = await (await fetch(`/api${url?.slice(0, -1)}`, { credentials: "omit" })).json();
    state.textContent = message(status);
  } catch {
    state.textContent = message("unknown");
  }
}

function forget() {
  for (const name of [...names(`suggestion ${slug()} `), ...names(`sent ${slug()} `), "reader"]) keep(name, null);
  list();
  say("forgotten");
  part(document, "suggest").focus();
}

/** Lists what was sent from here and sends what was not; once for each page. */
export function start() {
  if (started) return;
  started = true;
  part(section(), "follow").addEventListener("click", () => sentHere().forEach(follow));
  part(section(), "forget").addEventListener("click", forget);
  desk.addEventListener("answer", (event) => {
    const { answer } = /** @type {CustomEvent<{answer: Answer}>} */ (event).detail;
    list();
    if (answer.receipt) say("arrived");
  });
  list();
  const { content } = /** @type {HTMLTemplateElement} */ (document.getElementById("suggestion-dialog"));
  const { api = "" } = part(content, "api").dataset;
  // Also from other articles, whose page may never be opened again.
  for (const name of names("suggestion ")) if (recall(name).sending) deliver(api, name, proof(api));
}
