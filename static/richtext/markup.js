// @ts-check
// HTML as a tree, without a document: a browser's own parser would report what the page's policy forbids in it.

/** `name` is in lower case; the root has none. Values and text keep their entities.
 * @typedef {{name: string, attrs: Map<string, string>, children: Markup[]}} Tag */
/** @typedef {Tag | string} Markup */

const UNREAD = /<(style|script|xml|title|noscript|template)\b[^]*?<\/\1\s*>/gi;
const TOKEN = /<!--[^]*?-->|<[!?][^>]*>|<\/?[a-z](?:"[^"]*"|'[^']*'|[^"'>])*>/gi;
const TAG = /^<(\/?)([^\s/>]+)([^]*?)(\/?)>$/;
const ATTRIBUTE = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;
const VOID = new Set(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]);
const BLOCKS = new Set(
  "address article aside blockquote center dd div dl dt figure footer h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table ul".split(" "),
);
/** What a start tag ends, where it stands directly in it. @type {Record<string, string[]>} */
const ENDS = { li: ["p", "li"], dt: ["p", "dt", "dd"], dd: ["p", "dt", "dd"], td: ["p", "td", "th"], th: ["p", "td", "th"], tr: ["p", "td", "th", "tr"] };
const MOST_DEPTH = 200;

/** @param {string} name @param {Markup[]} [children] @param {[string, string][]} [attrs] @returns {Tag} */
export function tag(name, children = [], attrs = []) {
  return { name, attrs: new Map(attrs), children };
}

/** Without comments, processing instructions and what is never shown. @param {string} html @returns {Tag} */
export function parseMarkup(html) {
  const root = tag("");
  const open = [root];
  const source = html.replace(UNREAD, "");
  let at = 0;
  for (const token of source.matchAll(TOKEN)) {
    addText(open, source.slice(at, token.index));
    at = token.index + token[0].length;
    if (token[0][1] !== "!" && token[0][1] !== "?") addTag(open, token[0]);
  }
  addText(open, source.slice(at));
  return root;
}

/** @param {Tag[]} open @param {string} text */
function addText(open, text) {
  if (text) open.at(-1)?.children.push(text);
}

/** @param {Tag[]} open @param {string} token */
function addTag(open, token) {
  const [, slash, written = "", rest = "", isClosed] = TAG.exec(token) ?? [];
  const name = written.toLowerCase();
  if (slash) {
    const depth = open.findLastIndex((each) => each.name === name);
    if (depth > 0) open.length = depth;
    return;
  }
  const ended = ENDS[name] ?? (BLOCKS.has(name) ? ["p"] : []);
  while (ended.includes(open.at(-1)?.name ?? "")) open.pop();
  const made = tag(name);
  for (const [, key = "", double, single, bare] of rest.matchAll(ATTRIBUTE)) {
    made.attrs.set(key.toLowerCase(), double ?? single ?? bare ?? "");
  }
  open.at(-1)?.children.push(made);
  if (!VOID.has(name) && !(isClosed && name.includes(":")) && open.length < MOST_DEPTH) open.push(made);
}

/** @param {Markup} node @returns {string} */
export function writeMarkup(node) {
  if (typeof node === "string") return node;
  const inside = node.children.map(writeMarkup).join("");
  if (!node.name) return inside;
  const attrs = [...node.attrs].map(([key, value]) => ` ${key}="${value.replaceAll('"', "&quot;")}"`).join("");
  return VOID.has(node.name) ? `<${node.name}${attrs}>` : `<${node.name}${attrs}>${inside}</${node.name}>`;
}

/** @param {Markup} node @returns {string} */
export function textOf(node) {
  return typeof node === "string" ? node : node.children.map(textOf).join("");
}

/** Its declarations, in lower case. @param {Tag} node @returns {Map<string, string>} */
export function styleOf(node) {
  const parts = (node.attrs.get("style") ?? "").replaceAll("&quot;", "'").toLowerCase().split(";");
  return new Map(parts.map((part) => {
    const colon = part.indexOf(":");
    return [part.slice(0, Math.max(0, colon)).trim(), part.slice(colon + 1).trim()];
  }));
}

/** Whether nothing of it would be seen. @param {Markup} node @returns {boolean} */
export function isBlank(node) {
  if (typeof node === "string") return /^(?:\s|&nbsp;|&#160;|\u200b)*$/.test(node);
  return !["img", "hr", "table"].includes(node.name) && node.children.every(isBlank);
}
