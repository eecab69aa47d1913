// @ts-check
// Commands for tables: insert one, add and remove rows and columns, a caption, and Tab from cell to cell.
import { closeHistory, TextSelection } from "../vendor/prosemirror.js";
import { depthOf } from "./commands.js";
import { schema } from "./schema.js";
import { blankCell, TableGrid } from "./table_grid.js";

/** @import { Command, EditorState, EditorView, Node, Transaction } from "../vendor/prosemirror.js" */
/** @import { Action } from "./commands.js" */
/** @import { Values } from "./panel.js" */
/** @import { Cell } from "./table_grid.js" */

const { nodes } = schema;
const MOST_ROWS = 200;
const MOST_COLUMNS = 20;

/** @param {EditorState} state */
export function isTable(state) {
  return depthOf(state.selection.$from, nodes.table) > 0;
}

/** @param {EditorState} state */
function isCell(state) {
  return depthOf(state.selection.$from, nodes.td, nodes.th) > 0;
}

/** The table that the cursor is in, and the cell. @param {EditorState} state */
function tableAt(state) {
  const { $from } = state.selection;
  const depth = depthOf($from, nodes.table);
  if (!depth) return null;
  const grid = new TableGrid($from.node(depth));
  const inner = depthOf($from, nodes.td, nodes.th);
  const own = inner > depth ? $from.node(inner) : null;
  // Two cells may be one and the same node: they are told apart by their place.
  const before = inner > depth ? $from.before(inner) : -1;
  const cell = own ? grid.cells[cellsOf($from.node(depth), $from.before(depth)).indexOf(before)] : undefined;
  return { at: $from.before(depth), table: $from.node(depth), grid, cell };
}

/** @param {Node} table @param {number} at @returns {number[]} where its cells begin, in order */
function cellsOf(table, at) {
  /** @type {number[]} */
  const found = [];
  table.descendants((node, offset) => {
    if (node.type === nodes.td || node.type === nodes.th) found.push(at + 1 + offset);
    return ![nodes.td, nodes.th].includes(node.type);
  });
  return found;
}

/** @param {Transaction} tr @param {number} at @returns {Transaction} with the cursor in what begins there */
function into(tr, at) {
  return tr.setSelection(TextSelection.near(tr.doc.resolve(at + 1))).scrollIntoView();
}

/** @param {(grid: TableGrid, cell: Cell) => {row: number, col: number}} change returns where the cursor goes
 * @param {(state: EditorState) => boolean} [may] asked at each key, so it takes no table apart
 * @returns {Action} */
function changing(change, may = isCell) {
  return {
    run(state, dispatch) {
      if (!dispatch || !may(state)) return may(state);
      const found = tableAt(state);
      if (!found?.cell) return false;
      const target = change(found.grid, found.cell);
      const tr = closeHistory(state.tr); // undone on its own
      const built = found.grid.build();
      const end = found.at + found.table.nodeSize;
      if (!built) return dispatch(tr.delete(found.at, end).scrollIntoView()), true;
      tr.replaceWith(found.at, end, built.table);
      const row = Math.min(target.row, found.grid.rows.length - 1);
      const cell = found.grid.at(row, Math.min(target.col, found.grid.width - 1));
      const index = [...built.places.values()].findIndex((each) => each === cell);
      dispatch(into(tr, cellsOf(built.table, found.at)[Math.max(0, index)] ?? found.at));
      return true;
    },
  };
}

/** Below a header begins the body. @param {TableGrid} grid @param {number} row */
function partBelow(grid, row) {
  const here = grid.rows[row]?.part;
  if (here && here.type !== nodes.thead) return here;
  return grid.rows.find(({ part }) => part.type === nodes.tbody)?.part ?? nodes.tbody.create();
}

