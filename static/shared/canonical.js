// @ts-check
// Canonical text of an element, equal to newsroom/text/canonical.py for the same HTML. The only place that sees UTF-16.

// The same lists stand in newsroom/text/canonical.py.
const BLOCKS = new Set(
  ("address article aside blockquote caption dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header " +
    "hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul").split(" "),
);
const SKIPPED = new Set("button noscript script select style svg template textarea".split(" "));

/** A stretch of text that stands unbroken in one node: text[at…] is node.data[from…to]. A <br> has from = to = 0.
 * @typedef {{at: number, node: Node, from: number, to: number}} Run */

export class CanonicalText {
  #text = "";
  /** @type {string | undefined} */
  #drop;
  #open = false; // the block has text
  #inLine = false; // the line has text
  /** @type {(() => void) | null} a space that is kept if a word follows */
  #space = null;
  /** @type {Run[]} */
  runs = [];

  /** @param {Element} root @param {string} [drop] selector of what is no part of its text */
  constructor(root, drop) {
    this.#drop = drop;
    this.#walk(root, !!root.closest("pre"));
  }

  get text() {
    return this.#text;
  }

  /** The code point offset of a DOM boundary point, or of the nearest kept character that follows it.
   * @param {Node} node @param {number} offset @returns {number} */
  offsetOf(node, offset) {
    const point = new Range();
    point.setStart(node, offset);
    const run = this.runs.find((run) => point.comparePoint(run.node, run.to) >= 0);
    const at = run ? run.at + (run.node === node ? Math.max(0, offset - run.from) : 0) : this.#text.length;
    return [...this.#text.slice(0, at)].length;
  }

  /** @param {Node} parent @param {boolean} pre */
  #walk(parent, pre) {
    for (const node of parent.childNodes) {
      if (node instanceof Text) this.#read(node, pre);
      if (!(node instanceof Element) || SKIPPED.has(node.localName) || (this.#drop && node.matches(this.#drop))) continue;
      if (node.localName === "br") this.#break(node);
      const block = BLOCKS.has(node.localName);
      if (block) this.#close();
      this.#walk(node, pre || node.localName === "pre");
      if (block) this.#close();
    }
  }

  /** White space collapses to one space and is dropped at a block's start and end and beside a <br>.
   * @param {Text} node @param {boolean} pre */
  #read(node, pre) {
    for (const { 0: part, index } of node.data.matchAll(pre ? /[^]+/g : /[ \t\n\f\r]+|[^ \t\n\f\r]+/g)) {
      if (pre || !/[ \t\n\f\r]/.test(part)) this.#add(part, node, index);
      else if (this.#inLine) this.#space ??= () => this.#add(" ", node, index);
    }
  }

  /** @param {Node} br */
  #break(br) {
    this.#space = null;
    this.#add("\n", br, 0);
    this.#inLine = false;
  }

  #close() {
    this.#space = null;
    this.#inLine = this.#open = false;
  }

  /** @param {string} part @param {Node} node @param {number} from */
  #add(part, node, from) {
    const space = this.#space;
    this.#space = null;
    space?.();
    if (!this.#open && this.#text) this.#text += "\n\n";
    this.#inLine = this.#open = true;
    const to = node instanceof Text ? from + part.length : 0;
    const last = this.runs.at(-1);
    if (to && last?.node === node && last.to === from) last.to = to;
    else this.runs.push({ at: this.#text.length, node, from, to });
    this.#text += part;
  }
}
