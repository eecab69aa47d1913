// @ts-check
/** Choosing cases of the list: ranges with Shift, how many are chosen, the bar of decisions about them. */

/** @param {HTMLFormElement} form whose boxes stand in the rows of the list */
export function connectChosen(form) {
  const boxes = /** @type {HTMLInputElement[]} */ ([...form.elements].filter((box) => box instanceof HTMLInputElement && box.name === "cases"));
  const none = form.querySelector("[data-none]");
  let last = -1;

  const show = () => {
    const number = boxes.filter((box) => box.checked).length;
    const output = form.querySelector("[data-number]");
    if (output) output.textContent = number ? `${form.dataset.chosen} ${number.toLocaleString(`${document.documentElement.lang}-u-nu-latn`)}` : "";
    form.hidden = !number;
  };

  for (const [index, box] of boxes.entries()) {
    box.addEventListener("click", ({ shiftKey }) => {
      const [first, end] = [Math.min(last, index), Math.max(last, index)];
      if (shiftKey && last >= 0) for (const each of boxes.slice(first, end + 1)) each.checked = box.checked;
      last = index;
      show();
    });
  }
  if (none instanceof HTMLElement) {
    none.hidden = false;
    none.addEventListener("click", () => {
      for (const box of boxes) box.checked = false;
      show();
    });
  }
  addEventListener("pageshow", show); // a browser that comes back remembers what was chosen
  show();
}
