// @ts-check
/** Progressive enhancement of the desk's forms: scroll to the passage, second-editor buttons, no double submit. */
import { writeNotes } from "./written_note.js";

/** @param {HTMLElement} pane */
function scrollToMark(pane) {
  const mark = pane.querySelector("mark");
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
  for (const button of form.querySelectorAll("[data-publish]")) button.toggleAttribute("hidden", needsSecond);
  for (const button of form.querySelectorAll("[data-propose]")) button.classList.toggle("desk-primary", needsSecond);
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
  writeNotes(); // first: it may hold back a submit
  for (const pane of document.querySelectorAll("[data-scroll]")) if (pane instanceof HTMLElement) scrollToMark(pane);
  for (const form of document.querySelectorAll("form[data-second-editor]")) {
    const kind = form.querySelector("select[name=kind]");
    if (form instanceof HTMLFormElement && kind instanceof HTMLSelectElement) {
      kind.addEventListener("change", () => updateButtons(form, kind));
      updateButtons(form, kind);
    }
  }
  for (const form of document.querySelectorAll("form.desk-box, .desk-box form")) preventDoubleSubmit(form);
  const errors = document.querySelector("[data-errors]");
  if (errors instanceof HTMLElement) errors.focus();
}

start();
