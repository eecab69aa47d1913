// @ts-check
/** Shows the passage that the address names, #spot-<start>-<end> in code points of the body. */
import { CanonicalText } from "../newsroom/canonical.js";

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

export function show() {
  const [start, end] = (location.hash.match(/\d+/g) ?? []).map(Number);
  const body = document.querySelector("[data-field=body]");
  if (!body) return;
  const range = new CanonicalText(body).rangeOf(start, Math.max(start, end));
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
