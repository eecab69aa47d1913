// The serialised document: escaped, one block to a line, the widest mark outermost.
import assert from "node:assert/strict";
import { test } from "node:test";
import { serialise } from "../../../static/richtext/html.js";
import { schema } from "../../../static/richtext/schema.js";

const { nodes, marks } = schema;
const written = (/** @type {any[]} */ ...blocks) => serialise(nodes.doc.create(null, blocks));
const paragraph = (/** @type {any[]} */ ...inline) => nodes.p.create(null, inline);

test("one block to a line, and an empty document is nothing", () => {
  assert.equal(written(paragraph(schema.text("One")), nodes.h2.create(null, schema.text("Two"))), "<p>One</p>\n<h2>Two</h2>");
  assert.equal(written(paragraph()), "");
});

test("text and attributes are escaped, no-break spaces are not", () => {
  const link = marks.a.create({ href: '/?a=1&b="2"' });
  const made = written(paragraph(schema.text("a < b & c\u00a0> d"), schema.text("x", [link])));
  assert.equal(made, '<p>a &lt; b &amp; c\u00a0&gt; d<a href="/?a=1&amp;b=&quot;2&quot;">x</a></p>');
});

test("emphasis around a link is one element", () => {
  const [em, link] = [marks.em.create(), marks.a.create({ href: "/a" })];
  const made = written(paragraph(schema.text("here", [em, link]), schema.text(" now", [em])));
  assert.equal(made, '<p><em><a href="/a">here</a> now</em></p>');
});

test("bare text stays bare in a list item and gets a paragraph at the top", () => {
  const line = nodes.line.create(null, schema.text("One"));
  assert.equal(written(nodes.ul.create(null, nodes.li.create(null, line)), line), "<ul><li>One</li></ul>\n<p>One</p>");
});

test("a line break at the start of <pre> is written twice, for the parser drops one", () => {
  assert.equal(written(nodes.pre.create(null, schema.text("\na"))), "<pre>\n\na</pre>");
});
