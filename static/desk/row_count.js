// @ts-check
/** Incremental row counter for a CSV or JSON byte stream: progress, and whether the file is complete. */

const NEWLINE = 10;
const QUOTE = 34;
/** Lines that are not rows: the CSV header; the brackets of the JSON array. */
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

  /** The first line is not a row in either format. */
  get rows() {
    return Math.max(this.#lines - 1, 0);
  }

  /** Whether the file holds `total` rows and its last line is there too. @param {number} total */
  isComplete(total) {
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
