// @ts-check
// Addresses of links: what writers leave out (example.org/pool) is put in, and what would lead nowhere is refused.

// Keep in sync with newsroom/text/links.py; tests/js/richtext/addresses.json tries both.
const FILES = "html?|xhtml|php|aspx?|jsp|pdf|jpe?g|png|gif|webp|svg|txt|docx?|xlsx?";
const LETTER = String.raw`[\p{L}\p{N}]`;
const LABEL = String.raw`${LETTER}(?:[\p{L}\p{N}_-]{0,61}${LETTER})?`;
const HOST = String.raw`(?:${LABEL}\.)+(?!(?:${FILES})(?:[/?#]|$))(?:xn--[a-z0-9-]+|\p{L}{2,})`;
const WHOLE = /^(?:https?:\/\/[^\s/?#\\]+.*|mailto:[^\s@/]+@[^\s@]+)$/isu;
const HERE = /^[/#?](?!\/)[^\\]*$/u; // browsers read a backslash as a slash
const SITE = new RegExp(String.raw`^(?://)?(${HOST}(?:[/?#].*)?)$`, "isu");
const PERSON = new RegExp(String.raw`^[^\s@/?#:]+@${HOST}$`, "iu");

/** @param {string} typed @returns {string | null} the address as a browser needs it; null if it would lead nowhere */
export function wholeAddress(typed) {
  const address = typed.trim();
  if (WHOLE.test(address) || HERE.test(address)) return address;
  if (PERSON.test(address)) return `mailto:${address}`;
  const site = SITE.exec(address)?.[1];
  return site ? `https://${site}` : null;
}
