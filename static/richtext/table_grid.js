// @ts-check
// A table as rows and columns, with cells that may span several of them: taken apart, changed, and put together again.
import { schema } from "./schema.js";

/** @import { Node, NodeType } from "../vendor/prosemirror.js" */
/** @typedef {{node: Node, row: number, col: number, rows: number, cols: number}} Cell */
/** @typedef {{node: Node, part: Node}} Row `part` is the thead, tbody or tfoot that it stands in */

const { nodes } = schema;

/** @param {NodeType} type @param {Record<string, string>} [attrs] */
export function blankCell(type, attrs) {
  return type.create(attrs, nodes.line.create());
}

export class TableGrid {
  /** @type {Row[]} */
  rows = [];
  /** @type {Cell[]} in the order of the document */
  cells = [];
  #table;
  /** @type {Map<string, Cell>} which cell covers which place, until something is changed */
  #covered = new Map();

  /** @param {Node} table */
  constructor(table) {
    this.#table = table;
    for (const part of table.children) {
      if (part.type === nodes.caption) continue;
      const first = this.rows.length;
      for (const node of part.children) this.rows.push({ node, part });
      for (let row = first; row < this.rows.length; row++) this.#read(row);
    }
  }

  /** @param {number} row */
  #read(row) {
    let col = 0;
    for (const node of this.rows[row]?.node.children ?? []) {
      while (this.at(row, col)) col++;
      const [rows, cols] = ["rowspan", "colspan"].map((name) => Math.max(1, Number(node.attrs[name]) || 1));
      const cell = { node, row, col, rows: rows ?? 1, cols: cols ?? 1 };
      this.cells.push(cell);
      this.#cover(cell);
    }
  }

  /** @param {Cell} cell */
  #cover(cell) {
    for (const row of span(cell.row, cell.rows)) {
      for (const col of span(cell.col, cell.cols)) this.#covered.set(`${row} ${col}`, cell);
    }
  }

  /** @param {Cell[]} [added] */
  #changed(added = []) {
    this.cells.push(...added);
    this.#covered.clear();
    for (const cell of this.cells) this.#cover(cell);
  }

  get width() {
    return this.cells.reduce((widest, cell) => Math.max(widest, cell.col + cell.cols), 0);
  }

  /** @param {number} row @param {number} col @returns {Cell | undefined} the cell that covers this place */
  at(row, col) {
    return this.#covered.get(`${row} ${col}`);
  }

  /** @param {number} col where the new one stands */
  addColumn(col) {
    const across = this.cells.filter((cell) => cell.col < col && cell.col + cell.cols > col);
    const covered = new Set(across.flatMap((cell) => span(cell.row, cell.rows)));
    const made = this.rows.map((_row, row) => row).filter((row) => !covered.has(row)).map((row) => {
      const beside = this.at(row, col - 1) ?? this.at(row, col);
      const isHead = this.rows[row]?.part.type === nodes.thead || beside?.node.attrs.scope === "col";
      return place(isHead ? blankCell(nodes.th, { scope: "col" }) : blankCell(nodes.td), row, col);
    });
    for (const cell of across) cell.cols++;
    for (const cell of this.cells) if (cell.col >= col) cell.col++;
    this.#changed(made);
  }

  /** @param {number} row where the new one stands @param {Node} part that it stands in */
  addRow(row, part) {
    const across = this.cells.filter((cell) => cell.row < row && cell.row + cell.rows > row);
    const covered = new Set(across.flatMap((cell) => span(cell.col, cell.cols)));
    const made = span(0, this.width).filter((col) => !covered.has(col)).map((col) => {
      const isHead = (this.at(row - 1, col) ?? this.at(row, col))?.node.attrs.scope === "row";
      return place(isHead ? blankCell(nodes.th, { scope: "row" }) : blankCell(nodes.td), row, col);
    });
    for (const cell of across) cell.rows++;
    for (const cell of this.cells) if (cell.row >= row) cell.row++;
    this.#changed(made);
    this.rows.splice(row, 0, { node: nodes.tr.create(), part });
  }

  /** The cells of the first column below the header row. */
  get firstColumn() {
    return this.cells.filter(({ row, col }) => col === 0 && this.rows[row]?.part.type !== nodes.thead);
  }

  /** Whether each row begins with its header. */
  get hasHeaderColumn() {
    const first = this.firstColumn;
    return first.length > 0 && first.every(({ node }) => node.type === nodes.th);
  }

  /** Headers of their rows, or plain cells again. */
  toggleHeaderColumn() {
    const isHeader = this.hasHeaderColumn;
    for (const cell of this.firstColumn) {
      const attrs = { ...cell.node.attrs, scope: "row" };
      cell.node = (isHeader ? nodes.td : nodes.th).create(attrs, cell.node.content);
    }
  }

  /** @param {number} col */
  removeColumn(col) {
    const within = new Set(this.cells.filter((cell) => cell.col <= col && col < cell.col + cell.cols));
    this.cells = this.cells.filter((cell) => cell.cols > 1 || !within.has(cell));
    for (const cell of this.cells) {
      if (within.has(cell)) cell.cols--;
      else if (cell.col > col) cell.col--;
    }
    this.#changed();
  }

  /** A cell that reaches down from it goes on in the next one. @param {number} row */
  removeRow(row) {
    const within = new Set(this.cells.filter((cell) => cell.row <= row && row < cell.row + cell.rows));
    this.cells = this.cells.filter((cell) => cell.rows > 1 || !within.has(cell));
    for (const cell of this.cells) {
      if (within.has(cell)) cell.rows--;
      else if (cell.row > row) cell.row--;
    }
    this.rows.splice(row, 1);
    this.#changed();
  }

  /** @returns {{table: Node, places: Map<Node, Cell>} | null} the new table and its cells; null when none is left */
  build() {
    if (!this.rows.length || !this.cells.length) return null;
    /** @type {Map<Node, Cell>} */
    const places = new Map();
    /** @type {Cell[][]} */
    const byRow = this.rows.map(() => []);
    for (const cell of this.cells) byRow[cell.row]?.push(cell);
    const rows = this.rows.map(({ node, part }, row) => {
      const inside = (byRow[row] ?? []).sort((one, other) => one.col - other.col);
      const made = inside.map((cell) => {
        const spans = { rowspan: spanOf(cell.node, "rowspan", cell.rows), colspan: spanOf(cell.node, "colspan", cell.cols) };
        const built = cell.node.type.create({ ...cell.node.attrs, ...spans }, cell.node.content);
        places.set(built, cell);
        return built;
      });
      return { part, node: nodes.tr.create(node.attrs, made) };
    });
    const parts = [...new Set(rows.map(({ part }) => part))].map((part) =>
      part.type.create(part.attrs, rows.filter((row) => row.part === part).map(({ node }) => node)));
    const captions = this.#table.children.filter((child) => child.type === nodes.caption);
    return { table: nodes.table.create(this.#table.attrs, [...captions, ...parts]), places };
  }
}

/** @param {Node} node @param {number} row @param {number} col @returns {Cell} */
function place(node, row, col) {
  return { node, row, col, rows: 1, cols: 1 };
}

/** @param {number} start @param {number} length */
function span(start, length) {
  return Array.from({ length }, (_none, index) => start + index);
}

/** As it was written, where it still holds. @param {Node} node @param {string} name @param {number} count */
function spanOf(node, name, count) {
  const before = node.attrs[name];
  return Number(before ?? 1) === count ? before : count === 1 ? null : String(count);
}
