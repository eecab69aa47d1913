// Tables are made, grow and shrink by rows and columns; cells that span several keep their place.
import assert from "node:assert/strict";
import { test } from "node:test";
import { serialise } from "../../../static/richtext/html.js";
import { schema } from "../../../static/richtext/schema.js";
import { applyTable, blankTable, nextCell, previousCell, tableActions } from "../../../static/richtext/tables.js";
import { EditorState, TextSelection } from "../../../static/vendor/prosemirror.js";

const { nodes } = schema;
const line = (/** @type {string} */ text) => nodes.line.create(null, text ? schema.text(text) : null);
const td = (/** @type {string} */ text, /** @type {any} */ attrs = null) => nodes.td.create(attrs, line(text));
const th = (/** @type {string} */ text, /** @type {any} */ attrs = { scope: "col" }) => nodes.th.create(attrs, line(text));
const tr = (/** @type {any[]} */ ...cells) => nodes.tr.create(null, cells);
const HEAD = nodes.thead.create(null, tr(th("A"), th("B")));
const SIMPLE = nodes.table.create(null, [HEAD, nodes.tbody.create(null, [tr(td("1"), td("2")), tr(td("3"), td("4"))])]);

/** With the cursor behind a text. */
class Editor {
  /** @param {any} table @param {string} [text] */
  constructor(table, text = "") {
    this.state = EditorState.create({ doc: nodes.doc.create(null, [table]) });
    this.dispatch = (/** @type {any} */ transaction) => { this.state = this.state.apply(transaction); };
    this.state.doc.descendants((node, at) => {
      if (text && node.isText && node.text === text) this.dispatch(this.state.tr.setSelection(TextSelection.create(this.state.doc, at + 1)));
    });
  }

  /** @param {...string} names */
  press(...names) {
    for (const name of names) assert.ok(tableActions[name]?.run(this.state, this.dispatch), name);
    return this;
  }

  /** @param {string} text */
  type(text) {
    this.dispatch(this.state.tr.insertText(text));
    return this;
  }

  /** Rows as text: headers in brackets, spans behind the cell. */
  get rows() {
    /** @type {string[]} */
    const found = [];
    this.state.doc.descendants((node) => {
      if (node.type !== nodes.tr) return;
      found.push(node.children.map((cell) => {
        const { rowspan, colspan, scope } = cell.attrs;
        const spans = `${rowspan ? `v${rowspan}` : ""}${colspan ? `>${colspan}` : ""}`;
        return (cell.type === nodes.th ? `[${cell.textContent} ${scope}]` : cell.textContent || "_") + spans;
      }).join(" "));
    });
    return found.join(" | ");
  }
}

test("a new table has a header row, a caption where one is given, and the cursor in its first cell", () => {
  const editor = new Editor(nodes.p.create());
  const view = /** @type {any} */ ({ get state() { return editor.state; }, dispatch: editor.dispatch });
  assert.equal(applyTable(view, { rows: "1", columns: "2", caption: "Cap" }), "");
  assert.equal(
    serialise(editor.type("x").state.doc).replaceAll("\n", ""),
    '<table><caption>Cap</caption><thead><tr><th scope="col">x</th><th scope="col"></th></tr></thead>' +
      "<tbody><tr><td></td><td></td></tr></tbody></table>",
  );
  for (const rows of ["0", "", "x", "201"]) assert.equal(applyTable(view, { rows, columns: "2" }), "rows");
});

