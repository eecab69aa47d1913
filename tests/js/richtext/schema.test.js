// Which addresses a link and a picture may have in the editor.
import assert from "node:assert/strict";
import { test } from "node:test";
import { isLinkable, isOwnPicture, schema } from "../../../static/richtext/schema.js";

Object.assign(globalThis, { location: new URL("https://news.example/admin/") });

for (const address of ["https://a.example/", "HTTP://a.example", "mailto:desk@news.example", "/article/", "?q=a:b", "#b:c", ""]) {
  test(`a link may lead to ${JSON.stringify(address)}`, () => assert.equal(isLinkable(address), true));
}

for (const address of ["javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "tel:1", null]) {
  test(`a link may not lead to ${JSON.stringify(address)}`, () => assert.equal(isLinkable(address), false));
}

test("pictures come from this site alone", () => {
  for (const address of ["/media/a.png", "a.png", "https://news.example/a.png"]) assert.equal(isOwnPicture(address), true);
  for (const address of ["https://a.example/a.png", "//a.example/a.png", "data:image/png,x", "http://news.example/a.png", "", null]) {
    assert.equal(isOwnPicture(address), false);
  }
});

test("every mark may stand inside itself except a link", () => {
  const { a, em } = schema.marks;
  assert.deepEqual([a.excludes(a), em.excludes(em)], [true, false]);
});
