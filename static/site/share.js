// @ts-check
/** Entry of article pages: the bar of editors, and sharing. Shares the address through the system's own sheet, else copies it. No third party hears of it. */

/** @param {HTMLButtonElement} button @param {Element} told */
async function share(button, told) {
  const url = button.dataset.share ?? location.href;
  told.textContent = "";
  try {
    if (navigator.share) return await navigator.share({ url, title: document.title });
    await navigator.clipboard.writeText(url);
    told.textContent = document.querySelector(".share [data-message=copied]")?.textContent ?? "";
  } catch { /* The reader closed the sheet, or the browser refused: nothing to say. */ }
}

function start() {
  const button = /** @type {HTMLButtonElement | null} */ (document.querySelector("button[data-share]"));
  const told = document.querySelector("[data-shared]");
  // Neither exists outside https and localhost.
  if (!button?.parentElement || !told || !(navigator.share || navigator.clipboard)) return;
  button.parentElement.hidden = false;
  button.addEventListener("click", () => share(button, told));
}

/** An editor's bar, where the desk left its flag in this browser. */
function showDeskBar() {
  try {
    if (localStorage.getItem("desk")) import("./desk_bar.js");
  } catch { /* A browser that keeps nothing knows no editor. */ }
}

start();
showDeskBar();
