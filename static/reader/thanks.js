// @ts-check
/** Thanks in the dialog after a suggestion was accepted: e-mail, the private link, taking it back, another suggestion. */
import { renderList, showToast, start } from "./my_suggestions.js";
import { article, scope } from "./selection.js";
import { store } from "./outbox.js";

/** @param {View} view */
async function copyLink(view) {
  const link = view.piece("link");
  getSelection()?.selectAllChildren(link);
  try {
    await navigator.clipboard.writeText(link.href);
    view.piece("copied").textContent = view.message("copied");
  } catch { /* No clipboard permission: the link is selected for copying by hand. */ }
}

/** What went wrong, in a sentence; empty if nothing did. @param {View} view @param {string} address @param {object} content */
async function post(view, address, content) {
  try {
    const headers = { "Content-Type": "application/json" };
    const answer = await fetch(address, { method: "POST", body: JSON.stringify(content), credentials: "omit", headers });
    if (answer.ok) return "";
    return Object.values((await answer.json()).errors).flat().join(" ");
  } catch {
    return view.message("not-now");
  }
}

/** @param {View} view @param {string} api */
async function askForMail(view, api) {
  const field = view.piece("email").elements.namedItem("email");
  const wrong = await post(view, `${api}email`, { email: /** @type {HTMLInputElement} */ (field).value.trim() });
  view.piece("email-error").textContent = wrong;
  view.piece("email").hidden = !wrong;
  view.piece("mailed").hidden = !!wrong;
}

/** @param {View} view @param {string} api */
function offerMail(view, api) {
  view.piece("email-error").textContent = "";
  view.piece("email").reset();
  view.piece("email").hidden = false;
  view.piece("mailed").hidden = true;
  view.piece("email").onsubmit = (event) => {
    event.preventDefault();
    askForMail(view, api);
  };
}

/** @param {View} view @param {string} api @param {string} id */
async function takeBack(view, api, id) {
  const wrong = await post(view, `${api}withdraw`, {});
  view.piece("copied").textContent = wrong;
  if (wrong) return;
  store(`sent ${article().dataset.article} ${id}`, null);
  renderList();
  view.resume("taken-back");
  view.piece("send").focus();
}

/** @param {Receipt} receipt @param {View | false} view the dialog, if it is about this suggestion */
export function showThanks({ id, status_url }, view) {
  start();
  renderList();
  showToast("arrived");
  if (!view) return;
  const { origin, pathname } = new URL(status_url, location.href);
  const api = `${origin}/api${pathname}`;
  const link = view.piece("link");
  link.href = status_url;
  link.textContent = link.href;
  view.piece("copied").textContent = "";
  if (view.piece("email")) offerMail(view, api);
  view.piece("form").hidden = true;
  view.piece("thanks").hidden = false;
  view.piece("copy").onclick = () => copyLink(view);
  view.piece("take-back").onclick = () => takeBack(view, api, id);
  view.piece("done").onclick = () => view.dialog.close();
  view.piece("another").onclick = () => {
    view.dialog.close();
    /** @type {HTMLElement | null} */ (scope().querySelector("a[data-suggest]"))?.click();
  };
  view.piece("title").hidden = true;
  if (view.dialog.open) view.piece("thanks").querySelector("h2")?.focus();
}
