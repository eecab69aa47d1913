// @ts-check
/** Entry of the desk's case pages: the passage, who else is here, the undo banner, the live count of waiting cases. */
import { connectChosen } from "./chosen.js";
import { connectPassage } from "./passage.js";
import { polled } from "./polled.js";
import { showPresence } from "./presence.js";

const POLL_EVERY = 20_000;
const UNDO_FOR = 10_000; // as long as a decision is pending

/** @param {HTMLElement} output @param {() => Promise<{count: number, most: number} | null>} ask */
async function showCount(output, ask) {
  try {
    const told = await ask();
    if (!told) return;
    const number = told.count.toLocaleString(`${document.documentElement.lang}-u-nu-latn`);
    output.textContent = `${output.dataset.words} ${number}${told.count < told.most ? "" : "+"}`;
    output.hidden = false;
  } catch { /* The next poll asks again. */ }
}

/** A filter of the list acts at once. */
function filterAtOnce() {
  for (const form of document.querySelectorAll("form.desk-filters")) {
    form.addEventListener("change", ({ target }) => {
      if (form instanceof HTMLFormElement && target instanceof HTMLSelectElement) form.requestSubmit();
    });
  }
}

function start() {
  filterAtOnce();
  connectPassage();
  const chosen = document.querySelector("[data-chosen]");
  if (chosen instanceof HTMLFormElement) connectChosen(chosen);
  const presence = document.querySelector("[data-presence]");
  if (presence instanceof HTMLElement) showPresence(presence);
  const undo = document.querySelector("[data-undo]");
  if (undo) setTimeout(() => undo.remove(), UNDO_FOR);
  const count = /** @type {HTMLElement | null} */ (document.querySelector("[data-count]"));
  if (!count) return;
  const ask = polled(count.dataset.count ?? "");
  showCount(count, ask);
  setInterval(() => document.hidden || showCount(count, ask), POLL_EVERY);
}

start();
