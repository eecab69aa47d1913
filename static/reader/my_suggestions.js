// @ts-check
/** The reader's own suggestions, from localStorage: listed below the article, highlighted in it, resent if undelivered. */
import { rangeOf } from "../shared/ranges.js";
import { findQuote } from "../shared/quote_search.js";
import { clearHighlight, highlight } from "../shared/highlight.js";
import { article, fields } from "./selection.js";
import { deliver, deliveries, load, memory, proof, store } from "./outbox.js";

const EXCERPT_LENGTH = 120; // code points of a passage in the list
let started = false;

/** @param {ParentNode} from @param {string} name */
const part = (from, name) => /** @type {HTMLAnchorElement} */ (from.querySelector(`[data-${name}]`));

const section = () => part(document, "own");
const slug = () => article().dataset.article;

/** @param {string} name */
const message = (name) => part(section(), `message=${name}`).textContent?.trim() ?? "";

/** @param {string} beginning */
function storedNames(beginning) {
  const found = new Set(memory.keys());
  try {
    for (const name of Object.keys(localStorage)) found.add(name);
  } catch { /* Memory is all there is. */ }
  return [...found].filter((name) => name.startsWith(beginning) && load(name));
}

/** Delivered suggestions, newest first. @returns {Sent[]} */
function sentSuggestions() {
  const sent = storedNames(`sent ${slug()} `).map((name) => ({ name, ...load(name) }));
  return sent.sort((one, other) => other.at - one.at);
}

/** The newest suggestion whose quote overlaps the passage. @param {Quote} passage */
export function ownSuggestionAt({ field, start, end }) {
  return sentSuggestions().find(({ quote }) => {
    const place = quote?.field === field && locateQuote(quote);
    return place && place.start < end && place.end > start;
  });
}

/** Undelivered and refused suggestions. @returns {Sent[]} */
function unsentSuggestions() {
  return storedNames(`suggestion ${slug()} `).flatMap((name) => {
    const { letter, sending, errors } = /** @type {Draft} */ (load(name));
    if (!letter || !(sending || errors)) return [];
    const state = sending ? message("waiting") : Object.values(errors ?? {}).flat().join(" ");
    return [{ name, quote: JSON.parse(letter.body).quote, state }];
  });
}

/** Finds a quote in this page by its words and their context. @param {Quote | null} quote */
function locateQuote(quote) {
  const field = fields().find(({ name }) => name === quote?.field);
  if (!field || !quote) return null;
  const { prefix, exact, suffix } = quote;
  const start = [...prefix].length;
  const span = findQuote(field.points, [...prefix, ...exact, ...suffix], { start, end: start + [...exact].length });
  return span && { ...span, range: rangeOf(field.canonical, span.start, span.end), inBody: field.name === "body" };
}

/** @param {Sent} sent @param {ReturnType<typeof locateQuote>} place */
function listItem({ name, quote, at, url, state = "" }, place) {
  const template = /** @type {HTMLTemplateElement} */ (section().querySelector("template"));
  const item = /** @type {HTMLElement} */ (document.importNode(template.content, true).firstElementChild);
  const { lang, dir } = article();
  const words = [...quote?.exact ?? ""];
  const text = words.length > EXCERPT_LENGTH ? `${words.slice(0, EXCERPT_LENGTH).join("")}…` : words.join("");
  Object.assign(part(item, "quote"), quote ? { textContent: text, lang, dir } : {});
  if (place?.inBody) part(item, "quote").href = `#spot-${place.start}-${place.end}`;
  if (at) part(item, "at").textContent = new Date(at).toLocaleDateString(section().dataset.dates, { dateStyle: "long" });
  part(item, "link").hidden = !url;
  part(item, "link").href = url ?? "";
  part(item, "state").textContent = state;
  item.dataset.name = name;
  return item;
}

export function renderList() {
  clearHighlight("own");
  const all = [...unsentSuggestions(), ...sentSuggestions()];
  const places = all.map(({ quote }) => locateQuote(quote));
  section().hidden = !all.length;
  part(section(), "list").replaceChildren(...all.map((sent, index) => listItem(sent, places[index])));
  highlight("own", places.flatMap((place) => place ? [place.range] : []));
}

/** Not while a dialog is open: the toast would be behind it. @param {string} name */
export function showToast(name) {
  if (!document.querySelector("dialog[open]")) part(document, "toast").textContent = message(name);
}

/** Only on request, so that the server does not learn who reads. @param {Sent} sent */
async function loadStatus({ name, url }) {
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
  for (const name of [...storedNames(`suggestion ${slug()} `), ...storedNames(`sent ${slug()} `), "reader"]) store(name, null);
  renderList();
  showToast("forgotten");
  part(document, "suggest").focus();
}

/** Renders the list and resends undelivered suggestions; once per page. */
export function start() {
  if (started) return;
  started = true;
  part(section(), "follow").addEventListener("click", () => sentSuggestions().forEach(loadStatus));
  part(section(), "forget").addEventListener("click", forget);
  deliveries.addEventListener("answer", (event) => {
    const { answer } = /** @type {CustomEvent<{answer: Answer}>} */ (event).detail;
    renderList();
    if (answer.receipt) showToast("arrived");
  });
  renderList();
  const { content } = /** @type {HTMLTemplateElement} */ (document.getElementById("suggestion-dialog"));
  const { api = "" } = part(content, "api").dataset;
  // Also from other articles, whose page may never be opened again.
  for (const name of storedNames("suggestion ")) if (load(name).sending) deliver(api, name, proof(api));
}
