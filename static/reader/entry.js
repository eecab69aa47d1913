// @ts-check
/** Entry of every article page: listens for shortcut, link and selection, and imports the dialog on first use. */

/** @type {HTMLElement} */
let invitation;
/** @type {HTMLElement | null} */
let article;
/** @type {HTMLElement} */
let toast;
/** @type {HTMLButtonElement} */
let button;
let touch = false;
let pressed = false;
let timer = 0;
/** @type {Range | undefined} */
let marked;
/** @type {Promise<unknown> | undefined} */
let styled;

function loadStyles() {
  styled ??= new Promise((done) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = invitation.dataset.styles ?? "";
    link.onload = link.onerror = done;
    document.head.append(link);
  });
  return styled;
}

/** @param {() => Promise<unknown>} show @param {string} [page] where else to go when the script cannot be loaded */
async function open(show, page) {
  clearTimeout(timer);
  button.hidden = true;
  toast.textContent = "";
  try {
    await loadStyles();
    await show();
  } catch (error) {
    if (page) location.href = page;
    const { reason = "unreachable" } = /** @type {{reason?: string}} */ (error);
    toast.append(...invitation.querySelector(`[data-message=${reason}]`)?.cloneNode(true).childNodes ?? []);
    // After a deployment an open page may ask for scripts that are gone: the plain form still takes the words.
    const form = toast.querySelector("a");
    if (form) form.search = String(new URLSearchParams({ revision: article?.dataset.revision ?? "", exact: `${getSelection()}` }));
  }
}

const suggest = (/** @type {Range | undefined} */ range) => open(async () => (await import("./dialog.js")).suggest(range));

function selected() {
  const selection = getSelection();
  return selection?.isCollapsed ? undefined : selection?.getRangeAt(0).cloneRange();
}

/** Beside the end of the selection; on touch further below, clear of the system's handles and menu. */
function placeButton() {
  marked = selected();
  button.hidden = pressed || !marked || !article || !marked.intersectsNode(article);
  if (!marked || button.hidden) return;
  loadStyles();
  const boxes = Array.from(marked.getClientRects()).filter((box) => box.width);
  const { right, bottom } = boxes.pop() ?? marked.getBoundingClientRect();
  const left = Math.min(right, document.documentElement.clientWidth - button.offsetWidth - 8);
  button.style.left = `${Math.max(left, 8) + scrollX}px`;
  button.style.top = `${Math.min(bottom + (touch ? 36 : 6), innerHeight - 56) + scrollY}px`;
}

/** Debounced. */
function placeLater() {
  clearTimeout(timer);
  timer = setTimeout(placeButton, 150);
}

function addButton() {
  button = document.createElement("button");
  button.type = "button";
  button.className = "suggestion-button";
  button.textContent = invitation.dataset.label ?? "";
  button.hidden = true;
  // Without this the press would take the selection away.
  button.addEventListener("pointerdown", (event) => event.preventDefault());
  button.addEventListener("click", () => suggest(marked));
  invitation.append(button);
}

function listenForSelection() {
  document.addEventListener("selectionchange", () => {
    // At once: what is said while the button is placed stays.
    if (selected()) toast.textContent = "";
    placeLater();
  });
  addEventListener("pointerdown", ({ pointerType, target }) => {
    touch = pointerType === "touch";
    pressed = pointerType === "mouse";
    // A press on its link is no press beside it.
    if (!toast.contains(/** @type {Node} */ (target))) toast.textContent = "";
  });
  addEventListener("pointerup", () => {
    pressed = false;
    placeLater();
  });
}

/** @param {KeyboardEvent} event */
function onKeydown(event) {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.repeat) return;
  if (document.querySelector("dialog[open]")) return;
  event.preventDefault();
  suggest(selected());
}

/** @param {MouseEvent} event */
function onLink(event) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const { href } = /** @type {HTMLAnchorElement} */ (event.currentTarget);
  open(async () => (await import("./sentence_picker.js")).openPicker(), href);
}

async function showPermalink() {
  if (/^#spot-\d+-\d+$/.test(location.hash)) (await import("../shared/permalink.js")).show();
}

async function showOwn() {
  try {
    if (localStorage.length) (await import("./my_suggestions.js")).start();
  } catch { /* Storage is blocked, or the script cannot be loaded. */ }
}

function nameModifier() {
  const { userAgentData } = /** @type {{userAgentData?: {platform: string}}} */ (navigator);
  if (!/mac|iphone|ipad/i.test(userAgentData?.platform ?? navigator.platform)) return;
  for (const key of document.querySelectorAll("[data-key-modifier]")) key.textContent = "⌘";
}

function start() {
  invitation = /** @type {HTMLElement} */ (document.querySelector("[data-invitation]"));
  article = document.querySelector("article[data-article]");
  toast = /** @type {HTMLElement} */ (invitation.querySelector("[data-toast]"));
  touch = matchMedia("(pointer: coarse)").matches;
  addButton();
  listenForSelection();
  addEventListener("keydown", onKeydown);
  addEventListener("hashchange", showPermalink);
  showPermalink();
  showOwn();
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a[data-suggest]"))) link.addEventListener("click", onLink);
  nameModifier();
}

start();
