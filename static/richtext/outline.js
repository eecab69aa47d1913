// @ts-check
// Semantic comparison of two HTML fragments, to prove that a round trip through the editor is lossless.
import { CanonicalText } from "../shared/canonical.js";
import { schema } from "./schema.js";

const INLINE = new Set([...Object.keys(schema.marks), "b", "i", "img", "br"]);
const LEAVES = new Set(["br", "hr", "img"]);
const SAME = new Map([["b", "strong"], ["i", "em"]]);

/** @param {Node} node */
function isInline(node) {
  return node instanceof Text || (node instanceof Element && INLINE.has(node.localName));
}

/** Gathers inline content that stands beside blocks into elements of its own.
 * @param {Element} parent @param {() => HTMLElement} wrapper */
export function wrapBareLines(parent, wrapper) {
  /** @type {HTMLElement | null} */
  let line = null;
  for (const child of [...parent.childNodes]) {
    if (!isInline(child)) line = null;
    else if (line) line.append(child);
    else if (!(child instanceof Text) || /[^ \t\n\f\r]/.test(child.data)) {
      line = wrapper();
      child.replaceWith(line);
      line.append(child);
    }
  }
}

/** Whether two inert bodies have the same structure, attributes and text. @param {HTMLElement} one @param {HTMLElement} other */
export function areEquivalent(one, other) {
  for (const body of [one, other]) {
    // Bare text at the top is a paragraph in all but name, and is written as one.
    wrapBareLines(body, () => body.ownerDocument.createElement("p"));
  }
  return new Outline(one).equals(new Outline(other)) && new CanonicalText(one).text === new CanonicalText(other).text;
}

/** Every block, picture and piece of text, in order, with all that is said about it. White space is left to the
 * comparison of the canonical texts. Neighbours that say the same are one: <b>a</b><b>b</b> is <strong>ab</strong>. */
class Outline {
  /** @type {{says: string, text: string}[]} */
  #found = [];

  /** @param {Element} root */
  constructor(root) {
    root.childNodes.forEach((child) => this.#walk(child, []));
  }

  /** @param {Outline} other */
  equals(other) {
    return JSON.stringify(this.#found) === JSON.stringify(other.#found);
  }

  /** @param {Node} node @param {string[]} around the inline elements that the node stands in */
  #walk(node, around) {
    if (node instanceof Text) this.#addText(node.data.replace(/[ \t\n\f\r]+/g, ""), JSON.stringify(around));
    if (!(node instanceof Element)) return;
    const says = describe(node);
    if (LEAVES.has(node.localName)) this.#found.push({ says: JSON.stringify([says, ...around]), text: "" });
    else if (isInline(node)) this.#walkAll(node, [...new Set([...around, says])].sort());
    else this.#addBlock(node, says, around);
  }

  /** @param {Element} parent @param {string[]} around */
  #walkAll(parent, around) {
    parent.childNodes.forEach((child) => this.#walk(child, around));
  }

  /** @param {Element} element @param {string} says @param {string[]} around */
  #addBlock(element, says, around) {
    const size = this.#found.push({ says, text: "" });
    this.#walkAll(element, around);
    // An empty paragraph says nothing.
    if (element.localName === "p" && this.#found.length === size) this.#found.pop();
    else this.#found.push({ says: "/", text: "" });
  }

  /** @param {string} text @param {string} says */
  #addText(text, says) {
    const last = this.#found.at(-1);
    if (text && last?.text && last.says === says) last.text += text;
    else if (text) this.#found.push({ says, text });
  }
}

/** @param {Element} element @returns {string} */
function describe(element) {
  const attributes = [...element.attributes].map(({ name, value }) => `${name}=${JSON.stringify(value)}`).sort();
  return [SAME.get(element.localName) ?? element.localName, ...attributes].join(" ");
}
