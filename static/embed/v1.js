// @ts-check
/** First script of the widget: looks up which article the page holds, invites to correct it, fetches the rest on first use. */

const base = new URL(import.meta.url).origin;
const { dataset } = /** @type {HTMLElement} */ ([...document.scripts].find(({ src }) => src === import.meta.url));
const { site = "" } = dataset;

const sheet = new CSSStyleSheet();
sheet.replaceSync(`:host{all:initial!important;display:block!important;user-select:text!important;margin-block:24px!important}
:host>p{border:1px solid #8888;border-width:1px 0;color:light-dark(#1c1b19,#e8e5df);font:17px/1.5 system-ui,sans-serif;margin:0;padding:16px 0}
:host>p>a{color:light-dark(#0b4f6c,#86c7e6)}:focus-visible{outline:3px solid light-dark(#1b6ac9,#8db9ff)}@media print{:host>p{display:none}}`);

const here = () => location.href.split("#")[0];
const start = here();
/** The canonical address that the page last named, and where. @type {{canonical?: string, at?: string}} */
let named = {};
/** What was asked for. */
let asked = "";
/** @type {{url?: string, times: number}} */
let waited = { times: 0 };
/** @type {Embedded | undefined} */
let article;
/** @type {Element | null} */
let root;
/** @type {HTMLElement | undefined} */
let holder;
/** @type {Promise<Widget> | undefined} */
let widget;
/** Whether the rest hears selection and keys by itself. */
let isReady = false;

/** A page that scripts change may still name the last one's canonical address: then its own counts. */
function address() {
  const canonical = /** @type {HTMLLinkElement | null} */ (document.querySelector("link[rel=canonical]"))?.href;
  if (canonical !== named.canonical) named = { canonical, at: here() };
  const own = (named.at === here() && canonical) || here();
  return here() === start ? { url: dataset.url ?? own, id: dataset.id ?? "" } : { url: own, id: "" };
}

/** The colours of what is behind an element. @param {Element | null} element */
function schemeOf(element) {
  const pen = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
  for (; element; element = element.parentElement) {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = getComputedStyle(element).backgroundColor;
    pen.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = pen.getImageData(0, 0, 1, 1).data;
    if (alpha > 127) return red * 2 + green * 5 + blue < 1024 ? "dark" : "light";
  }
  const own = getComputedStyle(document.documentElement).colorScheme;
  return own === "normal" ? "light" : own;
}

/** Loads the rest, and lets it do what the reader began. @param {(made: Widget) => void} then */
async function use(then = () => {}) {
  if (!article || !root || !holder) return;
  const page = { ...address(), base, site, article, root, holder, scheme: schemeOf(root) };
  try {
    const made = await (widget ??= import(WIDGET.module));
    await made.show(page);
    isReady = true;
    then(made);
  } catch {
    widget = undefined;
  }
}

function invite() {
  const mark = document.querySelector("[data-corrigenda]");
  root ??= article?.selectors.root || dataset.root ? document.querySelector(dataset.root || article?.selectors.root || "") : document.querySelector("[itemprop~=articleBody],article");
  const place = mark ?? root;
  if (!place || !article) return;
  const language = article.language.split("-")[0];
  const [before, label, after] = (WIDGET.words[language] ?? WIDGET.words.en).split("|");
  holder = document.createElement("div");
  const shadow = holder.attachShadow({ mode: "open" });
  shadow.adoptedStyleSheets = [sheet];
  const line = document.createElement("p");
  const link = document.createElement("a");
  link.href = `${base}/articles/${article.slug}/suggest/`;
  link.textContent = label;
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || !root) return;
    event.preventDefault();
    use((made) => made.pick()).then(() => {
      if (!widget) location.assign(link.href);
    });
  });
  line.append(before, link, after);
  line.lang = language;
  line.dir = language === "ar" ? "rtl" : "ltr";
  // Not on the holder, whose own style the sheet takes away.
  line.style.colorScheme = schemeOf(place);
  shadow.append(line);
  place.append(holder);
  if (article.notices.length || widget) use();
}

/** A page that nobody has read is read because it was asked for. @param {string} url */
function askAgain(url) {
  if (waited.url !== url) waited = { url, times: 0 };
  if (waited.times < 3) setTimeout(() => {
    if (url !== asked || article) return;
    asked = "";
    look();
  }, 4000 * ++waited.times);
}

/** After each change of the page: another article, or the same one drawn anew. */
async function look() {
  const { url, id } = address();
  if (url === asked) {
    if (article && !(holder?.isConnected && root?.isConnected)) {
      holder?.remove();
      root = null;
      invite();
    }
    return;
  }
  asked = url;
  holder?.remove();
  article = holder = undefined;
  root = null;
  const query = new URLSearchParams({ site, url, id });
  const answer = await fetch(`${base}/api/embed/article?${query}`, { credentials: "omit" }).catch(() => null);
  if (url !== asked || !answer) return;
  if (!answer.ok) return answer.status === 404 ? askAgain(url) : undefined;
  article = await answer.json();
  invite();
}

function onSelection() {
  const selection = getSelection();
  if (!isReady && root && selection && !selection.isCollapsed && selection.getRangeAt(0).intersectsNode(root)) use((made) => made.replay(new Event("selectionchange")));
}

/** @param {KeyboardEvent} event */
function onKeydown(event) {
  const { key, ctrlKey, metaKey } = event;
  if (isReady || !root || key !== "Enter" || !(ctrlKey || metaKey) || event.defaultPrevented || getSelection()?.isCollapsed !== false) return;
  event.preventDefault();
  use((made) => made.replay(new KeyboardEvent("keydown", { key, ctrlKey, metaKey, bubbles: true })));
}

let timer = 0;
function lookSoon() {
  clearTimeout(timer);
  timer = setTimeout(look, 100);
}

document.addEventListener("selectionchange", onSelection);
addEventListener("keydown", onKeydown);
new MutationObserver(lookSoon).observe(document, { childList: true, subtree: true });
if ("navigation" in window) /** @type {EventTarget} */ (window.navigation).addEventListener("currententrychange", lookSoon);
else setInterval(look, 500);
look();
