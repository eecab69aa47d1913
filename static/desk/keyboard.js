// @ts-check
/**
 * Keyboard shortcuts of the desk, outside of fields only. Each acts on the element with its data-key; the letters of
 * decisions come from corrections/desk/actions.py.
 */

/** @param {string} selector @param {ParentNode} [root] @returns {HTMLElement | null} the first that is shown */
function firstVisible(selector, root = document) {
  const all = /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll(selector));
  return [...all].find((element) => !element.closest("[hidden]")) ?? null;
}

/** @param {Element | null} target */
function isTextField(target) {
  return !!target?.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable], dialog");
}

/** Follows a link or presses a button; opens the form behind a summary; else the cursor goes to the first text field. @param {HTMLElement} element */
function activate(element) {
  if (element.matches("a, button")) return element.click();
  if (element.hasAttribute("data-own")) return openOwnWording(element);
  const details = element.localName === "summary" ? element.parentElement : null;
  if (details instanceof HTMLDetailsElement) details.open = true;
  if (element.hasAttribute("data-several")) tickAllIfNone(element);
  const fields = details ? "input[data-digit], textarea, input:not([type=hidden]), select" : "textarea, select";
  const field = /** @type {HTMLElement | null} */ ((details ?? element).querySelector(fields));
  field?.focus();
  field?.closest("form")?.scrollIntoView({ block: "nearest" });
}

/** @param {HTMLElement} editor */
function openOwnWording(editor) {
  const opener = firstVisible("[data-edit]");
  if (opener) opener.click();
  else editor.querySelector("textarea")?.focus();
}

/** "With the ticked cases" means all of them where none is ticked. @param {HTMLElement} summary */
function tickAllIfNone(summary) {
  const boxes = [.../** @type {NodeListOf<HTMLInputElement>} */ (summary.closest("form")?.querySelectorAll("[name=others]") ?? [])];
  if (!boxes.some((box) => box.checked)) for (const box of boxes) box.checked = true;
}

/** @param {string} key @param {Element | null} from @param {boolean} shiftKey @returns {boolean} whether the key did something */
function runShortcut(key, from, shiftKey) {
  if (/^[1-9]$/.test(key)) return chooseByDigit(key, from);
  const element = firstVisible(`[data-key="${CSS.escape(key)}"]`);
  if (element) activate(element);
  else if (key === "x") return toggleFocusedCase(shiftKey);
  else if (key === "w") return widen();
  else return focusNeighbour(key);
  return true;
}

/** A usual reason where these have the focus, and that declines; else a wording. @param {string} digit @param {Element | null} from */
function chooseByDigit(digit, from) {
  const reason = from && partOf(from)?.querySelector(`[data-digit="${digit}"]`);
  if (reason instanceof HTMLInputElement) {
    reason.checked = true;
    pressSeen(reason);
    return true;
  }
  const variant = document.getElementById(`variant-${digit}`);
  variant?.click();
  return !!variant;
}

/** The editor's own wording grows to the sentence, then to the paragraph. */
function widen() {
  const editor = document.querySelector("[data-own]");
  editor?.dispatchEvent(new Event("widen", { cancelable: true }));
  return !!editor;
}

/** Ticks the case that has the focus; with Shift all from the one ticked before. @param {boolean} shiftKey */
function toggleFocusedCase(shiftKey) {
  /** @type {HTMLInputElement | null | undefined} */
  const box = document.activeElement?.closest(".case-row")?.querySelector("input[type=checkbox]");
  box?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, shiftKey }));
  return !!box;
}

/** In a list: the next or the previous case. @param {string} key */
function focusNeighbour(key) {
  const links = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".case-list :is(h2, h3) a")]);
  if (!links.length || !["j", "k"].includes(key)) return false;
  const at = links.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  links[Math.min(links.length - 1, Math.max(0, at + (key === "j" ? 1 : -1)))].focus();
  return true;
}

/** The form around an element, or its own part of a form of several decisions. @param {Element} from */
const partOf = (from) => from.closest("form > .case-chips > details") ?? from.closest("form");

/** The button that an editor sees beside the field: a hidden one is not offered. @param {Element} from */
function pressSeen(from) {
  const near = from.closest("[data-own]") ?? partOf(from);
  const form = /** @type {HTMLFormElement | null} */ (from.closest("form") ?? ("form" in from ? from.form : null));
  const button = (near && firstVisible("button[type=submit]", near)) ?? (form && firstVisible("button[type=submit]", form));
  button?.click();
  return !!button;
}

/** @param {KeyboardEvent} event @param {Element | null} element */
function isSending({ key, ctrlKey, metaKey, repeat }, element) {
  if (key !== "Enter" || repeat || !element) return false;
  if (ctrlKey || metaKey) return true;
  // Its own default button, unless that is hidden.
  const form = element.matches("input:not([type=checkbox])") ? element.closest("form[method=post]") : null;
  return !!form?.querySelector("button[type=submit]")?.closest("[hidden]");
}

/** Whoever opened the usual reasons and types goes on in the field. @param {Element | null} element @param {string} key */
function typeReason(element, key) {
  if (!element?.matches(".desk-reasons input") || key.length !== 1 || key === " ") return false;
  partOf(element)?.querySelector("textarea")?.focus(); // and the character is typed there
  return true;
}

/** @param {KeyboardEvent} event */
function onKeydown(event) {
  const { key, ctrlKey, metaKey, altKey, repeat, target } = event;
  const element = target instanceof Element ? target : null;
  if (event.defaultPrevented || element?.closest("[contenteditable]")) return;
  if (isSending(event, element)) {
    if (element && pressSeen(element)) event.preventDefault();
  } else if (key === "Escape" && isTextField(element)) {
    /** @type {HTMLElement} */ (element).blur();
  } else if (key === "Escape") {
    firstVisible('[data-key="escape"]')?.click();
  } else if (letterKeysOn() && !ctrlKey && !metaKey && !altKey && !repeat && !isTextField(element)) {
    const isDigit = /^[1-9]$/.test(key);
    if (!isDigit && typeReason(element, key)) return;
    if (runShortcut(key.toLowerCase(), element, event.shiftKey)) event.preventDefault();
  }
}

/** An editor may switch letter keys off, so that speech input triggers none: WCAG 2.1.4. */
const letterKeysOn = () => document.body.classList.contains("desk-letters");

export function listenForShortcuts() {
  addEventListener("keydown", onKeydown);
  addEventListener("desk-key", (event) => activate(/** @type {CustomEvent<HTMLElement>} */ (event).detail));
}
