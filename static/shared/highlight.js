// @ts-check
/** Highlights ranges with the CSS Custom Highlight API, or <mark> elements where it is missing. */

/** Wraps the text nodes of a range in <mark>, which leaves the canonical text unchanged. @param {string} name @param {Range} range */
function wrapInMarks(name, range) {
  const { startContainer, startOffset, endContainer, endOffset, commonAncestorContainer: root } = range;
  const walker = document.createTreeWalker(root.parentNode ?? root, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) if (range.intersectsNode(walker.currentNode)) texts.push(/** @type {Text} */ (walker.currentNode));
  for (const text of texts.filter((each) => each.data.trim())) {
    const part = document.createRange();
    part.setStart(text, text === startContainer ? startOffset : 0);
    part.setEnd(text, text === endContainer ? endOffset : text.length);
    const mark = document.createElement("mark");
    mark.className = name;
    if (!part.collapsed) part.surroundContents(mark);
  }
}

/** Call before making new ranges: ranges inside a removed <mark> collapse. @param {string} name */
export function clearHighlight(name) {
  for (const mark of document.querySelectorAll(`mark.${name}`)) mark.replaceWith(...mark.childNodes);
  if ("highlights" in CSS) CSS.highlights.delete(name);
}

/** By a name that style sheets know as a highlight and as a class. @param {string} name @param {Range[]} ranges */
export function highlight(name, ranges) {
  if ("highlights" in CSS) CSS.highlights.set(name, new Highlight(...ranges));
  else for (const range of ranges) wrapInMarks(name, range);
}
