// Markup from other programs loses styles and handlers before a browser parses it; words stay as they were.
import assert from "node:assert/strict";
import { test } from "node:test";
import { isStyled, withoutInlineCode } from "../../../static/richtext/paste.js";

for (const [name, html, made] of [
  ["a style is renamed", '<p style="color: red">a</p>', '<p data-style="color: red">a</p>'],
  ["an unquoted style too", "<p STYLE=color:red>a</p>", "<p data-style=color:red>a</p>"],
  ["event handlers go", `<a href="/x" onclick='go("a > b")' onfocus=go()>a</a>`, '<a href="/x">a</a>'],
  ["a word processor's language goes", '<p lang="en-US" dir=ltr xml:lang="en">a</p>', "<p>a</p>"],
  ["style sheets go whole", "<style>\np { color: red }\n</style><p>a</p>", "<p>a</p>"],
  ["words that look like attributes stay", "a style=b onclick=c <b>d</b>", "a style=b onclick=c <b>d</b>"],
  ["other attributes stay", '<img src="/a.png" alt="on sale">', '<img src="/a.png" alt="on sale">'],
]) {
  test(name, () => assert.equal(withoutInlineCode(html), made));
}

test("what an editor like this one copied keeps its languages, and no handler", () => {
  const copied = '<p data-pm-slice="0 0 []" lang="fr" onclick="x()">a</p>';
  assert.equal(withoutInlineCode(copied), '<p data-pm-slice="0 0 []" lang="fr">a</p>');
});

test("a renamed style tells bold from not bold", () => {
  const styled = (/** @type {string | null} */ value) => /** @type {Element} */ (/** @type {unknown} */ ({ getAttribute: () => value }));
  assert.equal(isStyled(styled("font-weight: 700"), /font-weight:\s*[6-9]00/), true);
  assert.equal(isStyled(styled("font-weight: 400"), /font-weight:\s*[6-9]00/), false);
  assert.equal(isStyled(styled(null), /font-weight/), false);
});
