// @ts-check
/** The widget after its first use: the reader's own dialog in a shadow root, on another system's page. */
import { start } from "../reader/entry.js";
import { host } from "../reader/selection.js";
import { keepNothing } from "../reader/outbox.js";
import { CanonicalText } from "../shared/canonical.js";
import { showNotices } from "./notices.js";

/** Marks stand in the host's text, so their style has to stand beside the host's own; its names are ours. */
const MARKS = `::highlight(passage),::highlight(spot){background:#ffe08a;color:#1c1b19}
::highlight(own),::highlight(own-old){text-decoration:underline dotted 2px}`;
const PARTS = /** @type {const} */ (["headline", "standfirst", "byline"]);
/** @type {Promise<void> | undefined} */
let made;
/** @type {EmbeddingPage} */
let page;
/** @type {HTMLElement} */
let outer;
/** @type {ShadowRoot} */
let shadow;
/** @type {HTMLElement} */
let body;
let digest = "";

keepNothing();

/** Markup, parsed by the browser itself: no string is ever turned into elements here, which Trusted Types would refuse. @param {string} url @returns {Promise<Document>} */
function markup(url) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", url);
    request.responseType = "document";
    request.onload = () => request.status === 200 ? resolve(/** @type {Document} */ (request.responseXML)) : reject(request.status);
    request.onerror = reject;
    request.send();
  });
}

/** @param {string} url */
async function styles(url) {
  const answer = await fetch(url, { credentials: "omit" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(answer.ok ? await answer.text() : await Promise.reject(answer.status));
  return sheet;
}

/** The dialog's texts come in the article's language, with the addresses of its modules. */
async function make() {
  const { base, article } = page;
  const [document_, sheet] = await Promise.all([markup(`${base}/embed/dialog/${article.language.split("-")[0]}/`), styles(`${base}/embed/site.css`)]);
  // A length that is the reader's own, whatever size the host gives to its root.
  try {
    CSS.registerProperty({ name: "--corrigenda-rem", syntax: "<length>", inherits: true, initialValue: "16px" });
  } catch { /* Known already. */ }
  const marks = new CSSStyleSheet();
  marks.replaceSync(MARKS);
  document.adoptedStyleSheets.push(marks);
  outer = document.createElement("div");
  outer.dataset.corrigendaDialog = "";
  shadow = outer.attachShadow({ mode: "open" });
  shadow.adoptedStyleSheets = [sheet];
  body = document.importNode(/** @type {HTMLElement} */ (document_.querySelector("[data-widget]")), true);
  shadow.append(body);
  document.documentElement.append(outer);
  Object.assign(host, { scope: Object.assign(shadow, { body }), base, own: shadow.querySelector("[data-own]"), roots, isSame });
}

/** Parts of the article as the Source's selectors find them; the body last. */
function roots() {
  const { selectors } = page.article;
  const parts = PARTS.flatMap((name) => {
    const root = selectors[name] && document.querySelector(selectors[name]);
    return root && !page.root.contains(root) ? [{ name: String(name), root }] : [];
  });
  return [...parts, { name: "body", root: page.root }];
}

/** Whether the page reads now as the revision that the look-up named. Without a secure context nobody can tell. */
async function isSame() {
  const text = new CanonicalText(page.root, host.drop).text;
  const bytes = new Uint8Array(await crypto.subtle?.digest("SHA-256", new TextEncoder().encode(text)) ?? []);
  digest = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return digest === page.article.text_digest;
}

/** Offsets of another revision than the look-up's are no offsets of this page: the words place them. @param {number} revision */
function named(revision) {
  const { site, url, id, article } = page;
  return { site, url, id, text_digest: revision === article.revision ? digest : "" };
}

/** The page as it stands now; once more after a site's script has changed it. @param {EmbeddingPage} now */
export async function show(now) {
  page = now;
  await (made ??= make().catch((error) => {
    made = undefined;
    throw error;
  }));
  const { article, root, holder, scheme } = page;
  const language = /** @type {HTMLElement | null} */ (root.closest("[lang]"))?.lang || article.language;
  host.drop = article.selectors.drop;
  host.article = {
    lang: language,
    dir: getComputedStyle(root).direction,
    dataset: { article: article.slug, revision: String(article.revision), named },
    contains: (node) => root.contains(node),
  };
  body.style.colorScheme = scheme;
  const link = /** @type {HTMLAnchorElement} */ (shadow.querySelector("a[data-suggest]"));
  link.href = `${page.base}/articles/${article.slug}/suggest/`;
  const beside = /** @type {ShadowRoot} */ (holder.shadowRoot);
  beside.adoptedStyleSheets = [...beside.adoptedStyleSheets.slice(0, 1), ...shadow.adoptedStyleSheets];
  if (host.own) {
    if (!beside.contains(host.own)) beside.append(host.own);
    host.own.style.colorScheme = scheme;
  }
  const isKnown = await isSame();
  showNotices(article.notices, { shadow, beside, scheme, canonical: isKnown ? new CanonicalText(root, host.drop) : null });
  start(/** @type {HTMLElement} */ (root), /** @type {Document} */ (/** @type {unknown} */ (Object.assign(shadow, { body }))));
}

/** What the reader did before all this was here. @param {Event} event */
export const replay = (event) => (event.bubbles ? document.body : document).dispatchEvent(event);

export const pick = () => /** @type {HTMLAnchorElement} */ (shadow.querySelector("a[data-suggest]")).click();
