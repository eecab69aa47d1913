// @ts-check
// Parser and serialiser between the stored HTML of a body and the editor's document.
import { DOMParser as DocumentParser } from "../vendor/prosemirror.js";
import { areEquivalent, wrapBareLines } from "./outline.js";
import { schema } from "./schema.js";

/** @import { Attrs, Mark, Node as DocumentNode } from "../vendor/prosemirror.js" */
/** A piece of a line, with the marks that are still to be written around it.
 * @typedef {{node: DocumentNode, marks: readonly Mark[]}} Piece */
/** How far a mark reaches. @typedef {{mark: Mark, end: number}} Reach */

/** Into a document that is never shown: nothing in it runs or loads. @param {string} html @returns {HTMLElement} */
function inert(html) {
  return new DOMParser().parseFromString(html, "text/html").body;
}

/** @param {string} html @returns {DocumentNode} */
export function parse(html) {
  const body = inert(html);
  for (const quote of body.querySelectorAll("blockquote")) {
    // The parser takes the first block that fits, which in a quotation is a paragraph; bare text is to stay bare.
    wrapBareLines(quote, () => Object.assign(body.ownerDocument.createElement("div"), { className: "line" }));
  }
  return DocumentParser.fromSchema(schema).parse(body);
}

/** Whether the HTML survives the round trip through the document.
 * @param {DocumentNode} doc @param {string} html @returns {boolean} */
export function isLossless(doc, html) {
  return areEquivalent(inert(html), inert(serialise(doc)));
}

/** The document as HTML, one block to a line; "" for an empty one.
 * @param {DocumentNode} doc @returns {string} */
export function serialise(doc) {
  return blocks(doc).trimStart();
}

/** @param {DocumentNode} parent @returns {string} */
function blocks(parent) {
  return parent.children.map((node, index) => breakBefore(parent, index) + block(node, parent, index)).join("");
}

/** White space that means nothing, for whoever reads the source. @param {DocumentNode} parent @param {number} index */
function breakBefore(parent, index) {
  if (index === 0 || isSilent(parent.child(index), parent)) return "";
  return isBare(parent, index) || isBare(parent, index - 1) ? "" : "\n";
}

/** An empty paragraph at the top is where an editor has pressed Enter once too often.
 * @param {DocumentNode} node @param {DocumentNode} parent */
function isSilent(node, parent) {
  return node.type.name === "p" && node.childCount === 0 && parent.type.name === "doc";
}

/** @param {DocumentNode} node @param {DocumentNode} parent @param {number} index @returns {string} */
function block(node, parent, index) {
  if (isSilent(node, parent)) return "";
  if (isBare(parent, index)) return inlines(pieces(node));
  if (node.isLeaf) return opening(node.type.name, node.attrs);
  const name = node.type.name === "line" ? "p" : node.type.name;
  const inside = node.isTextblock ? inlines(pieces(node)) : blocks(node);
  // The reader of HTML drops one line break after <pre>.
  const extra = name === "pre" && inside.startsWith("\n") ? "\n" : "";
  return `${opening(name, node.attrs)}${extra}${inside}</${name}>`;
}

/** A line is written without an element, except at the top, where every block has its own, and beside another line,
 * with which it would run together.
 * @param {DocumentNode} parent @param {number} index */
function isBare(parent, index) {
  if (parent.child(index).type.name !== "line") return false;
  const beside = [index - 1, index + 1].map((at) => parent.maybeChild(at)?.type.name);
  return parent.type.name !== "doc" && !beside.includes("line");
}

/** @param {DocumentNode} parent @returns {Piece[]} */
function pieces(parent) {
  return parent.children.map((node) => ({ node, marks: node.marks }));
}

/** The mark that reaches furthest is written outermost, so that emphasis around a link is not cut in three.
 * @param {Piece[]} run @returns {string} */
function inlines(run) {
  let html = "";
  for (let at = 0; at < run.length; ) {
    const { node, marks } = /** @type {Piece} */ (run[at]);
    const [widest] = marks.map((mark) => reach(run, at, mark)).sort((one, other) => other.end - one.end);
    html += widest ? marked(run.slice(at, widest.end), widest.mark) : leaf(node);
    at = widest?.end ?? at + 1;
  }
  return html;
}

/** @param {Piece[]} run @param {number} from @param {Mark} mark @returns {Reach} */
function reach(run, from, mark) {
  const end = run.findIndex((piece, index) => index > from && !mark.isInSet(piece.marks));
  return { mark, end: end < 0 ? run.length : end };
}

/** @param {Piece[]} run @param {Mark} mark @returns {string} */
function marked(run, mark) {
  const inside = run.map(({ node, marks }) => ({ node, marks: mark.removeFromSet(marks) }));
  return `${opening(mark.type.name, mark.attrs)}${inlines(inside)}</${mark.type.name}>`;
}

/** @param {DocumentNode} node @returns {string} */
function leaf(node) {
  return node.isText ? escaped(node.text ?? "") : opening(node.type.name, node.attrs);
}

/** @param {string} name @param {Attrs} attrs @returns {string} */
function opening(name, attrs) {
  const present = Object.entries(attrs).filter(([, value]) => value !== null);
  const written = present.map(([key, value]) => ` ${key}="${escaped(value).replaceAll('"', "&quot;")}"`);
  return `<${name}${written.join("")}>`;
}

/** A no-break space stays the character it is. @param {string} text @returns {string} */
function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
