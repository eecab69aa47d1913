// @ts-check
// Clean pasted HTML before a browser parses it: what word processors and web pages mean by it stays, their looks go.
import { wholeAddress } from "./addresses.js";
import { isBlank, parseMarkup, styleOf, tag, textOf, writeMarkup } from "./markup.js";
import { withLists } from "./word_lists.js";

/** @import { Markup, Tag } from "./markup.js" */

const UNSEEN = new Set("button col colgroup head iframe input link meta object option select svg textarea".split(" "));
const KEPT = new Set(
  "p h2 h3 h4 ul ol li blockquote pre hr dl dt dd figure figcaption table caption thead tbody tfoot tr th td div code a em strong s sub sup br img cite abbr".split(" "),
);
const BLOCKS = new Set("section article aside header footer main nav details summary address center form".split(" "));
/** @type {Record<string, string>} */
const RENAMED = { h1: "h2", h5: "h4", h6: "h4", b: "strong", i: "em", strike: "s", del: "s" };
const STRESSED = new Set(["strong", "em", "s", "sub", "sup"]);
const HOLD_TEXT = new Set(["li", "td", "th", "caption", "dt", "dd", "figcaption"]);
const MEANT_EMPTY = new Set(["td", "th", "br", "hr", "img"]);
/** @type {Record<string, string[]>} */
const ATTRIBUTES = {
  a: ["href", "title", "hreflang"],
  img: ["src", "alt"],
  ol: ["start"],
  abbr: ["title"],
  td: ["colspan", "rowspan"],
  th: ["scope", "colspan", "rowspan"],
};
const COPIED_HERE = /\sdata-pm-slice=/;

/** @param {string} html @returns {string} */
export function cleanPasted(html) {
  const root = parseMarkup(html);
  if (COPIED_HERE.test(html)) return writeMarkup(withoutCode(root));
  return writeMarkup(tag("", withoutGaps(cleanAll(root.children, new Set()))));
}

/** Blank lines between blocks are a matter of looks. @param {Markup[]} nodes @returns {Markup[]} */
function withoutGaps(nodes) {
  const seen = nodes.filter((node) => typeof node !== "string" || !isBlank(node));
  const isInline = (/** @type {Markup | undefined} */ node) =>
    typeof node === "string" || /^(?:a|code|em|strong|s|sub|sup|img|cite|abbr)$/.test(node?.name ?? "");
  const gaps = seen.filter((node, index) =>
    typeof node === "object" && node.name === "br" && !isInline(seen[index - 1]) && !isInline(seen[index + 1]));
  return nodes.filter((node) => !gaps.includes(node));
}

/** What an editor like this one copied is clean, but for what somebody else may have put there. @param {Tag} node @returns {Tag} */
function withoutCode(node) {
  const attrs = [...node.attrs].filter(([name]) => !/^(?:on.*|style)$/.test(name));
  return tag(node.name, node.children.map((child) => (typeof child === "string" ? child : withoutCode(child))), attrs);
}

/** @param {Markup[]} nodes @param {Set<string>} around stress that is already there @returns {Markup[]} */
function cleanAll(nodes, around) {
  return withLists(nodes).flatMap((node) => (typeof node === "string" ? [node] : clean(node, around)));
}

/** @param {Tag} node @param {Set<string>} around @returns {Markup[]} */
function clean(node, around) {
  const style = styleOf(node);
  if (isUnseen(node, style)) return [];
  if (style.has("mso-spacerun") || style.has("mso-tab-count")) return [" "];
  const name = nameOf(node, style);
  const isHeading = /^h\d$/.test(name);
  const stress = isHeading ? [] : stressOf(style);
  const added = [...new Set(STRESSED.has(name) ? [name, ...stress] : stress)].filter((each) => !around.has(each));
  const inside = cleanAll(node.children, new Set([...around, ...added, ...(isHeading ? ["strong"] : [])]));
  const isEmpty = inside.every(isBlank);
  const stressed = isEmpty ? inside : added.reduceRight((/** @type {Markup[]} */ all, each) => [tag(each, all)], inside);
  if (!KEPT.has(name) || STRESSED.has(name)) return stressed;
  if (isEmpty && !MEANT_EMPTY.has(name)) return /^(?:a|code|cite|abbr|div)$/.test(name) ? inside : [];
  const attrs = attributesOf(node, name);
  if (name === "a" && !attrs.length) return stressed;
  return [tag(name, fitted(name, stressed), attrs)];
}

