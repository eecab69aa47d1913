// @ts-check
// Lists in what Word copies: paragraphs that name their list and level, with a bullet or a number written in them.
import { isBlank, styleOf, tag, textOf } from "./markup.js";

/** @import { Markup, Tag } from "./markup.js" */
/** @typedef {{level: number, key: string, start: number | null, children: Markup[]}} Item */

const LISTED = /\b(l\d+)\s+level(\d+)/;
const MARKER = /^(?:\s|&nbsp;)*([·•▪■§o–-]|\(?(?:\d{1,3}|[a-z]|[ivx]+)[.)])(?:\s|&nbsp;|\u00a0)+/i;

/** @param {Markup[]} nodes siblings @returns {Markup[]} the same, with lists in place of paragraphs that are items */
export function withLists(nodes) {
  /** @type {Markup[]} */
  const made = [];
  /** @type {{key: string, list: Tag}[]} the lists that are open, the outermost first */
  let open = [];
  for (const node of nodes) {
    const item = typeof node === "string" ? null : itemOf(node);
    if (!item && open.length && isBlank(node)) continue;
    if (!item) open = [];
    if (!item) made.push(node);
    else open = addItem(made, open, item);
  }
  return made;
}

/** @param {Markup[]} made @param {{key: string, list: Tag}[]} open @param {Item} item */
function addItem(made, open, item) {
  const kept = open.slice(0, item.level);
  if (kept.length === item.level && kept.at(-1)?.key !== item.key) kept.pop();
  if (kept.length < item.level) {
    const list = tag(item.start === null ? "ul" : "ol");
    if (item.start !== null && item.start !== 1) list.attrs.set("start", String(item.start));
    const last = kept.at(-1)?.list.children.at(-1);
    (typeof last === "object" ? last.children : made).push(list);
    kept.push({ key: item.key, list });
  }
  kept.at(-1)?.list.children.push(tag("li", item.children));
  return kept;
}

/** @param {Tag} node @returns {Item | null} */
function itemOf(node) {
  const listed = LISTED.exec(styleOf(node).get("mso-list") ?? "");
  const isItem = node.name === "p" && (listed || /MsoListParagraph/i.test(node.attrs.get("class") ?? ""));
  if (!isItem) return null;
  const cut = withoutMarker(node.children);
  if (!cut) return null;
  const [, number, letter] = /^\(?(?:(\d+)|([a-z]+))[.)]$/i.exec(cut.marker) ?? [];
  const start = number ? Number(number) : letter ? 1 : null;
  return { level: Number(listed?.[2] ?? 1), key: `${listed?.[1]} ${start === null}`, start, children: cut.children };
}

/** @param {Markup[]} nodes @returns {{marker: string, children: Markup[]} | null} null where there is no marker */
function withoutMarker(nodes) {
  const at = nodes.findIndex((node) => !isBlank(node));
  const first = nodes[at];
  if (first === undefined) return null;
  const rest = nodes.slice(at + 1);
  if (typeof first === "string") {
    const marker = MARKER.exec(first);
    return marker && { marker: marker[1] ?? "", children: [first.slice(marker[0].length), ...rest] };
  }
  if (styleOf(first).get("mso-list") === "ignore") {
    return { marker: textOf(first).replaceAll("&nbsp;", " ").trim(), children: rest };
  }
  const inside = withoutMarker(first.children);
  return inside && { marker: inside.marker, children: [{ ...first, children: inside.children }, ...rest] };
}
