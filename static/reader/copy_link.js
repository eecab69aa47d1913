// @ts-check
/** Entry of the status page: copies the private link. Without a clipboard it can still be selected by hand. */

function start() {
  const button = /** @type {HTMLButtonElement | null} */ (document.querySelector("button[data-copy]"));
  const field = /** @type {HTMLInputElement | null} */ (document.querySelector(`#${button?.dataset.copy}`));
  const copied = document.querySelector("[data-copied]");
  const sentence = document.querySelector("[data-message=copied]");
  if (!button || !field || !copied || !sentence || !navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    await navigator.clipboard.writeText(field.value);
    copied.textContent = sentence.textContent;
  });
}

start();
