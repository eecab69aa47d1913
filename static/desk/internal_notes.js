// @ts-check
/** Internal notes: added without leaving the page, so that nothing typed elsewhere on it is lost. */
import { connectMentions } from "./mentions.js";

/** @param {HTMLFormElement} form */
async function send(form) {
  const section = form.closest("details");
  const list = section?.querySelector("[data-notes]");
  const body = new URLSearchParams(/** @type {any} */ (new FormData(form)));
  body.set("part", "1");
  const answer = await fetch(form.action, { method: "POST", body });
  if (!list || ![200, 422].includes(answer.status)) return form.submit(); // the page says why
  // Made by the site's own template, which escapes what editors typed.
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  list.replaceChildren(...fresh.body.childNodes);
  if (!answer.ok) return;
  form.reset();
  list.querySelector("li:last-child")?.scrollIntoView({ block: "nearest" });
  const count = section?.querySelector("[data-note-count]");
  if (count) count.textContent = `${list.querySelectorAll("li").length}`;
}

function start() {
  for (const form of document.querySelectorAll("[data-note-form]")) {
    if (!(form instanceof HTMLFormElement)) continue;
    let isSending = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      if (isSending) return;
      isSending = true;
      await send(form).catch(() => form.submit());
      isSending = false;
    });
    const field = form.querySelector("textarea");
    if (field) connectMentions(field);
  }
  if (location.hash === "#internal-notes") document.getElementById("internal-notes")?.toggleAttribute("open", true);
}

start();
