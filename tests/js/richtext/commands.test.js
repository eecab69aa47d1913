// Toolbar commands: each is set, shown as pressed, and taken back by a second press.
import assert from "node:assert/strict";
import { test } from "node:test";
import { actions, keys } from "../../../static/richtext/commands.js";
import { serialise } from "../../../static/richtext/html.js";
import { schema } from "../../../static/richtext/schema.js";
import { EditorState, TextSelection } from "../../../static/vendor/prosemirror.js";

const { nodes } = schema;
const paragraph = (/** @type {string} */ text) => nodes.p.create(null, text ? schema.text(text) : null);

/** A state whose selection covers all of the document's text. @param {import("../../../static/vendor/prosemirror.js").Node[]} blocks */
function selected(...blocks) {
  const doc = nodes.doc.create(null, blocks);
  const state = EditorState.create({ doc });
  return state.apply(state.tr.setSelection(TextSelection.between(doc.resolve(0), doc.resolve(doc.content.size))));
}

/** @param {EditorState} state @param {import("../../../static/vendor/prosemirror.js").Command} command */
function after(state, command) {
  let next = state;
  assert.ok(command(state, (transaction) => { next = state.apply(transaction); }));
  return next;
}

for (const [name, html] of Object.entries({
  heading2: "<h2>A ferry</h2>",
  heading3: "<h3>A ferry</h3>",
  bold: "<p><strong>A ferry</strong></p>",
  italic: "<p><em>A ferry</em></p>",
  bullets: "<ul><li>A ferry</li></ul>",
  numbers: "<ol><li>A ferry</li></ol>",
  quote: "<blockquote><p>A ferry</p></blockquote>",
})) {
  test(`${name} is set, shown as pressed, and taken back`, () => {
    const before = selected(paragraph("A ferry"));
    const { run, active } = actions[name];
    const set = after(before, run);
    assert.equal(serialise(set.doc).replace(/\n/g, ""), html);
    assert.deepEqual([active?.(before), active?.(set)], [false, true]);
    assert.equal(serialise(after(set, run).doc), "<p>A ferry</p>");
  });
}

test("a list of the other kind is changed, not nested", () => {
  const bullets = after(selected(paragraph("One"), paragraph("Two")), actions.bullets.run);
  assert.equal(serialise(after(bullets, actions.numbers.run).doc).replace(/\n/g, ""), "<ol><li>One</li><li>Two</li></ol>");
});

test("there is nothing to undo at first", () => {
  assert.equal(actions.undo.run(selected(paragraph("A ferry"))), false);
  assert.equal(actions.redo.run(selected(paragraph("A ferry"))), false);
});

test("Enter ends a caption and goes on below the figure", () => {
  const caption = nodes.figcaption.create(null, nodes.line.create(null, schema.text("A map")));
  const state = EditorState.create({ doc: nodes.doc.create(null, [nodes.figure.create(null, caption)]) });
  const inside = state.apply(state.tr.setSelection(TextSelection.create(state.doc, 5)));
  const next = after(inside, keys.Enter);
  assert.deepEqual(next.doc.children.map(({ type }) => type.name), ["figure", "p"]);
  assert.equal(next.selection.$from.parent.type, nodes.p);
});
