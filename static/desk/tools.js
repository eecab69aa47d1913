// @ts-check
/** On every page of the desk: letter keys, their list, the jump to anything by Ctrl + K, new notifications, the time zone. */
import { connectJump } from "./jump.js";
import { listenForShortcuts } from "./keyboard.js";
import { connectNotifications } from "./notifications.js";
import { labelCells } from "./table_labels.js";
import { offerTimeZone } from "./time_zone.js";

function connectHelp() {
  const keys = document.getElementById("desk-keys");
  const opener = document.querySelector("[data-help]");
  if (!(keys instanceof HTMLDialogElement) || !(opener instanceof HTMLElement)) return;
  opener.hidden = false;
  opener.addEventListener("click", () => (keys.open ? keys.close() : keys.showModal()));
  keys.addEventListener("click", ({ target }) => target === keys && keys.close()); // beside it
}

listenForShortcuts();
connectHelp();
connectJump();
connectNotifications();
labelCells();
offerTimeZone();
