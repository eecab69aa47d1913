// @ts-check
/** Entry of pages with a link to follow an article: opens its form in place. Without a script the link leads to a page. */

/** @param {MouseEvent} event */
async function onClick(event) {
  const link = /** @type {HTMLAnchorElement | null} */ (/** @type {Element} */ (event.target).closest("a[data-follow]"));
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  try {
    await (await import("./follow.js")).toggle(link);
  } catch {
    location.assign(link.href);
  }
}

document.addEventListener("click", onClick);