/** @type {Record<string, Action>} */
export const tableActions = {
  rowAbove: changing(
    (grid, { row, col }) => {
      grid.addRow(row, grid.rows[row]?.part ?? nodes.tbody.create());
      return { row, col };
    },
    (state) => isCell(state) && !depthOf(state.selection.$from, nodes.thead),
  ),
  rowBelow: changing((grid, cell) => {
    const last = cell.row + cell.rows - 1;
    grid.addRow(last + 1, partBelow(grid, last));
    return { row: last + 1, col: cell.col };
  }),
  columnBefore: changing((grid, { row, col }) => {
    grid.addColumn(col);
    return { row, col };
  }),
  columnAfter: changing((grid, { row, col, cols }) => {
    grid.addColumn(col + cols);
    return { row, col: col + cols };
  }),
  removeRow: changing((grid, { row, col }) => {
    grid.removeRow(row);
    return { row, col };
  }),
  removeColumn: changing((grid, { row, col }) => {
    grid.removeColumn(col);
    return { row, col };
  }),
  headerColumn: {
    ...changing((grid, { row, col }) => {
      grid.toggleHeaderColumn();
      return { row, col };
    }),
    active: (state) => tableAt(state)?.grid.hasHeaderColumn ?? false,
  },
  caption: { run: enterCaption },
  removeTable: {
    run(state, dispatch) {
      if (!dispatch) return isTable(state);
      const found = tableAt(state);
      if (found) dispatch?.(state.tr.delete(found.at, found.at + found.table.nodeSize).scrollIntoView());
      return found !== null;
    },
  },
};

/** To the caption, which is made where there is none. @type {Command} */
function enterCaption(state, dispatch) {
  if (!dispatch) return isTable(state);
  const found = tableAt(state);
  if (!found) return false;
  const { tr } = state;
  if (found.table.firstChild?.type !== nodes.caption) tr.insert(found.at + 1, nodes.caption.create(null, nodes.line.create()));
  dispatch(into(tr, found.at + 1));
  return true;
}

/** From the last cell on there is a new row, or the text below where the last row is still empty. @type {Command} */
export function nextCell(state, dispatch) {
  const found = tableAt(state);
  if (!found) return false;
  const next = cellsOf(found.table, found.at).find((at) => at > state.selection.from);
  if (next !== undefined) return dispatch?.(into(state.tr, next)), true;
  const last = found.grid.rows.at(-1)?.node;
  if (last?.textContent) return tableActions.rowBelow?.run(state, dispatch && ((tr) => dispatch(toRow(tr)))) ?? false;
  if (!dispatch) return true;
  const below = found.at + found.table.nodeSize;
  const tr = state.doc.resolve(below).nodeAfter ? state.tr : state.tr.insert(below, nodes.p.create());
  dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(below))).scrollIntoView());
  return true;
}

/** The cursor in the first cell of its row. @param {Transaction} tr */
function toRow(tr) {
  const { $from } = tr.selection;
  return into(tr, $from.start(depthOf($from, nodes.tr)));
}

/** @type {Command} */
export function previousCell(state, dispatch) {
  const found = tableAt(state);
  const { $from } = state.selection;
  const depth = depthOf($from, nodes.td, nodes.th);
  if (!found || !depth) return false;
  const previous = cellsOf(found.table, found.at).findLast((at) => at < $from.before(depth));
  if (previous !== undefined) dispatch?.(into(state.tr, previous));
  return previous !== undefined;
}

/** @param {EditorView} view @param {Values} values @returns {string} */
export function applyTable(view, { rows = "", columns = "", caption = "" }) {
  const [height, width] = [rows, columns].map((typed) => (/^\d{1,3}$/.test(typed) ? Number(typed) : 0));
  if (!height || !width || height > MOST_ROWS || width > MOST_COLUMNS) return "rows";
  const { tr, selection } = view.state;
  const table = blankTable(height, width, caption);
  const top = selection.$from.depth ? selection.$from.after(1) : selection.to;
  const here = selection.$from.depth === 1 && selection.$from.parent.content.size === 0;
  const at = here ? selection.$from.before() : top;
  tr.replaceWith(at, top, table);
  if (!tr.doc.nodeAt(at + table.nodeSize)) tr.insert(at + table.nodeSize, nodes.p.create());
  view.dispatch(into(tr, cellsOf(table, at)[0] ?? at));
  return "";
}

/** With a header row above `height` others. @param {number} height @param {number} width @param {string} caption */
export function blankTable(height, width, caption) {
  const cells = (/** @type {() => Node} */ make) => nodes.tr.create(null, Array.from({ length: width }, make));
  const head = nodes.thead.create(null, cells(() => blankCell(nodes.th, { scope: "col" })));
  const body = nodes.tbody.create(null, Array.from({ length: height }, () => cells(() => blankCell(nodes.td))));
  const title = caption ? [nodes.caption.create(null, nodes.line.create(null, schema.text(caption)))] : [];
  return nodes.table.create(null, [...title, head, body]);
}
