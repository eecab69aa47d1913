// Marks of Markdown, typed character by character, and taken back by one undo.
import assert from "node:assert/strict";
import { test } from "node:test";
import { serialise } from "../../../static/richtext/html.js";
import { schema } from "../../../static/richtext/schema.js";
import { typing } from "../../../static/richtext/typing.js";
import { EditorState, history, TextSelection, undo } from "../../../static/vendor/prosemirror.js";

const { nodes, marks } = schema;

/** What a view does with keys, without a page. */
class Hands {
  composing = false;
  plugin = typing();

  /** @param {any[]} blocks */
  constructor(blocks) {
    const doc = nodes.doc.create(null, blocks);
    this.state = EditorState.create({ doc, selection: TextSelection.atEnd(doc), plugins: [history()] });
    this.dispatch = (/** @type {any} */ transaction) => { this.state = this.state.apply(transaction); };
  }

  /** @param {string} keys */
  type(keys) {
    for (const key of keys) {
      const { from, to } = this.state.selection;
      const handled = this.plugin.props.handleTextInput?.call(this.plugin, /** @type {any} */ (this), from, to, key, () => this.state.tr);
      if (!handled) this.dispatch(this.state.tr.insertText(key, from, to));
    }
    return this;
  }

  get html() {
    return serialise(this.state.doc).replaceAll("\n", "");
  }
}

const typed = (/** @type {string} */ keys, /** @type {any} */ block = nodes.p.create()) => new Hands([block]).type(keys);

for (const [keys, html] of [
  ["# One", "<h2>One</h2>"],
  ["## One", "<h3>One</h3>"],
  ["### One", "<h4>One</h4>"],
  ["- One", "<ul><li>One</li></ul>"],
  ["* One", "<ul><li>One</li></ul>"],
  ["1. One", "<ol><li>One</li></ol>"],
  ["> One", "<blockquote><p>One</p></blockquote>"],
  ["a **bold** b", "<p>a <strong>bold</strong> b</p>"],
  ["*it* (*it*)", "<p><em>it</em> (<em>it</em>)</p>"],
  ["„**два слова**“", "<p>„<strong>два слова</strong>“</p>"],
  ["2. May", "<p>2. May</p>"],
  ["5*3*2 and 2 * 3 * 4", "<p>5*3*2 and 2 * 3 * 4</p>"],
  ["** a** and * b*", "<p>** a** and * b*</p>"],
  ["#One, a # b", "<p>#One, a # b</p>"],
]) {
  test(`${keys} is ${html}`, () => assert.equal(typed(keys).html, html));
}

for (const [keys, html] of [
  ["# ", "<p># </p>"],
  ["- ", "<p>- </p>"],
  ["> ", "<p>&gt; </p>"],
  ["a **bold**", "<p>a **bold**</p>"],
  ["*it*", "<p>*it*</p>"],
]) {
  test(`one undo puts ${keys} back, also after more was typed and undone`, () => {
    for (const more of ["", "x"]) {
      const hands = typed(keys + more);
      if (more) undo(hands.state, hands.dispatch);
      undo(hands.state, hands.dispatch);
      assert.equal(hands.html, html);
    }
  });
}

test("code, items, cells and captions keep what was typed", () => {
  assert.equal(typed("# *a*", nodes.pre.create()).html, "<pre># *a*</pre>");
  assert.equal(typed("- a", nodes.ul.create(null, nodes.li.create(null, nodes.line.create()))).html, "<ul><li>- a</li></ul>");
  const inCode = nodes.p.create(null, schema.text("x", [marks.code.create()]));
  assert.match(typed(" *a*", inCode).html, /\*a\*/);
});
