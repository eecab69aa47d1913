// @ts-check
/** How many notifications are new, in the header of every page of the desk. */

import { polled } from "./polled.js";

const POLL_EVERY = 30_000;

/** @param {HTMLElement} link @param {() => Promise<{count: number, most: number} | null>} ask */
async function showCount(link, ask) {
  const badge = /** @type {HTMLElement | null} */ (link.querySelector(".tools-badge"));
  if (!badge) return;
  try {
    const told = await ask();
    if (!told) return;
    badge.textContent = told.count < told.most ? `${told.count}` : `${told.most - 1}+`;
    badge.hidden = !told.count;
  } catch { /* The next poll asks again. */ }
}

export function connectNotifications() {
  const link = document.querySelector("[data-notifications]");
  if (!(link instanceof HTMLElement)) return;
  const ask = polled(link.dataset.notifications ?? "");
  showCount(link, ask);
  setInterval(() => document.hidden || showCount(link, ask), POLL_EVERY);
  addEventListener("pageshow", ({ persisted }) => persisted && showCount(link, ask));
}
