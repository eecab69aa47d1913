// What word processors put on the clipboard keeps its meaning and loses its looks.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { cleanPasted } from "../../../static/richtext/paste.js";

/** Without the white space that shows nowhere. @param {string} html */
const pasted = (html) => cleanPasted(html).replace(/\s+/g, " ").replace(/(?<=<\/?(?:p|h\d|ul|ol|li|table|t\w+|div)(?: [^>]*)?>) | (?=<\/?(?:p|h\d|ul|ol|li|table|t\w+|div)[ >])/g, "").trim();
const clipboard = (/** @type {string} */ name) => readFileSync(new URL(`clipboards/${name}.html`, import.meta.url), "utf8");

for (const [name, made] of Object.entries({
  word: [
    "<h2>The pool reopens</h2>",
    "<h2>What was said</h2>",
    "<p><strong>Mayor</strong> <em>Ada&nbsp;Wren</em> spoke in Leeds. H<sub>2</sub>O <strong>stays</strong> open &amp; warm.</p>",
    "<ul><li>Open at <strong>six</strong><ul><li>For swimmers</li></ul></li><li>Closed on Mondays</li></ul>",
    '<ol start="3"><li>Third</li><li>Fourth, see <a href="https://example.org/a?b=1&amp;c=2">the plan</a></li></ol>',
    '<table><tr><td colspan="2">Day</td></tr><tr><td>Monday</td><td></td></tr></table>',
    "<p>He paid eleven pounds.</p>",
  ],
  libreoffice: [
    "<h2>Was gesagt wurde</h2>",
    "<p>Die <strong>Bürgermeisterin</strong> sprach <em>leise</em> und <s>laut</s>.</p>",
    "<ul><li>Offen ab sechs<ul><li>für <strong>Schwimmer</strong></li></ul></li><li>Montags zu</li></ul>",
    "<table><thead><tr><th>Tag</th><th>Zeit</th></tr></thead><tbody><tr><td>Montag</td><td></td></tr></tbody></table>",
    "<h4>Klein</h4>",
  ],
  google_docs: [
    "<h2>What was said</h2>",
    "<p><strong>Mayor</strong> spoke <em>softly</em><sup>2</sup> <strong><s>and loudly</s></strong>, see ",
    '<a href="https://example.org/a?b=1">the plan</a>.</p>',
    "<ul><li>Open at six<ul><li>For swimmers</li></ul></li><li>Closed on Mondays</li></ul>",
    "<div><table><tbody><tr><td><strong>Day</strong></td><td>Time</td></tr></tbody></table></div>",
  ],
})) {
  test(`what ${name} copies comes clean`, () => assert.equal(pasted(clipboard(name)), made.join("")));
}

for (const [name, html, made] of [
  ["styles and handlers go", `<p style="color: red" class=x onclick='go("a > b")' onfocus=go()>a</p>`, "<p>a</p>"],
  ["style sheets, scripts and comments go whole", "<style>p { }</style><script>f('<p>')</script><!-- <p>x --><p>a</p>", "<p>a</p>"],
  ["bold by style is strong once", '<p style="font-weight:bold"><b>a</b> <span style="font-weight: 700">b</span></p>', "<p><strong>a b</strong></p>"],
  ["a link without a scheme gets one", '<a href="example.org/pool">a</a>', '<a href="https://example.org/pool">a</a>'],
  ["a link that leads nowhere here is text", '<a href="#part">a</a><a href="file:///c/x">b</a><a href="javascript:f()">c</a>', "abc"],
  ["text that looks like tags stays text", "a &lt;b&gt; &amp;amp; 1 < 2", "a &lt;b&gt; &amp;amp; 1 < 2"],
  ["pictures keep their text", '<p><img src="/a.png" alt="on sale" width="4" onerror=f()></p>', '<p><img src="/a.png" alt="on sale"></p>'],
  ["lines stay lines", "<p>a<br>b</p>", "<p>a<br>b</p>"],
  ["a word's own list paragraph without a marker is a paragraph", "<p class=MsoListParagraph>a</p>", "<p>a</p>"],
  ["a marker alone makes an item too", "<p class=MsoListParagraph>·&nbsp;&nbsp; a</p><p class=MsoListParagraph>·&nbsp; b</p>", "<ul><li>a</li><li>b</li></ul>"],
  ["headings of the web's Word", '<p role="heading" aria-level="3" class="Paragraph"><span class="TextRun">a</span></p>', "<h3>a</h3>"],
  ["unclosed items", "<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"],
]) {
  test(name, () => assert.equal(pasted(html), made));
}

test("what an editor like this one copied keeps its languages, and no handler", () => {
  const copied = '<p data-pm-slice="0 0 []" lang="fr" onclick="x()" style="color:red">a</p>';
  assert.equal(cleanPasted(copied), '<p data-pm-slice="0 0 []" lang="fr">a</p>');
});

test("nothing that is sent makes it slow or deep", () => {
  assert.ok(cleanPasted("<div>".repeat(20_000) + "a").includes("a"));
  assert.ok(cleanPasted("<!--".repeat(5_000) + "<p>".repeat(5_000) + "<".repeat(20_000)));
});
