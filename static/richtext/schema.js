// @ts-check
// ProseMirror schema with every element of the server's allow-list. Nodes and marks are named after their elements; an
// absent attribute is null.
import { Schema } from "../vendor/prosemirror.js";

/** @import { Attrs, MarkSpec, NodeSpec } from "../vendor/prosemirror.js" */

const SHARED = ["lang", "dir"];
// Text may stand bare or in blocks, and stays as it was: <li>text</li> does not become <li><p>text</p></li>.
const TEXT_FIRST = "(line | block)+";
const BLOCK_FIRST = "(block | line)+";

/** @param {string | null} address @returns {boolean} whether a link may lead there */
export function isLinkable(address) {
  return address !== null && (/^(https?|mailto):/i.test(address) || !/^[^/?#]*:/.test(address.trim()));
}

/** Pictures come from this site alone: the page's policy loads no other, and shows a gap in its place.
 * @param {string | null} address @returns {boolean} */
export function isOwnPicture(address) {
  const url = address && URL.canParse(address, location.href) ? new URL(address, location.href) : null;
  return url !== null && url.protocol === location.protocol && url.origin === location.origin;
}

/** @param {string[]} names */
function attributes(names) {
  return Object.fromEntries(names.map((name) => [name, { default: null, validate: "string|null" }]));
}

/** @param {Element} dom @param {string[]} names @returns {Attrs} */
function read(dom, names) {
  return Object.fromEntries(names.map((name) => [name, dom.getAttribute(name)]));
}

/** @param {string} tag @param {NodeSpec} spec @param {string[]} [own] @returns {NodeSpec} */
function element(tag, spec, own = []) {
  const names = [...SHARED, ...own];
  return {
    ...spec,
    attrs: attributes(names),
    parseDOM: [{ tag, getAttrs: (dom) => read(dom, names), preserveWhitespace: tag === "pre" ? "full" : undefined }],
    toDOM: (node) => (node.isLeaf ? [tag, node.attrs] : [tag, node.attrs, 0]),
  };
}

/** @param {string} tag @param {string[]} [aliases] @param {string[]} [own] @returns {MarkSpec} */
function inline(tag, aliases = [], own = []) {
  const names = [...SHARED, ...own];
  return {
    attrs: attributes(names),
    excludes: "", // <em lang="fr"> may stand inside <em>
    parseDOM: [tag, ...aliases].map((name) => ({ tag: name, getAttrs: (dom) => read(dom, names) })),
    toDOM: (mark) => [tag, mark.attrs, 0],
  };
}

const cell = { content: TEXT_FIRST, isolating: true };
const LINK = ["href", "title", "hreflang", "rel"];
const IMAGE = ["src", "alt", "width", "height"];

const nodes = /** @satisfies {Record<string, NodeSpec>} */ ({
  doc: { content: BLOCK_FIRST },
  p: element("p", { content: "inline*", group: "block" }),
  // Text that stands bare among blocks.
  line: { content: "inline*", parseDOM: [{ tag: "div.line" }], toDOM: () => ["div", { class: "line" }, 0] },
  h2: element("h2", { content: "inline*", group: "block", defining: true }),
  h3: element("h3", { content: "inline*", group: "block", defining: true }),
  h4: element("h4", { content: "inline*", group: "block", defining: true }),
  ul: element("ul", { content: "li+", group: "block" }),
  ol: element("ol", { content: "li+", group: "block" }, ["start"]),
  li: element("li", { content: TEXT_FIRST, defining: true }),
  blockquote: element("blockquote", { content: BLOCK_FIRST, group: "block", defining: true }, ["cite"]),
  pre: element("pre", { content: "inline*", group: "block", code: true, defining: true }),
  hr: element("hr", { group: "block" }),
  figure: element("figure", { content: "(line | figcaption | block)+", group: "block", isolating: true }),
  figcaption: element("figcaption", { content: TEXT_FIRST, isolating: true }),
  table: element("table", { content: "(caption | thead | tbody | tfoot)+", group: "block", isolating: true }),
  caption: element("caption", cell),
  thead: element("thead", { content: "tr*" }),
  tbody: element("tbody", { content: "tr*" }),
  tfoot: element("tfoot", { content: "tr*" }),
  tr: element("tr", { content: "(td | th)*" }),
  td: element("td", cell, ["colspan", "rowspan"]),
  th: element("th", cell, ["scope", "colspan", "rowspan"]),
  dl: element("dl", { content: "(dt | dd)+", group: "block" }),
  dt: element("dt", { content: TEXT_FIRST, defining: true }),
  dd: element("dd", { content: TEXT_FIRST, defining: true }),
  text: { group: "inline" },
  br: element("br", { group: "inline", inline: true, selectable: false }),
  img: {
    ...element("img", { group: "inline", inline: true, draggable: true }),
    attrs: attributes([...SHARED, ...IMAGE]),
    parseDOM: [
      { tag: "img", getAttrs: (dom) => isOwnPicture(dom.getAttribute("src")) && read(dom, [...SHARED, ...IMAGE]) },
    ],
  },
});

const marks = /** @satisfies {Record<string, MarkSpec>} */ ({
  a: {
    ...inline("a", [], LINK),
    excludes: "a",
    inclusive: false, // what is typed after a link is not part of it
    parseDOM: [
      { tag: "a[href]", getAttrs: (dom) => isLinkable(dom.getAttribute("href")) && read(dom, [...SHARED, ...LINK]) },
    ],
  },
  em: inline("em", ["i"]),
  strong: inline("strong", ["b"]),
  s: inline("s", ["del", "strike"]),
  sub: inline("sub"),
  sup: inline("sup"),
  cite: inline("cite"),
  abbr: inline("abbr", [], ["title"]),
  code: inline("code"),
});

export const schema = new Schema({ nodes, marks });
