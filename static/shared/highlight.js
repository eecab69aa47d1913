// @ts-check
/** Marks passages of the page without touching what it says. */

/** For browsers without highlights: marks around the text nodes leave the canonical text as it is. @param {string} name @param {Range} range */
function wrap(name, range) {
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

/** Takes marks away, before new ranges are made: those in a mark that goes would collapse. @param {string} name */
export function clear(name) {
  for (const mark of document.querySelectorAll(`mark.${name}`)) mark.replaceWith(...mark.childNodes);
  if ("highlights" in CSS) CSS.highlights.delete(name);
}

/** By a name that style sheets know as a highlight and as a class. @param {string} name @param {Range[]} ranges */
export function paint(name, ranges) {
  if ("highlights" in CSS) CSS.highlights.set(name, new Highlight(...ranges));
  else for (const range of ranges) wrap(name, range);
}
