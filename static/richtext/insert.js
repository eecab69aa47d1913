// @ts-check
// Insert, edit and remove links and figures; the values their panels show.
import { TextSelection } from "../vendor/prosemirror.js";
import { wholeAddress } from "./addresses.js";
import { depthOf, hasMark } from "./commands.js";
import { isOwnPicture, schema } from "./schema.js";

/** @import { EditorState, EditorView, Mark, Node } from "../vendor/prosemirror.js" */
/** @import { Values } from "./panel.js" */
/** @typedef {{at: number, node: Node}} Place */
/** @typedef {Place & {image: Place | null, caption: Place | null}} Figure */

const { nodes, marks } = schema;

/** The link under the cursor or in the selection, with its ends. @param {EditorState} state */
function linkAt(state) {
  const { from, to, empty, $from } = state.selection;
  /** @type {{mark: Mark, from: number, to: number} | null} */
  let found = null;
  const block = { from: empty ? $from.start() : from, to: empty ? $from.end() : to };
  state.doc.nodesBetween(block.from, block.to, (node, at) => {
    const mark = marks.a.isInSet(node.marks);
    if (!mark) return;
    if (found?.to === at && found.mark.eq(mark)) found.to = at + node.nodeSize;
    else if (!found || found.to < from) found = { mark, from: at, to: at + node.nodeSize };
  });
  const link = /** @type {{mark: Mark, from: number, to: number} | null} */ (found);
  return link && link.from <= to && link.to >= from ? link : null;
}

/** @param {EditorState} state @returns {Values | null} null when there is no link */
export function linkValues(state) {
  const link = linkAt(state);
  return link && { href: link.mark.attrs.href };
}

/** @param {EditorView} view @param {Values} values @returns {string} */
export function applyLink(view, values) {
  const typed = values.href ?? "";
  const href = wholeAddress(typed);
  if (!href) return "address";
  const { state } = view;
  const link = linkAt(state);
  const { from, to, empty } = state.selection;
  const mark = marks.a.create({ ...(link?.mark.attrs ?? {}), href });
  const { tr } = state;
  if (!empty) tr.addMark(from, to, mark);
  else if (link) tr.addMark(link.from, link.to, mark);
  else tr.insert(from, schema.text(typed, [...(state.storedMarks ?? state.selection.$from.marks()), mark]));
  view.dispatch(tr.removeStoredMark(marks.a).scrollIntoView());
  return "";
}

/** @param {EditorView} view */
export function removeLink(view) {
  const link = linkAt(view.state);
  const { from, to } = view.state.selection;
  if (link) view.dispatch(view.state.tr.removeMark(Math.min(from, link.from), Math.max(to, link.to), marks.a));
}

/** @param {EditorState} state */
export function isLink(state) {
  return hasMark(state, marks.a) || linkAt(state) !== null;
}

/** @param {EditorState} state @returns {Figure | null} the figure that the cursor is in */
function figureAt(state) {
  const { $from } = state.selection;
  const depth = depthOf($from, nodes.figure);
  if (!depth) return null;
  /** @type {Figure} */
  const figure = { at: $from.before(depth), node: $from.node(depth), image: null, caption: null };
  figure.node.descendants((node, offset) => {
    const place = { at: figure.at + 1 + offset, node };
    if (node.type === nodes.img) figure.image ??= place;
    if (node.type === nodes.figcaption) figure.caption ??= place;
  });
  return figure;
}

/** @param {EditorState} state */
export function isFigure(state) {
  return figureAt(state) !== null;
}

/** @param {EditorState} state @returns {Values | null} null when the cursor is in no figure */
export function figureValues(state) {
  const figure = figureAt(state);
  const image = figure?.image?.node.attrs;
  return figure && { src: image?.src ?? "", alt: image?.alt ?? "", caption: figure.caption?.node.textContent ?? "" };
}

/** @param {EditorView} view @param {Values} values @returns {Promise<string>} */
export async function applyFigure(view, values) {
  const { alt = "", caption = "" } = values;
  const src = values.src ? pathOf(values.src) : "";
  const size = src ? await measure(src) : {};
  if (src === null || !size || !(src || caption)) return "picture";
  setFigure(view, { src, alt, ...size }, caption);
  return "";
}

/** The figure that the cursor is in, or a new one. @param {EditorView} view @param {Record<string, string>} attrs @param {string} caption */
export function setFigure(view, attrs, caption) {
  const figure = figureAt(view.state);
  if (figure) changeFigure(view, figure, attrs, caption);
  else insertFigure(view, attrs, caption);
}

/** An address copied from the browser's own bar is kept without the name of the site.
 * @param {string} address @returns {string | null} null when it is of another site */
function pathOf(address) {
  if (!isOwnPicture(address)) return null;
  const { pathname, search } = new URL(address, location.href);
  return pathname + search;
}

/** Its size in pixels, or null when there is no picture.
 * @param {string} src @returns {Promise<{width: string, height: string} | null>} */
async function measure(src) {
  const probe = new Image();
  probe.src = src;
  try {
    await probe.decode();
    return { width: String(probe.naturalWidth), height: String(probe.naturalHeight) };
  } catch {
    return null;
  }
}

/** @param {EditorView} view @param {Record<string, string>} attrs @param {string} caption */
function insertFigure(view, attrs, caption) {
  const picture = attrs.src ? [nodes.line.create(null, nodes.img.create(attrs))] : [];
  const figure = nodes.figure.create(null, caption ? [...picture, captionOf(caption)] : picture);
  const { tr, selection } = view.state;
  const top = selection.$from.depth ? selection.$from.after(1) : selection.to;
  const here = selection.$from.depth === 1 && selection.$from.parent.content.size === 0;
  if (here) tr.replaceWith(selection.$from.before(), top, figure);
  else tr.insert(top, figure);
  const below = (here ? selection.$from.before() : top) + figure.nodeSize;
  if (!tr.doc.nodeAt(below)) tr.insert(below, nodes.p.create());
  view.dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(below))).scrollIntoView());
}

/** @param {EditorView} view @param {Figure} figure @param {Record<string, string>} attrs @param {string} caption */
function changeFigure(view, figure, attrs, caption) {
  const { tr } = view.state;
  // From the end to the front, so that the places found before stay true.
  if (!figure.caption && caption) tr.insert(figure.at + figure.node.nodeSize - 1, captionOf(caption));
  else if (figure.caption && caption !== figure.caption.node.textContent) {
    const { at, node } = figure.caption;
    tr.replaceWith(at, at + node.nodeSize, caption ? captionOf(caption) : []);
  }
  const image = figure.image && tr.mapping.map(figure.image.at);
  if (image !== null && attrs.src) tr.setNodeMarkup(image, null, { ...figure.image?.node.attrs, ...attrs });
  else if (image === null && attrs.src) tr.insert(figure.at + 1, nodes.line.create(null, nodes.img.create(attrs)));
  view.dispatch(tr.scrollIntoView());
}

/** @param {string} text */
function captionOf(text) {
  return nodes.figcaption.create(null, nodes.line.create(null, schema.text(text)));
}

/** @param {EditorView} view */
export function removeFigure(view) {
  const figure = figureAt(view.state);
  if (figure) view.dispatch(view.state.tr.delete(figure.at, figure.at + figure.node.nodeSize).scrollIntoView());
}