for (const [text, presses, rows] of [
  ["1", ["rowBelow"], "[A col] [B col] | 1 2 | x _ | 3 4"],
  ["1", ["rowAbove"], "[A col] [B col] | x _ | 1 2 | 3 4"],
  ["4", ["rowBelow"], "[A col] [B col] | 1 2 | 3 4 | _ x"],
  ["A", ["rowBelow"], "[A col] [B col] | x _ | 1 2 | 3 4"],
  ["A", ["columnAfter"], "[A col] [x col] [B col] | 1 _ 2 | 3 _ 4"],
  ["2", ["columnAfter"], "[A col] [B col] [ col] | 1 2 x | 3 4 _"],
  ["1", ["columnBefore"], "[ col] [A col] [B col] | x 1 2 | _ 3 4"],
  ["1", ["removeRow"], "[A col] [B col] | 3x 4"],
  ["2", ["removeColumn"], "[A col] | 1x | 3"],
  ["3", ["removeRow", "removeRow"], "[A col] [B col]"],
  ["2", ["headerColumn"], "[A col] [B col] | [1 row] 2x | [3 row] 4"],
  ["2", ["headerColumn", "rowBelow"], "[A col] [B col] | [1 row] 2 | [ row] x | [3 row] 4"],
  ["A", ["headerColumn", "columnAfter"], "[A col] [x col] [B col] | [1 row] _ 2 | [3 row] _ 4"],
  ["2", ["headerColumn", "headerColumn"], "[A col] [B col] | 1 2x | 3 4"],
]) {
  test(`${presses} at ${text}`, () => {
    const editor = new Editor(SIMPLE, /** @type {string} */ (text)).press(.../** @type {string[]} */ (presses));
    if (/x/.test(/** @type {string} */ (rows))) {
      const { $from } = editor.state.selection;
      editor.dispatch(editor.state.tr.insertText("x", $from.end()));
    }
    assert.equal(editor.rows, rows);
  });
}

test("cells that span others grow, shrink and go on below", () => {
  const body = nodes.tbody.create(null, [tr(td("a", { rowspan: "2" }), td("b")), tr(td("c"))]);
  const spanned = nodes.table.create(null, [nodes.thead.create(null, tr(th("H", { scope: "col", colspan: "2" }))), body]);
  assert.equal(new Editor(spanned, "b").rows, "[H col]>2 | av2 b | c");
  assert.equal(new Editor(spanned, "b").press("rowBelow").rows, "[H col]>2 | av3 b | _ | c");
  assert.equal(new Editor(spanned, "a").press("columnAfter").rows, "[H col]>3 | av2 _ b | _ c");
  assert.equal(new Editor(spanned, "b").press("removeRow").rows, "[H col]>2 | a c");
  assert.equal(new Editor(spanned, "b").press("removeColumn").rows, "[H col] | av2 | ");
});

test("the last row and the last column take the table along, and so does its button", () => {
  for (const press of ["removeRow", "removeColumn", "removeTable"]) {
    const one = nodes.table.create(null, nodes.tbody.create(null, tr(td("1"))));
    const editor = new Editor(nodes.p.create());
    editor.state = EditorState.create({ doc: nodes.doc.create(null, [one, nodes.p.create()]) });
    editor.dispatch(editor.state.tr.setSelection(TextSelection.create(editor.state.doc, 5)));
    assert.equal(serialise(editor.press(press).state.doc), "");
  }
});

test("nothing stands above a header row", () => {
  assert.equal(tableActions.rowAbove?.run(new Editor(SIMPLE, "A").state), false);
  assert.equal(tableActions.rowBelow?.run(new Editor(nodes.p.create(null, schema.text("a"))).state), false);
});

test("a caption is made once", () => {
  const editor = new Editor(SIMPLE, "1").press("caption").type("Cap");
  editor.press("caption");
  assert.match(serialise(editor.state.doc), /^<table><caption>Cap<\/caption>/);
  assert.equal(editor.state.selection.$from.parent.textContent, "Cap");
});

test("Tab goes from cell to cell, makes a row behind the last, and leaves an empty one", () => {
  const editor = new Editor(SIMPLE, "3");
  const here = () => editor.state.selection.$from.parent.textContent;
  assert.ok(nextCell(editor.state, editor.dispatch));
  assert.equal(here(), "4");
  assert.ok(previousCell(editor.state, editor.dispatch));
  assert.equal(here(), "3");
  nextCell(editor.state, editor.dispatch);
  nextCell(editor.state, editor.dispatch);
  assert.equal(editor.rows, "[A col] [B col] | 1 2 | 3 4 | _ _");
  nextCell(editor.state, editor.dispatch);
  nextCell(editor.state, editor.dispatch);
  assert.equal(editor.state.selection.$from.parent.type, nodes.p);
  assert.equal(nextCell(editor.state), false);
  assert.equal(previousCell(new Editor(SIMPLE, "A").state), false);
  assert.equal(blankTable(2, 3, "").childCount, 2);
});
