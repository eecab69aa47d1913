// @ts-check
/** Comes with every article: hears the keys, the link and the selection, and fetches the rest on first use. */

const invitation = /** @type {HTMLElement} */ (document.querySelector("[data-invitation]"));
const article = /** @type {HTMLElement | null} */ (document.querySelector("article[data-article]"));
const toast = /** @type {HTMLElement} */ (invitation.querySelector("[data-toast]"));
const button = document.createElement("button");
let touch = matchMedia("(pointer: coarse)").matches;
let pressed = false;
let timer = 0;
/** @type {Range | undefined} */
let marked;
/** @type {Promise<unknown> | undefined} */
let styled;

function dress() {
  styled ??= new Promise((done) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = invitation.dataset.styles ?? "";
    link.onload = link.onerror = done;
    document.head.append(link);
  });
  return styled;
}

/** @param {() => Promise<unknown>} work @param {string} [page] where else to go when the script cannot be had */
async function open(work, page) {
  clearTimeout(timer);
  button.hidden = true;
  toast.textContent = "";
  try {
    await dress();
    await work();
  } catch (error) {
    if (page) location.href = page;
    const { reason = "unreachable" } = /** @type {{reason?: string}} */ (error);
    toast.append(...invitation.querySelector(`[data-message=${reason}]`)?.cloneNode(true).childNodes ?? []);
    // After an upgrade of the site an open page may ask for scripts that are gone: the plain form still takes the words.
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
function place() {
  marked = selected();
  button.hidden = pressed || !marked || !article || !marked.intersectsNode(article);
  if (!marked || button.hidden) return;
  dress();
  const boxes = Array.from(marked.getClientRects()).filter((box) => box.width);
  const { right, bottom } = boxes.pop() ?? marked.getBoundingClientRect();
  const left = Math.min(right, document.documentElement.clientWidth - button.offsetWidth - 8);
  button.style.left = `${Math.max(left, 8) + scrollX}px`;
  button.style.top = `${Math.min(bottom + (touch ? 36 : 6), innerHeight - 56) + scrollY}px`;
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(place, 150);
}

async function spot() {
  if (/^#spot-\d+-\d+$/.test(location.hash)) (await import("../shared/permalink.js")).show();
}

button.type = "button";
button.className = "suggestion-button";
button.textContent = invitation.dataset.label ?? "";
button.hidden = true;
// Without this the press would take the selection away.
button.addEventListener("pointerdown", (event) => event.preventDefault());
button.addEventListener("click", () => suggest(marked));
invitation.append(button);

document.addEventListener("selectionchange", () => {
  // At once: what is said while the button is placed stays.
  if (selected()) toast.textContent = "";
  later();
});
addEventListener("pointerdown", ({ pointerType, target }) => {
  touch = pointerType === "touch";
  pressed = pointerType === "mouse";
  // A press on its link is no press beside it.
  if (!toast.contains(/** @type {Node} */ (target))) toast.textContent = "";
});
addEventListener("pointerup", () => {
  pressed = false;
  later();
});
addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.repeat) return;
  if (document.querySelector("dialog[open]")) return;
  event.preventDefault();
  suggest(selected());
});
addEventListener("hashchange", spot);
spot();

async function remember() {
  try {
    if (localStorage.length) await import("./my_suggestions.js");
  } catch { /* This browser keeps nothing, or the script cannot be had. */ }
}
remember();

for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a[data-suggest]"))) {
  link.addEventListener("click", (event) => {
    const { ctrlKey, metaKey, shiftKey } = /** @type {MouseEvent} */ (event);
    if (ctrlKey || metaKey || shiftKey) return;
    event.preventDefault();
    open(async () => (await import("./sentence_picker.js")).pick(), link.href);
  });
}

const { userAgentData } = /** @type {{userAgentData?: {platform: string}}} */ (navigator);
if (/mac|iphone|ipad/i.test(userAgentData?.platform ?? navigator.platform)) {
  for (const key of document.querySelectorAll("[data-key-modifier]")) key.textContent = "⌘";
}
