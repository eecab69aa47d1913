// What the rich-text field needs of ProseMirror, gathered in one file for the browser.
//
// Only foreign code goes into the bundle. The schema, the reading and writing of HTML and the toolbar are ours and
// stand as plain modules under static/richtext/, so that a change to them needs no build, and a reviewer of the
// minified file has nothing of ours to look for in it.
export { baseKeymap, chainCommands, exitCode, setBlockType, toggleMark, wrapIn } from "prosemirror-commands";
export { gapCursor } from "prosemirror-gapcursor";
export { closeHistory, history, redo, redoDepth, undo, undoDepth } from "prosemirror-history";
export { keymap } from "prosemirror-keymap";
export { DOMParser, Fragment, Mark, MarkType, Node, NodeType, ResolvedPos, Schema, Slice } from "prosemirror-model";
export type { Attrs, MarkSpec, NodeSpec } from "prosemirror-model";
export { liftListItem, sinkListItem, splitListItem, wrapInList } from "prosemirror-schema-list";
export { EditorState, NodeSelection, Plugin, TextSelection } from "prosemirror-state";
export type { Command, Transaction } from "prosemirror-state";
export { liftTarget } from "prosemirror-transform";
export { EditorView } from "prosemirror-view";
