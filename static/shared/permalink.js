// @ts-check
/** Permalink to a passage: scrolls to and highlights #spot-<start>-<end>, in code points of the body. */
import { CanonicalText } from "./canonical.js";
import { rangeOf } from "./ranges.js";
import { wordsAround } from "./deletion_context.js";
import { findQuote } from "./quote_search.js";
import { clearHighlight, highlight } from "./highlight.js";

/** The revision's text from the API: the page itself may be machine-translated. @param {DOMStringMap} article */
async function revisionText({ article, revision }) {
  try {
    const answer = await fetch(`/api/articles/${article}/revisions/${revision}`);
    return [...(await answer.json()).text];
  } catch {
    return null;
  }
}

export async function show() {
  const [start, end] = (location.hash.match(/\d+/g) ?? []).map(Number);
  const article = /** @type {HTMLElement | null} */ (document.querySelector("article[data-article]"));
  const body = article?.querySelector("[data-field=body]");
  if (!article || !body) return;
  clearHighlight("spot");
  const text = await revisionText(article.dataset);
  const canonical = new CanonicalText(body);
  const words = text ?? [...canonical.text];
  const asked = end > start ? { start, end } : wordsAround(words, Math.min(start, words.length));
  // Without the API's text, trust the offsets. A quote that is not found is not highlighted: the browser has scrolled to
  // its block by itself.
  const span = text ? findQuote([...canonical.text], text, asked) : asked;
  if (!span) return;
  const range = rangeOf(canonical, span.start, span.end);
  let block = range.startContainer.parentElement;
  while (block && getComputedStyle(block).display === "inline") block = block.parentElement;
  if (!block || !body.contains(block)) return;
  const { top } = range.getBoundingClientRect();
  // Moves the sequential focus starting point, for screen readers and Tab.
  block.tabIndex = -1;
  block.focus({ preventScroll: true });
  scrollTo({ top: top + scrollY - innerHeight / 3, behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  highlight("spot", [range]);
}
