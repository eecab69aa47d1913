// @ts-check
/**
 * Keyboard shortcuts of the desk, outside of fields only. Each acts on the element with its data-key; the letters of
 * decisions come from corrections/desk/actions.py.
 * Also: the time in which a decision can be undone, and the live count of waiting cases.
 */

const POLL = 20_000;
const UNDO = 10_000;
const letters = document.body.classList.contains("desk-letters");

/** @param {string} selector @returns {HTMLElement | null} the first that is shown */
function shown(selector) {
  const all = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(selector));
  return [...all].find((element) => !element.closest("[hidden]")) ?? null;
}

/** @param {Element | null} target */
function writes(target) {
  return !!target?.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");
}

/** Follows a link or presses a button; opens the form behind a summary; else the cursor goes to the first text field. @param {HTMLElement} element */
function press(element) {
  if (element.matches("a, button")) return element.click();
  const details = element.localName === "summary" ? element.parentElement : null;
  if (details instanceof HTMLDetailsElement) details.open = true;
  const fields = details ? "textarea, input:not([type=hidden]), select" : "textarea";
  /** @type {HTMLElement | null} */ ((details ?? element).querySelector(fields))?.focus();
}

/** @param {string} key @returns {boolean} whether the key did something */
function act(key) {
  const element = shown(`[data-key="${CSS.escape(key)}"]`);
  const variant = /^[1-9]$/.test(key) ? document.getElementById(`variant-${key}`) : null;
  if (element) press(element);
  else if (variant) variant.click();
  else if (key === "x") return tick();
  else return step(key);
  return true;
}

/** The case in a list whose link has the focus. */
function tick() {
  /** @type {HTMLInputElement | null | undefined} */
  const box = document.activeElement?.closest(".case-row")?.querySelector("input[type=checkbox]");
  box?.click();
  return !!box;
}

/** In a list: the next or the previous case. @param {string} key */
function step(key) {
  const links = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".case-list :is(h2, h3) a")]);
  if (!links.length || !["j", "k"].includes(key)) return false;
  const at = links.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  links[Math.min(links.length - 1, Math.max(0, at + (key === "j" ? 1 : -1)))].focus();
  return true;
}

addEventListener("keydown", (event) => {
  const { key, ctrlKey, metaKey, altKey, repeat, target } = event;
  const element = target instanceof Element ? target : null;
  if (key === "Enter" && (ctrlKey || metaKey) && !repeat) {
    const form = element?.closest("form");
    const wanted = element?.matches("[name=wording]") ? "[value=edit]" : "button[type=submit]";
    /** @type {HTMLElement | null | undefined} */ (form?.querySelector(wanted))?.click();
  } else if (key === "Escape" && writes(element)) {
    /** @type {HTMLElement} */ (element).blur();
  } else if (letters && !ctrlKey && !metaKey && !altKey && !repeat && !writes(element) && act(key.toLowerCase())) {
    event.preventDefault();
  }
});

const help = document.getElementById("desk-keys");
const opener = document.querySelector("[data-help]");
opener?.addEventListener("click", () => {
  help?.toggleAttribute("hidden");
  opener.setAttribute("aria-expanded", String(!help?.hidden));
});

const undo = /** @type {HTMLElement | null} */ (document.querySelector("[data-undo]"));
if (undo) setTimeout(() => undo.remove(), UNDO);

const count = /** @type {HTMLElement | null} */ (document.querySelector("[data-count]"));

/** The browser's own cache asks with the ETag, and a 304 costs nothing. @param {HTMLElement} place */
async function poll(place) {
  try {
    const answer = await fetch(place.dataset.count ?? "", { headers: { Accept: "application/json" }, cache: "no-cache" });
    const { count: waiting, most } = await answer.json();
    place.textContent = `${place.dataset.words} ${waiting.toLocaleString(`${document.documentElement.lang}-u-nu-latn`)}${waiting < most ? "" : "+"}`;
    place.hidden = false;
  } catch { /* The next round asks again. */ }
}

if (count) {
  poll(count);
  setInterval(() => document.hidden || poll(count), POLL);
}
