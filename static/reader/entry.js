// @ts-check
/** Entry of every article page, ours or another site's: listens for shortcut, link and selection; fetches the dialog once words are selected. */

/** Where invitation and dialog stand: the document, or a shadow root with a `body`. @type {Document} */
let scope;
/** @type {HTMLElement} */
let invitation;
/** @type {HTMLElement} */
let article;
/** @type {HTMLAnchorElement} */
let link;
/** @type {HTMLElement} */
let toast;
/** @type {HTMLElement} */
let button;
let /** @type {boolean} */ pressed, /** @type {number} */ timer;
/** @type {Range | undefined} */
let marked;
/** @type {View} */
let view;
/** @type {HTMLDialogElement} */
let panel;
/** @type {Promise<unknown> | undefined} */
let late;

/** The floor of browsers for the dialog, see docs/browsers.md; older ones get the plain form. */
const able = () => CSS.supports("color:light-dark(red,red)");

/**
 * Imports a module of the page's list once all its files are here: Firefox remembers a failed import until the page is
 * reloaded. @param {string} name
 */
export async function load(name) {
  const urls = /** @type {string} */ (invitation.dataset[`${name}Files`]).split(" ");
  const texts = await Promise.all(urls.map(async (url) => {
    const answer = await fetch(url).catch(() => fetch(url));
    return answer.ok ? answer.text() : Promise.reject();
  }));
  return { ...await import(urls[0]), texts };
}

async function fetchFiles() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync((await load("dialog")).texts.pop());
  scope.adoptedStyleSheets.push(sheet);
}

/** Adds the panel, whose frame says that the form is on its way, and fetches the rest. */
function fetchDialog() {
  if (!view) {
    view = /** @type {View} */ (/** @type {HTMLTemplateElement} */ (scope.querySelector("#suggestion-dialog")).content.cloneNode(true).firstChild);
    panel = /** @type {HTMLDialogElement} */ (view.firstChild);
    scope.body.append(view);
  }
  return late ??= fetchFiles().catch(() => late = undefined);
}

/** The plain form, with the selected words. */
const plainForm = () => `${link.href}?revision=${article.dataset.revision}&exact=${encodeURIComponent(`${marked ?? ""}`)}`;

function explain(reason = "unreachable") {
  toast.append(.../** @type {Node} */ (invitation.querySelector(`[data-message=${reason}]`)).cloneNode(true).childNodes);
  // After a deployment an open page may ask for scripts that are gone: the plain form still takes the words.
  toast.querySelector("a")?.setAttribute("href", plainForm());
}

/** @param {Range | undefined} range */
async function suggest(range) {
  clearTimeout(timer);
  button.hidden = true;
  toast.textContent = "";
  if (!(marked = range)) return explain("empty");
  if (!able()) return location.assign(plainForm());
  fetchDialog();
  try {
    // The frame, before any answer of the network; meanwhile the reader may close it.
    const isNew = !view.suggest;
    if (isNew) panel[matchMedia("(min-width: 64rem)").matches ? "show" : "showModal"]();
    await late;
    if (!isNew || panel.open) view.suggest(range);
  } catch (error) {
    panel.close?.();
    explain(/** @type {{reason?: string}} */ (error).reason);
  }
}

function selected() {
  const selection = /** @type {Selection} */ (getSelection());
  return selection.isCollapsed ? undefined : selection.getRangeAt(0).cloneRange();
}

/** Below the end of the selection; how far, the style sheet says. */
function placeButton() {
  marked = selected();
  button.hidden = pressed || !marked?.intersectsNode(article);
  if (!marked || button.hidden) return;
  fetchDialog();
  const { right, bottom } = [...marked.getClientRects()].filter((box) => box.width).pop() ?? marked.getBoundingClientRect();
  button.style.left = `${Math.max(8, Math.min(right, document.documentElement.clientWidth - button.offsetWidth - 8)) + scrollX}px`;
  button.style.top = `${Math.min(bottom, innerHeight - 56) + scrollY}px`;
}

/** Debounced. */
function placeLater() {
  clearTimeout(timer);
  timer = setTimeout(placeButton, 150);
}

function listenForSelection() {
  // Without this the press would take the selection away.
  button.addEventListener("pointerdown", (event) => event.preventDefault());
  button.addEventListener("click", () => suggest(marked));
  document.addEventListener("selectionchange", () => {
    // At once: what is said while the button is placed stays.
    if (selected()) toast.textContent = "";
    placeLater();
  });
  addEventListener("pointerdown", (event) => {
    pressed = event.pointerType === "mouse";
    // A press on its link is no press beside it.
    if (event.composedPath().indexOf(toast) < 0) toast.textContent = "";
  });
  addEventListener("pointerup", () => {
    pressed = false;
    placeLater();
  });
}

/** @param {KeyboardEvent} event */
function onKeydown(event) {
  if (event.isComposing || event.defaultPrevented) return;
  // A panel beside the article has no Escape of its own.
  if (event.key === "Escape") panel?.close();
  // What has the focus has a use of its own for the keys: on a link they open a tab. A tabindex is for scripts' focus.
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.repeat || /** @type {Element} */ (event.composedPath()[0]).closest("dialog, :focus:not([tabindex])")) return;
  event.preventDefault();
  suggest(selected());
}

/** @param {MouseEvent} event */
async function onLink(event) {
  if (event.shiftKey || event.ctrlKey || event.metaKey || !able()) return;
  event.preventDefault();
  try {
    await fetchDialog();
    (await load("picker")).openPicker();
  } catch {
    location.assign(plainForm());
  }
}

async function showPermalink() {
  if (location.hash.startsWith("#spot-")) (await load("spot")).show();
}

async function showOwn() {
  try {
    if (localStorage.length) (await load("own")).start();
  } catch { /* Storage is blocked, or the script cannot be loaded. */ }
}

/** Once more on a site that changes its pages by script. @param {HTMLElement} root @param {Document} around */
export function start(root, around) {
  article = root;
  if (scope) return;
  scope = around;
  invitation = /** @type {HTMLElement} */ (scope.querySelector("[data-invitation]"));
  link = /** @type {HTMLAnchorElement} */ (invitation.querySelector("a"));
  toast = /** @type {HTMLElement} */ (invitation.querySelector("[data-toast]"));
  button = /** @type {HTMLElement} */ (invitation.querySelector("button"));
  listenForSelection();
  addEventListener("hashchange", showPermalink);
  addEventListener("keydown", onKeydown);
  showPermalink();
  showOwn();
  link.addEventListener("click", onLink);
  if (/^(Mac|iP)/.test(navigator.platform)) /** @type {HTMLElement} */ (invitation.querySelector("kbd")).textContent = "⌘";
}

if (document.querySelector("[data-invitation]")) start(/** @type {HTMLElement} */ (document.querySelector("[data-article]")), document);
