// @ts-check
// Marks of Markdown become formatting while they are typed; one undo puts the characters back.
import { closeHistory, EditorState, Plugin, setBlockType, TextSelection, wrapIn } from "../vendor/prosemirror.js";
import { actions, depthOf } from "./commands.js";
import { schema } from "./schema.js";

/** @import { Command, MarkType, Transaction } from "../vendor/prosemirror.js" */

const { nodes, marks } = schema;

/** At the start of a paragraph, once a space follows. The headline is the article's first level.
 * @type {Record<string, Command>} */
const BLOCKS = {
  "#": setBlockType(nodes.h2),
  "##": setBlockType(nodes.h3),
  "###": setBlockType(nodes.h4),
  "-": /** @type {Command} */ (actions.bullets?.run),
  "*": /** @type {Command} */ (actions.bullets?.run),
  "1.": /** @type {Command} */ (actions.numbers?.run),
  ">": wrapIn(nodes.blockquote),
};

/** Around words, once the last mark is typed. Not in 5*3*2, and not before a blank. @type {[RegExp, MarkType][]} */
const INLINE = [
  [/(?<![\p{L}\p{N}*\\])(\*\*)(?![\s*])[^*\ufffc]*[^\s*\ufffc]\*\*$/u, marks.strong],
  [/(?<![\p{L}\p{N}*\\])(\*)(?![\s*])[^*\ufffc]*[^\s*\ufffc]\*$/u, marks.em],
];

/** @param {EditorState} state just after a character was typed @returns {Transaction | null} */
export function markedUp(state) {
  const { $from, empty } = state.selection;
  if (!empty || $from.parent.type.spec.code || marks.code.isInSet($from.marks())) return null;
  const typed = $from.parent.textBetween(0, $from.parentOffset, null, "\ufffc");
  return blockOf(state, typed) ?? inlineOf(state, typed);
}

/** @param {EditorState} state @param {string} typed */
function blockOf(state, typed) {
  const { $from } = state.selection;
  const command = typed.endsWith(" ") ? BLOCKS[typed.slice(0, -1)] : undefined;
  const isPlain = $from.parent.type === nodes.p || $from.parent.type === nodes.line;
  if (!command || !isPlain || depthOf($from, nodes.li, nodes.td, nodes.th, nodes.caption, nodes.figcaption)) return null;
  const { tr } = state;
  tr.delete($from.start(), $from.pos);
  const without = EditorState.create({ doc: tr.doc, selection: TextSelection.create(tr.doc, $from.start()) });
  const done = command(without, (made) => made.steps.forEach((step) => tr.step(step)));
  return done ? tr : null;
}

/** @param {EditorState} state @param {string} typed */
function inlineOf(state, typed) {
  const { $from } = state.selection;
  for (const [pattern, type] of INLINE) {
    const found = pattern.exec(typed);
    if (!found) continue;
    const length = found[1]?.length ?? 0;
    const start = $from.start() + found.index;
    const { tr } = state;
    tr.delete($from.pos - length, $from.pos).delete(start, start + length);
    return tr.addMark(start, $from.pos - 2 * length, type.create()).removeStoredMark(type);
  }
  return null;
}

/** Each in a step of its own, so that undo takes back the formatting and leaves the characters. */
export function typing() {
  return new Plugin({
    props: {
      handleTextInput(view, from, to, text) {
        if (view.composing) return false;
        const typed = view.state.tr.insertText(text, from, to);
        const made = markedUp(view.state.apply(typed));
        if (!made) return false;
        view.dispatch(typed);
        view.dispatch(closeHistory(made.scrollIntoView()));
        view.dispatch(closeHistory(view.state.tr));
        return true;
      },
    },
  });
}
