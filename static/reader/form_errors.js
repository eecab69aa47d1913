// @ts-check
/** Validation errors: each message beside its field, and an error summary with links on top. */

/** Radio buttons share a name: the first stands for all. @param {View} view @param {string} name */
function fieldOf(view, name) {
  const controls = /** @type {HTMLInputElement[]} */ ([...view.piece("form").elements]);
  return controls.find((control) => control.name === name);
}

/** @param {View} view @param {string} name @param {string} sentence */
function errorLink(view, name, sentence) {
  const item = document.createElement("li");
  const field = fieldOf(view, name);
  const link = document.createElement(field ? "a" : "span");
  link.textContent = sentence;
  link.setAttribute("href", `#${field?.id}`);
  link.addEventListener("click", (event) => {
    event.preventDefault();
    field?.focus();
  });
  item.append(link);
  return item;
}

/** @param {View} view @param {Errors} errors none: it is right by now */
export function showErrors(view, errors) {
  for (const box of /** @type {NodeListOf<HTMLElement>} */ (view.querySelectorAll("[data-error]"))) {
    const { error = "" } = box.dataset;
    const sentences = (errors[error] ?? []).map((sentence) => Object.assign(document.createElement("p"), { textContent: sentence }));
    box.replaceChildren(...sentences);
    box.hidden = !sentences.length;
    const field = fieldOf(view, error);
    field?.setAttribute("aria-invalid", String(!box.hidden));
    if (!box.hidden) field?.closest("details")?.setAttribute("open", "");
  }
  const items = Object.entries(errors).flatMap(([name, sentences]) => sentences.map((sentence) => errorLink(view, name, sentence)));
  view.piece("complaints").replaceChildren(...items);
  view.piece("summary").hidden = !items.length;
  view.piece("summary").focus();
}
