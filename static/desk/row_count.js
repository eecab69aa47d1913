// @ts-check
/** Counts the rows of an export as its bytes come in. */

const NEWLINE = 10;
const QUOTE = 34;
/** Lines that are no row: the names of a CSV file's columns; the brackets of a JSON array. */
const FRAME = { csv: 1, json: 2 };

/** @typedef {keyof typeof FRAME} Format */

export class RowCount {
  #lines = 0;
  #inQuotes = false;
  /** @type {Format} */
  #format;

  /** @param {Format} format */
  constructor(format) {
    this.#format = format;
  }

  /** The first line is no row in either format. */
  get rows() {
    return Math.max(this.#lines - 1, 0);
  }

  /** Whether the file holds `total` rows and its last line is there too. @param {number} total */
  isWhole(total) {
    return this.#lines === total + FRAME[this.#format];
  }

  /** UTF-8 has these two bytes for these two characters alone. @param {Uint8Array} bytes */
  add(bytes) {
    // A cell may hold line ends between quotation marks; in JSON they are escaped, and so may the marks be.
    const quotes = this.#format === "csv";
    for (const byte of bytes) {
      if (byte === QUOTE && quotes) this.#inQuotes = !this.#inQuotes;
      else if (byte === NEWLINE && !this.#inQuotes) this.#lines += 1;
    }
  }
}
