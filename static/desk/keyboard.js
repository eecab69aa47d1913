// @ts-check
/**
 * Keyboard shortcuts of the desk, outside of fields only. Each acts on the element with its data-key; the letters of
 * decisions come from corrections/desk/actions.py.
 */

/** @param {string} selector @returns {HTMLElement | null} the first that is shown */
function firstVisible(selector) {
  const all = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(selector));
  return [...all].find((element) => !element.closest("[hidden]")) ?? null;
}

/** @param {Element | null} target */
function isTextField(target) {
  return !!target?.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");
}

/** Follows a link or presses a button; opens the form behind a summary; else the cursor goes to the first text field. @param {HTMLElement} element */
function activate(element) {
  if (element.matches("a, button")) return element.click();
  const details = element.localName === "summary" ? element.parentElement : null;
  if (details instanceof HTMLDetailsElement) details.open = true;
  const fields = details ? "textarea, input:not([type=hidden]), select" : "textarea";
  /** @type {HTMLElement | null} */ ((details ?? element).querySelector(fields))?.focus();
}

/** @param {string} key @returns {boolean} whether the key did something */
function runShortcut(key) {
  const element = firstVisible(`[data-key="${CSS.escape(key)}"]`);
  const variant = /^[1-9]$/.test(key) ? document.getElementById(`variant-${key}`) : null;
  if (element) activate(element);
  else if (variant) variant.click();
  else if (key === "x") return toggleFocusedCase();
  else return focusNeighbour(key);
  return true;
}

/** Ticks the case whose link has the focus. */
function toggleFocusedCase() {
  /** @type {HTMLInputElement | null | undefined} */
  const box = document.activeElement?.closest(".case-row")?.querySelector("input[type=checkbox]");
  box?.click();
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

/** @param {KeyboardEvent} event */
function onKeydown(event) {
  const { key, ctrlKey, metaKey, altKey, repeat, target } = event;
  const element = target instanceof Element ? target : null;
  if (key === "Enter" && (ctrlKey || metaKey) && !repeat) {
    const form = element?.closest("form");
    const wanted = element?.matches("[name=wording]") ? "[value=edit]" : "button[type=submit]";
    /** @type {HTMLElement | null | undefined} */ (form?.querySelector(wanted))?.click();
  } else if (key === "Escape" && isTextField(element)) {
    /** @type {HTMLElement} */ (element).blur();
  } else if (letterKeysOn() && !ctrlKey && !metaKey && !altKey && !repeat && !isTextField(element) && runShortcut(key.toLowerCase())) {
    event.preventDefault();
  }
}

/** An editor may switch letter keys off, so that speech input triggers none: WCAG 2.1.4. */
const letterKeysOn = () => document.body.classList.contains("desk-letters");

export function listenForShortcuts() {
  addEventListener("keydown", onKeydown);
  const help = document.getElementById("desk-keys");
  const opener = document.querySelector("[data-help]");
  opener?.addEventListener("click", () => {
    help?.toggleAttribute("hidden");
    opener.setAttribute("aria-expanded", String(!help?.hidden));
  });
}
