// @ts-check
// ProseMirror commands behind the toolbar's buttons, and the keymap.
import {
  baseKeymap,
  chainCommands,
  exitCode,
  liftListItem,
  liftTarget,
  redo,
  setBlockType,
  sinkListItem,
  splitListItem,
  TextSelection,
  toggleMark,
  undo,
  wrapIn,
  wrapInList,
} from "../vendor/prosemirror.js";
import { schema } from "./schema.js";

/** @import { Command, EditorState, MarkType, NodeType, ResolvedPos, Transaction } from "../vendor/prosemirror.js" */
/** What a button does, and whether it shows as pressed.
 * @typedef {{run: Command, active?: (state: EditorState) => boolean}} Action */

const { nodes, marks } = schema;

/** @param {ResolvedPos} at @param {...NodeType} types @returns {number} depth of the innermost such node, or 0 */
export function depthOf(at, ...types) {
  for (let depth = at.depth; depth > 0; depth--) if (types.includes(at.node(depth).type)) return depth;
  return 0;
}

/** @param {MarkType} type @returns {Action} */
function mark(type) {
  return { run: toggleMark(type), active: (state) => hasMark(state, type) };
}

/** @param {EditorState} state @param {MarkType} type @returns {boolean} */
export function hasMark(state, type) {
  const { from, to, empty, $from } = state.selection;
  if (empty) return !!type.isInSet(state.storedMarks ?? $from.marks());
  return state.doc.rangeHasMark(from, to, type);
}

/** A bare line is a paragraph to whoever writes. @param {EditorState} state @param {NodeType} type */
function isBlock(state, type) {
  const here = state.selection.$from.parent.type;
  return here === type || (type === nodes.p && here === nodes.line);
}

/** Pressing a heading again makes it a paragraph. @param {NodeType} type @returns {Action} */
function blockType(type) {
  return {
    run: (state, dispatch) => setBlockType(isBlock(state, type) ? nodes.p : type)(state, dispatch),
    active: (state) => isBlock(state, type),
  };
}

/** @param {NodeType} type @returns {Action} */
function list(type) {
  /** @param {EditorState} state */
  const here = (state) => {
    const { $from } = state.selection;
    return $from.node(depthOf($from, nodes.ul, nodes.ol)).type;
  };
  return {
    run: (state, dispatch) => {
      if (here(state) === type) return leaveList(state, dispatch);
      return here(state) === nodes.doc ? enterList(type)(state, dispatch) : changeList(type)(state, dispatch);
    },
    active: (state) => here(state) === type,
  };
}

/** New items hold bare text, as they do in a list written by hand. @param {NodeType} type @returns {Command} */
function enterList(type) {
  return (state, dispatch) =>
    wrapInList(type)(state, dispatch && ((made) => dispatch(retype(made, nodes.li, nodes.p, nodes.line))));
}

/** @type {Command} */
function leaveList(state, dispatch) {
  return liftListItem(nodes.li)(
    state,
    dispatch && ((made) => dispatch(retype(made, nodes.doc, nodes.line, nodes.p))),
  );
}

/** Changes the node type of the selected children of a parent, except of those with attributes.
 * @param {Transaction} transaction @param {NodeType} within @param {NodeType} from @param {NodeType} to */
function retype(transaction, within, from, to) {
  const { selection } = transaction;
  transaction.doc.nodesBetween(selection.from, selection.to, (node, at, parent) => {
    const plain = Object.values(node.attrs).every((value) => value === null);
    if (parent?.type === within && node.type === from && plain) transaction.setNodeMarkup(at, to);
  });
  return transaction;
}

/** @param {NodeType} type @returns {Command} */
function changeList(type) {
  return (state, dispatch) => {
    const { $from } = state.selection;
    dispatch?.(state.tr.setNodeMarkup($from.before(depthOf($from, nodes.ul, nodes.ol)), type));
    return true;
  };
}

/** @type {Command} */
function toggleQuote(state, dispatch) {
  const { $from, $to } = state.selection;
  const quoted = $from.blockRange($to, (node) => node.type === nodes.blockquote);
  if (!quoted) return wrapIn(nodes.blockquote)(state, dispatch);
  const target = liftTarget(quoted);
  if (target === null) return false;
  dispatch?.(state.tr.lift(quoted, target).scrollIntoView());
  return true;
}

/** @type {Command} */
function breakLine(state, dispatch) {
  dispatch?.(state.tr.replaceSelectionWith(nodes.br.create()).scrollIntoView());
  return true;
}

/** Enter ends a caption and goes on below the figure. @type {Command} */
function leaveCaption(state, dispatch) {
  const { $from } = state.selection;
  const depth = depthOf($from, nodes.figure);
  if (!depth || !depthOf($from, nodes.figcaption)) return false;
  const below = $from.after(depth);
  const transaction = state.tr.insert(below, nodes.p.create());
  dispatch?.(transaction.setSelection(TextSelection.create(transaction.doc, below + 1)).scrollIntoView());
  return true;
}

/** @type {Record<string, Action>} */
export const actions = {
  paragraph: blockType(nodes.p),
  heading2: blockType(nodes.h2),
  heading3: blockType(nodes.h3),
  bold: mark(marks.strong),
  italic: mark(marks.em),
  bullets: list(nodes.ul),
  numbers: list(nodes.ol),
  quote: { run: toggleQuote, active: (state) => depthOf(state.selection.$from, nodes.blockquote) > 0 },
  undo: { run: undo },
  redo: { run: redo },
};

/** Tab is left alone outside tables: it is how a keyboard leaves the field. @type {Record<string, Command>} */
export const keys = {
  ...baseKeymap,
  Enter: chainCommands(leaveCaption, splitListItem(nodes.li), baseKeymap.Enter ?? exitCode),
  "Shift-Enter": chainCommands(exitCode, breakLine),
  "Mod-b": toggleMark(marks.strong),
  "Mod-i": toggleMark(marks.em),
  "Mod-z": undo,
  "Mod-y": redo,
  "Shift-Mod-z": redo,
  "Mod-]": sinkListItem(nodes.li),
  "Mod-[": liftListItem(nodes.li),
};
