// @ts-check
/** What a reader sees when the desk has the suggestion. */
import { list, say, start } from "./my_suggestions.js";

/** @param {View} view */
async function copy(view) {
  const link = view.piece("link");
  getSelection()?.selectAllChildren(link);
  try {
    await navigator.clipboard.writeText(link.href);
    view.piece("copied").textContent = view.message("copied");
  } catch { /* It is selected, ready for the reader's own copy key. */ }
}

/** @param {Receipt} receipt @param {View | false} view the dialog, if it is about this suggestion */
export function thank({ status_url }, view) {
  start();
  list();
  say("arrived");
  if (!view) return;
  const link = view.piece("link");
  link.href = status_url;
  link.textContent = link.href;
  view.piece("copied").textContent = "";
  view.piece("unmailed").hidden = !(view.piece("mailed").hidden = !view.control("email").value);
  view.piece("by-mail").href = `${status_url}#mail`;
  view.piece("form").hidden = true;
  view.piece("thanks").hidden = false;
  view.piece("copy").onclick = () => copy(view);
  view.piece("done").onclick = () => view.dialog.close();
  view.piece("another").onclick = () => {
    view.dialog.close();
    /** @type {HTMLElement | null} */ (document.querySelector("a[data-suggest]"))?.click();
  };
  if (view.dialog.open) view.piece("thanks").querySelector("h2")?.focus();
}
