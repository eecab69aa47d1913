// @ts-check
/** Internal notes: added and blanked without leaving the page, so that nothing typed elsewhere on it is lost. */
import { connectMentions } from "./mentions.js";

/** @param {HTMLFormElement} form @param {Element | null} section @param {string} address */
async function send(form, section, address) {
  const list = section?.querySelector("[data-notes]");
  const body = new URLSearchParams(/** @type {any} */ (new FormData(form)));
  body.set("part", "1");
  const answer = await fetch(address, { method: "POST", body });
  if (!list || ![200, 422].includes(answer.status)) throw new Error("no notes came"); // the page says why
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
  const section = document.getElementById("internal-notes");
  for (const form of section?.querySelectorAll("form") ?? []) {
    let isSending = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (isSending) return;
      isSending = true;
      const address = event.submitter?.getAttribute("formaction") ?? form.action;
      await send(form, section, address).catch(() => {
        form.action = address;
        form.submit();
      });
      isSending = false;
    });
    const field = form.querySelector("textarea");
    if (field) connectMentions(field);
  }
  if (location.hash === "#internal-notes") section?.toggleAttribute("open", true);
}

start();
