// @ts-check
/** How many notifications are new, in the header of every page of the desk. */

const POLL_EVERY = 30_000;

/** The browser's own cache asks with the ETag, and a 304 costs nothing. @param {HTMLElement} link */
async function showCount(link) {
  const badge = /** @type {HTMLElement | null} */ (link.querySelector(".tools-badge"));
  if (!badge) return;
  try {
    const answer = await fetch(link.dataset.notifications ?? "", { headers: { Accept: "application/json" }, cache: "no-cache" });
    const { count, most } = await answer.json();
    badge.textContent = count < most ? `${count}` : `${most - 1}+`;
    badge.hidden = !count;
  } catch { /* The next poll asks again. */ }
}

export function connectNotifications() {
  const link = document.querySelector("[data-notifications]");
  if (!(link instanceof HTMLElement)) return;
  showCount(link);
  setInterval(() => document.hidden || showCount(link), POLL_EVERY);
  addEventListener("pageshow", ({ persisted }) => persisted && showCount(link));
}
