// @ts-check
/** Progressive enhancement of the desk's forms: scroll to the passage, second-editor buttons, no double submit. */
import { suggestAddresses } from "./address.js";
import { saveDrafts } from "./autosave.js";
import { writeNotes } from "./written_note.js";

/** @param {HTMLElement} pane */
function scrollToMark(pane) {
  const mark = pane.querySelector("mark, ins, del");
  if (!mark) return;
  const above = mark.getBoundingClientRect().top - pane.getBoundingClientRect().top;
  pane.scrollTop += above - pane.clientHeight / 3;
}

/**
 * Publishing alone is offered only for kinds that one editor may publish.
 * @param {HTMLFormElement} form
 * @param {HTMLSelectElement} kind
 */
function updateButtons(form, kind) {
  const needsSecond = (form.dataset.secondEditor ?? "").split(" ").includes(kind.value);
  // Of the form's elements: those of one's own wording stand in the article.
  for (const button of form.elements) {
    if (button.matches("[data-publish]")) button.toggleAttribute("hidden", needsSecond);
    if (button.matches("[data-propose]")) button.classList.toggle("desk-primary", needsSecond);
  }
  for (const flag of form.querySelectorAll("[data-kinds]")) {
    const kinds = (flag.getAttribute("data-kinds") ?? "").split(" ");
    flag.toggleAttribute("hidden", !!kind.value && !kinds.includes(kind.value));
  }
}

/** @param {Element} form */
function preventDoubleSubmit(form) {
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
  // A page restored from the back/forward cache may be sent again; the event of the first load may come after a click.
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) sent = false;
  });
}

function start() {
  writeNotes(); // first: both may hold back a submit
  saveDrafts();
  suggestAddresses();
  for (const pane of document.querySelectorAll("[data-scroll]")) if (pane instanceof HTMLElement) scrollToMark(pane);
  for (const form of document.querySelectorAll("form[data-second-editor]")) {
    const kind = form.querySelector("select[name=kind]");
    if (form instanceof HTMLFormElement && kind instanceof HTMLSelectElement) {
      kind.addEventListener("change", () => updateButtons(form, kind));
      updateButtons(form, kind);
    }
  }
  for (const form of document.querySelectorAll("form[method=post]")) preventDoubleSubmit(form);
  const errors = document.querySelector("[data-errors]");
  if (errors instanceof HTMLElement) errors.focus();
}

start();
