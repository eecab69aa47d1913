// @ts-check
/** The reader's own suggestions, from localStorage: listed below the article, highlighted in it, resent if undelivered. */
import { load as loadModule } from "./entry.js";
import { rangeOf } from "../shared/ranges.js";
import { findQuote } from "../shared/quote_search.js";
import { clearHighlight, highlight } from "../shared/highlight.js";
import { article, fields, host, scope } from "./selection.js";
import { deliver, deliveries, load, memory, proof, store } from "./outbox.js";

const EXCERPT_LENGTH = 120; // code points of a passage in the list
/** Days until drafts, and what was sent, are forgotten: as /privacy/ says. */
const DAYS = { suggestion: 30, sent: 90 };
const DAY = 86_400_000;
let started = false;

/** @param {ParentNode} from @param {string} name */
const part = (from, name) => /** @type {HTMLAnchorElement} */ (from.querySelector(`[data-${name}]`));

const section = () => host.own ?? part(scope(), "own");
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

/** Drafts, undelivered and refused suggestions. @returns {Sent[]} */
function unsentSuggestions() {
  return storedNames(`suggestion ${slug()} `).map((name) => {
    const { quote = null, about, sending, errors } = /** @type {Draft} */ (load(name));
    const state = sending ? message("waiting") : errors ? Object.values(errors).flat().join(" ") : message("draft");
    return { name, quote, about, state };
  });
}

/** Forgets what is too old. */
function forgetOld() {
  for (const [kind, days] of Object.entries(DAYS)) {
    for (const name of storedNames(`${kind} `)) if (load(name).at < Date.now() - days * DAY) store(name, null);
  }
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

/** Whether the article reads as was suggested, in the place of the words that were wrong. @param {Sent} sent */
function isCorrected({ quote, replacement }) {
  const text = fields().find(({ name }) => name === quote?.field)?.canonical.text ?? "";
  return !!quote && replacement != null && !text.includes(quote.prefix + quote.exact + quote.suffix)
    && text.includes(quote.prefix + replacement + quote.suffix);
}

/** The suggested words, as a small tracked change behind the old ones. A button's words are no text of the article. @param {Sent} sent @param {Range} range */
function showChange({ url, replacement }, range) {
  const { content } = /** @type {HTMLTemplateElement} */ (section().querySelector("template[data-change]"));
  const button = /** @type {HTMLElement} */ (document.importNode(content, true).firstElementChild);
  part(button, "words").textContent = replacement ?? "";
  button.onclick = () => location.assign(url ?? "");
  const end = range.cloneRange();
  end.collapse();
  end.insertNode(button);
}

/** @param {Sent} sent @param {ReturnType<typeof locateQuote>} place */
function listItem({ name, quote, about, at, url, state = "" }, place) {
  const template = /** @type {HTMLTemplateElement} */ (section().querySelector("template:not([data-change])"));
  const item = /** @type {HTMLElement} */ (document.importNode(template.content, true).firstElementChild);
  const { lang, dir } = article();
  const words = [...quote?.exact ?? ""];
  const text = words.length > EXCERPT_LENGTH ? `${words.slice(0, EXCERPT_LENGTH).join("")}…` : words.join("");
  Object.assign(part(item, "quote"), quote ? { textContent: text, lang, dir } : about && { textContent: about.name });
  if (place?.inBody && !host.base) part(item, "quote").href = `#spot-${place.start}-${place.end}`;
  if (at) part(item, "at").textContent = new Date(at).toLocaleDateString(section().dataset.dates, { dateStyle: "long" });
  part(item, "link").hidden = !url;
  part(item, "link").href = url ?? "";
  part(item, "state").textContent = state;
  item.dataset.name = name;
  return item;
}

/** Marks the passages, and puts suggested words beside them. @param {Sent[]} all @param {ReturnType<typeof locateQuote>[]} places */
function showInArticle(all, places) {
  const shown = all.flatMap((sent, index) => places[index] ? [{ sent, range: places[index].range }] : []);
  const changed = shown.filter(({ sent }) => sent.url && sent.replacement != null);
  for (const { sent, range } of changed) if (sent.replacement && !host.base) showChange(sent, range);
  const ranges = changed.map(({ range }) => range);
  highlight("own", shown.map(({ range }) => range).filter((range) => !ranges.includes(range)));
  highlight("own-old", ranges);
}

function clearArticle() {
  clearHighlight("own");
  clearHighlight("own-old");
  for (const button of document.querySelectorAll(".own-change")) {
    const { parentNode } = button;
    button.remove();
    parentNode?.normalize();
  }
}

export function renderList() {
  clearArticle();
  const all = [...unsentSuggestions(), ...sentSuggestions()];
  for (const sent of all) if (sent.url && isCorrected(sent)) sent.state = message("corrected");
  const places = all.map(({ quote }) => locateQuote(quote));
  section().hidden = !all.length;
  part(section(), "follow").hidden = !all.some(({ url }) => url);
  part(section(), "list").replaceChildren(...all.map((sent, index) => listItem(sent, places[index])));
  showInArticle(all, places);
}

/** Not while a dialog is open: the toast would be behind it. @param {string} name */
export function showToast(name) {
  if (!scope().querySelector("dialog[open]")) part(scope(), "toast").textContent = message(name);
}

/** Only on request, so that the server does not learn who reads. @param {Sent} sent */
async function loadStatus({ name, url }) {
  const item = /** @type {HTMLElement} */ (section().querySelector(`[data-name=${CSS.escape(name)}]`));
  const state = part(item, "state");
  try {
    const { origin, pathname } = new URL(url ?? "", location.href);
    const { status } = await (await fetch(`${origin}/api${pathname.slice(0, -1)}`, { credentials: "omit" })).json();
    state.textContent = message(status);
  } catch {
    state.textContent = message("unknown");
  }
}

function forget() {
  for (const name of [...storedNames("suggestion "), ...storedNames("sent "), "reader"]) store(name, null);
  renderList();
  showToast("forgotten");
  part(scope(), "suggest").focus();
}

/** Renders the list and resends undelivered suggestions; once per page. */
export function start() {
  if (started) return;
  started = true;
  forgetOld();
  part(section(), "follow").addEventListener("click", () => sentSuggestions().forEach(loadStatus));
  part(section(), "forget").addEventListener("click", forget);
  deliveries.addEventListener("answer", (event) => {
    const { answer } = /** @type {CustomEvent<{answer: Answer}>} */ (event).detail;
    renderList();
    if (answer.receipt) showToast("arrived");
  });
  renderList();
  const { content } = /** @type {HTMLTemplateElement} */ (scope().querySelector("#suggestion-dialog"));
  const { api = "" } = part(content, "api").dataset;
  // Also from other articles, whose page may never be opened again.
  for (const name of storedNames("suggestion ")) if (load(name).sending) deliver(api, name, proof(api, loadModule));
}
