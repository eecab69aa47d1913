// @ts-check
/** Confirmation in the dialog after a suggestion was accepted: the private link, copying it, another suggestion. */
import { renderList, showToast, start } from "./my_suggestions.js";

/** @param {View} view */
async function copyLink(view) {
  const link = view.piece("link");
  getSelection()?.selectAllChildren(link);
  try {
    await navigator.clipboard.writeText(link.href);
    view.piece("copied").textContent = view.message("copied");
  } catch { /* No clipboard permission: the link is selected for copying by hand. */ }
}

/** @param {Receipt} receipt @param {View | false} view the dialog, if it is about this suggestion */
export function showThanks({ status_url }, view) {
  start();
  renderList();
  showToast("arrived");
  if (!view) return;
  const link = view.piece("link");
  link.href = status_url;
  link.textContent = link.href;
  view.piece("copied").textContent = "";
  view.piece("unmailed").hidden = !(view.piece("mailed").hidden = !view.control("email").value);
  view.piece("by-mail").href = `${status_url}#mail`;
  view.piece("form").hidden = true;
  view.piece("thanks").hidden = false;
  view.piece("copy").onclick = () => copyLink(view);
  view.piece("done").onclick = () => view.dialog.close();
  view.piece("another").onclick = () => {
    view.dialog.close();
    /** @type {HTMLElement | null} */ (document.querySelector("a[data-suggest]"))?.click();
  };
  if (view.dialog.open) view.piece("thanks").querySelector("h2")?.focus();
}