/** Hidden text, comments in the margin, and what was deleted under Word's eyes. @param {Tag} node @param {Map<string, string>} style */
function isUnseen(node, style) {
  const kind = node.attrs.get("class") ?? "";
  if (UNSEEN.has(node.name) || style.get("display") === "none" || style.get("mso-hide") === "all") return true;
  if (/^comment/.test(style.get("mso-element") ?? "") || style.get("mso-list") === "ignore") return true;
  if (/MsoCommentReference|msocomtxt|Apple-interchange-newline/i.test(kind)) return true;
  return node.name === "del" && node.attrs.has("datetime");
}

/** @param {Tag} node @param {Map<string, string>} style */
function nameOf(node, style) {
  const { name, attrs } = node;
  const kind = attrs.get("class") ?? "";
  if (name === "b" && /^(?:normal|[1-5]00)$/.test(style.get("font-weight") ?? "")) return "span"; // around all of Google's
  if (name === "i" && style.get("font-style") === "normal") return "span";
  if (name === "p" && /\bMsoTitle\b/.test(kind)) return "h2";
  if (name === "p" && /\bMsoSubtitle\b/.test(kind)) return "h3";
  if (attrs.get("role") === "heading") return ["h2", "h2", "h2", "h3"][Number(attrs.get("aria-level"))] ?? "h4";
  return BLOCKS.has(name) ? "div" : (RENAMED[name] ?? name);
}

/** @param {Map<string, string>} style @returns {string[]} the outermost first */
function stressOf(style) {
  const found = [];
  if (/^(?:bold|bolder|[6-9]00)/.test(style.get("font-weight") ?? "")) found.push("strong");
  if (/^(?:italic|oblique)/.test(style.get("font-style") ?? "")) found.push("em");
  if (/line-through/.test(`${style.get("text-decoration")} ${style.get("text-decoration-line")}`)) found.push("s");
  if (style.get("vertical-align") === "super") found.push("sup");
  if (style.get("vertical-align") === "sub") found.push("sub");
  return found;
}

/** @param {Tag} node @param {string} name @returns {[string, string][]} */
function attributesOf(node, name) {
  /** @type {[string, string][]} */
  const found = [];
  for (const key of ATTRIBUTES[name] ?? []) {
    const value = key === "href" ? hrefOf(node) : node.attrs.get(key);
    if (value) found.push([key, value]);
  }
  return name === "a" && found[0]?.[0] !== "href" ? [] : found.filter(([, value]) => value !== "1" || name === "img");
}

/** A place within the text that was copied is none here. @param {Tag} node */
function hrefOf(node) {
  const href = (node.attrs.get("href") ?? "").replaceAll("&amp;", "&");
  const behind = /^https:\/\/www\.google\.com\/url\?(?:.*&)?q=([^&]+)/.exec(href)?.[1];
  const whole = wholeAddress(behind ? decoded(behind) : href);
  return whole?.startsWith("#") ? undefined : whole?.replaceAll("&", "&amp;");
}

/** @param {string} address */
function decoded(address) {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

/** @param {string} name @param {Markup[]} children @returns {Markup[]} as they may stand there */
function fitted(name, children) {
  if (name === "ul" || name === "ol") return itemsOf(children);
  const blocks = children.filter((child) => typeof child !== "string" || textOf(child).trim());
  const [first, second] = blocks;
  const isAlone = typeof first === "object" && ["p", "div"].includes(first.name);
  const isFollowed = typeof second === "object" && ["ul", "ol"].includes(second.name);
  if (HOLD_TEXT.has(name) && isAlone && (blocks.length === 1 || isFollowed)) return [...first.children, ...blocks.slice(1)];
  return children;
}

/** A list that stands in a list beside its items belongs to the item before. @param {Markup[]} children @returns {Markup[]} */
function itemsOf(children) {
  /** @type {Tag[]} */
  const items = [];
  for (const child of children) {
    if (typeof child === "string") continue;
    const last = items.at(-1);
    if (child.name === "li") items.push(child);
    else if (last) last.children.push(child);
    else items.push(tag("li", [child]));
  }
  return items;
}
