// @ts-check
/** Tracks a change in the article's own markup: old words in <del>, new ones in <ins>, what stays of them in <mark>. */
import { CanonicalText } from "../shared/canonical.js";
import { rangeOf } from "../shared/ranges.js";
import { wordDiff } from "../shared/word_diff.js";

/** A new wording for the code points [start, end). @typedef {{start: number, end: number, wording: string}} Change */

const MARKS = "mark, ins, del";

/** A field of the article as published, and what is tracked in it. */
export class TrackedField {
  #element;
  /** @type {readonly Node[]} */
  #published;
  /** The children that are shown, but for what a page puts between them. @type {Node[]} */
  #shown;
  /** @type {Element | null} */
  #last = null;

  /** @param {Element} element with marks of the server in it */
  constructor(element) {
    this.#element = element;
    withoutMarks(element);
    this.#shown = [...element.childNodes];
    this.#published = this.#shown.map((node) => node.cloneNode(true));
    this.points = [...new CanonicalText(element).text];
  }

  /** Only the blocks that it touches are replaced. @param {Change} change */
  show({ start, end, wording }) {
    const copy = /** @type {Element} */ (this.#element.cloneNode(false));
    copy.append(...this.#published.map((node) => node.cloneNode(true)));
    const places = placesOf(wordDiff(this.points.slice(start, end).join(""), wording), start);
    // From the end: what is put in moves only what stands behind it.
    for (const { op, at, to, text } of places.reverse()) {
      if (op === "insert") this.#insert(copy, at, text);
      else wrap(rangeOf(new CanonicalText(copy), at, to), op === "delete" ? "del" : "mark");
    }
    const fresh = [...copy.childNodes];
    const last = fresh.findLastIndex((node) => node instanceof Element && node.querySelector(MARKS));
    // Loose text gets marks among its own siblings.
    const isByBlock = last >= 0 && fresh.length === this.#shown.length;
    if (isByBlock) this.#replace(fresh);
    else {
      this.#element.replaceChildren(...fresh);
      this.#shown = fresh;
    }
    this.#last = isByBlock ? /** @type {Element} */ (this.#shown[last]) : this.#element;
    return this.first;
  }

  /** @param {Node[]} fresh */
  #replace(fresh) {
    for (const [index, node] of fresh.entries()) {
      const old = this.#shown[index];
      if (!(node instanceof Element && old instanceof Element) || old.isEqualNode(node)) continue;
      old.replaceWith(node);
      this.#shown[index] = node;
    }
  }

  /** Behind the character before, or at the start of a block. @param {Element} copy @param {number} at @param {string} words */
  #insert(copy, at, words) {
    const ins = document.createElement("ins");
    ins.textContent = words;
    if (!this.points.length) return copy.append(ins);
    const begins = !at || this.points[at - 1] === "\n";
    const range = rangeOf(new CanonicalText(copy), begins ? at : at - 1, begins ? at + 1 : at);
    range.collapse(begins);
    range.insertNode(ins);
  }

  /** The first mark. @returns {HTMLElement | null} */
  get first() {
    return this.#element.querySelector(MARKS);
  }

  /** The block in which the change ends. */
  get last() {
    return this.#last?.isConnected ? this.#last : this.#element;
  }
}

/** Removes what the server marked: new words are none of the article's. @param {Element} element */
function withoutMarks(element) {
  for (const ins of element.querySelectorAll("ins")) ins.remove();
  for (const mark of [...element.querySelectorAll("mark, del")].reverse()) mark.replaceWith(...mark.childNodes);
  element.normalize();
}

/** @param {Piece[]} pieces @param {number} at @returns {{op: Piece["op"], at: number, to: number, text: string}[]} */
function placesOf(pieces, at) {
  return pieces.map(({ op, text }) => {
    const from = at;
    if (op !== "insert") at += [...text].length;
    return { op, at: from, to: at, text };
  });
}

/** Text node by text node, so that it may cross elements. @param {Range} range @param {string} name */
function wrap(range, name) {
  const { startContainer, startOffset, endContainer, endOffset, commonAncestorContainer: root } = range;
  const walker = document.createTreeWalker(root.parentNode ?? root, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) if (range.intersectsNode(walker.currentNode)) texts.push(/** @type {Text} */ (walker.currentNode));
  for (const text of texts) {
    const from = text === startContainer ? startOffset : 0;
    const to = text === endContainer ? endOffset : text.length;
    if (from >= to || !text.data.slice(from, to).trim()) continue;
    const part = new Range();
    part.setStart(text, from);
    part.setEnd(text, to);
    const mark = document.createElement(name);
    if (name === "mark") mark.className = "case-kept";
    part.surroundContents(mark);
  }
}
