// @ts-check
/** Corrections of the article, told beside the invitation: what was wrong, where it stands, and its record. */
import { rangeOf } from "../shared/ranges.js";
import { clearHighlight, highlight } from "../shared/highlight.js";

/** @typedef {import("../shared/canonical.js").CanonicalText} CanonicalText */

/** @param {Embedded["notices"]} notices @param {{shadow: ShadowRoot, beside: ShadowRoot, scheme: string, canonical: CanonicalText | null}} page */
export function showNotices(notices, { shadow, beside, scheme, canonical }) {
  beside.querySelector("section[data-notices]")?.remove();
  if (!notices.length) return;
  const template = /** @type {HTMLTemplateElement} */ (shadow.querySelector("template[data-notices]"));
  const section = /** @type {HTMLElement} */ (document.importNode(template.content, true).firstElementChild);
  const list = /** @type {HTMLElement} */ (section.querySelector("ul"));
  const first = /** @type {HTMLElement} */ (list.firstElementChild);
  list.replaceChildren(...notices.map((notice) => item(/** @type {HTMLElement} */ (first.cloneNode(true)), notice, canonical)));
  section.style.colorScheme = scheme;
  beside.prepend(section);
}

/** @param {HTMLElement} made @param {Embedded["notices"][number]} notice @param {CanonicalText | null} canonical */
function item(made, { start, end, note, url }, canonical) {
  const part = (/** @type {string} */ name) => /** @type {HTMLAnchorElement} */ (made.querySelector(`[data-${name}]`));
  part("note").textContent = note;
  part("record").href = url;
  part("record").hidden = !url;
  part("spot").hidden = !canonical || start === null || end === null;
  part("spot").addEventListener("click", () => {
    if (!canonical || start === null || end === null) return;
    const range = rangeOf(canonical, start, end);
    clearHighlight("spot");
    highlight("spot", [range]);
    range.startContainer.parentElement?.scrollIntoView({ block: "center" });
  });
  return made;
}
