// @ts-check
/** Shows the passage that the address names, #spot-<start>-<end> in code points of the body. */
import { CanonicalText } from "./canonical.js";
import { rangeOf } from "./ranges.js";
import { besideCut } from "./deletion_context.js";
import { locate } from "./quote_search.js";
import { clear, paint } from "./highlight.js";

/** What the revision says, from the server: the page may have been translated since. @param {DOMStringMap} article */
async function published({ article, revision }) {
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
  clear("spot");
  const text = await published(article.dataset);
  const canonical = new CanonicalText(body);
  const words = text ?? [...canonical.text];
  const asked = end > start ? { start, end } : besideCut(words, Math.min(start, words.length));
  // Without the server's text the offsets have to do. A passage that is nowhere is not marked: the browser has scrolled
  // to its block by itself.
  const span = text ? locate([...canonical.text], text, asked) : asked;
  if (!span) return;
  const range = rangeOf(canonical, span.start, span.end);
  let block = range.startContainer.parentElement;
  while (block && getComputedStyle(block).display === "inline") block = block.parentElement;
  if (!block || !body.contains(block)) return;
  const { top } = range.getBoundingClientRect();
  // Reading goes on from here, by screen reader and by Tab.
  block.tabIndex = -1;
  block.focus({ preventScroll: true });
  scrollTo({ top: top + scrollY - innerHeight / 3, behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  paint("spot", [range]);
}
