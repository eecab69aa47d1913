// @ts-check
/**
 * Small helps on the page of a case; it works without them.
 * The article scrolls to the passage, a kind that needs a second editor puts that button first, nothing is sent twice.
 */

for (const pane of document.querySelectorAll("[data-scroll]")) {
  const mark = pane.querySelector("mark");
  if (pane instanceof HTMLElement && mark) {
    const above = mark.getBoundingClientRect().top - pane.getBoundingClientRect().top;
    pane.scrollTop += above - pane.clientHeight / 3;
  }
}

for (const form of document.querySelectorAll("form[data-second-editor]")) {
  const kind = form.querySelector("select[name=kind]");
  if (form instanceof HTMLFormElement && kind instanceof HTMLSelectElement) {
    kind.addEventListener("change", () => offer(form, kind));
    offer(form, kind);
  }
}

for (const form of document.querySelectorAll("form.desk-box, .desk-box form")) {
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
  // A page that comes back from the browser's memory may be sent again.
  window.addEventListener("pageshow", () => {
    sent = false;
  });
}

const errors = document.querySelector("[data-errors]");
if (errors instanceof HTMLElement) errors.focus();

/**
 * Publishing alone is offered only for kinds that one editor may publish.
 * @param {HTMLFormElement} form
 * @param {HTMLSelectElement} kind
 */
function offer(form, kind) {
  const needsSecond = (form.dataset.secondEditor ?? "").split(" ").includes(kind.value);
  for (const button of form.querySelectorAll("[data-publish]")) button.toggleAttribute("hidden", needsSecond);
  for (const button of form.querySelectorAll("[data-propose]")) button.classList.toggle("desk-primary", needsSecond);
}
