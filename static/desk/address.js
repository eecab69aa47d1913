// @ts-check
/** The address of a new article follows its headline until somebody writes one. */
import { addressOf } from "./slugs.js";

export function suggestAddresses() {
  for (const form of document.querySelectorAll("form[data-autosave]")) {
    if (form instanceof HTMLFormElement) follow(form);
  }
}

/** @param {HTMLFormElement} form */
function follow(form) {
  const [headline, address, language] = ["headline", "slug", "language"].map((name) => form.elements.namedItem(name));
  if (!(headline instanceof HTMLTextAreaElement) || !(address instanceof HTMLInputElement) || address.disabled) return;
  const suggested = () => addressOf(headline.value, language instanceof HTMLSelectElement ? language.value : "");
  let last = address.value && address.value === suggested() ? address.value : "";
  // One's own is typed over it, though it may have come with this very step from field to field.
  address.addEventListener("focus", () => address.value === last && address.select());
  // A draft is saved by itself once it has an address: not while half a headline is typed.
  for (const field of [headline, language]) {
    if (!(field instanceof HTMLElement)) continue;
    field.addEventListener("change", () => {
      if (address.value !== last) return;
      last = address.value = suggested().slice(0, address.maxLength);
      address.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
}
