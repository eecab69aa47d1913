// @ts-check
/** Shows the passage that the address names, #spot-<start>-<end> in code points of the body. */
import { CanonicalText } from "../newsroom/canonical.js";
import { besideCut } from "./cut.js";
import { locate } from "./locate.js";

/** For browsers without highlights: marks around the text nodes leave the canonical text as it is. @param {Range} range */
function wrap(range) {
  const { startContainer, startOffset, endContainer, endOffset, commonAncestorContainer: root } = range;
  const walker = document.createTreeWalker(root.parentNode ?? root, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) if (range.intersectsNode(walker.currentNode)) texts.push(/** @type {Text} */ (walker.currentNode));
  for (const text of texts.filter((each) => each.data.trim())) {
    const part = document.createRange();
    part.setStart(text, text === startContainer ? startOffset : 0);
    part.setEnd(text, text === endContainer ? endOffset : text.length);
    const mark = document.createElement("mark");
    mark.className = "spot";
    if (!part.collapsed) part.surroundContents(mark);
  }
}

/** @param {Range} range */
function paint(range) {
  for (const mark of document.querySelectorAll("mark.spot")) mark.replaceWith(...mark.childNodes);
  if ("highlights" in CSS) CSS.highlights.set("spot", new Highlight(range));
  else wrap(range);
}

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
  const text = await published(article.dataset);
  const canonical = new CanonicalText(body);
  const words = text ?? [...canonical.text];
  const asked = end > start ? { start, end } : besideCut(words, Math.min(start, words.length));
  // Without the server's text the offsets have to do. A passage that is nowhere is not marked: the browser has scrolled
  // to its block by itself.
  const span = text ? locate([...canonical.text], text, asked) : asked;
  if (!span) return;
  const range = canonical.rangeOf(span.start, span.end);
  let block = range.startContainer.parentElement;
  while (block && getComputedStyle(block).display === "inline") block = block.parentElement;
  if (!block || !body.contains(block)) return;
  const { top } = range.getBoundingClientRect();
  // Reading goes on from here, by screen reader and by Tab.
  block.tabIndex = -1;
  block.focus({ preventScroll: true });
  scrollTo({ top: top + scrollY - innerHeight / 3, behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  paint(range);
}
