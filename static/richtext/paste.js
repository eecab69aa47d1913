// @ts-check
// What comes from other programs, made fit for the editor before a parser of the browser sees it.

const STYLE_ELEMENT = /<style\b[^]*?<\/style\s*>/gi;
const TAG = /<[a-z](?:"[^"]*"|'[^']*'|[^"'>])*>/gi;
const ATTRIBUTE = /[\s/]([^\s"'<>/=]+)(\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?/g;

/** The page's policy forbids styles and event handlers in markup, and the browser reports each one as soon as it parses
 * it, even in a document that is never shown. Styles are renamed, not dropped, so that the schema can tell bold from
 * not bold. Language and direction are a word processor's defaults on every paragraph; only what was copied from an
 * editor like this one keeps its own.
 * @param {string} html @returns {string} */
export function withoutInlineCode(html) {
  const unwanted = html.includes("data-pm-slice") ? /^on/i : /^(?:on.*|dir|lang|xml:lang)$/i;
  return html.replace(STYLE_ELEMENT, "").replace(TAG, (tag) =>
    tag.replace(ATTRIBUTE, (whole, name, value = "") => {
      if (/^style$/i.test(name)) return ` data-style${value}`;
      return unwanted.test(name) ? "" : whole;
    }),
  );
}

/** @param {Element} element @param {RegExp} wanted @returns {boolean} whether a renamed style says so */
export function isStyled(element, wanted) {
  return wanted.test(element.getAttribute("data-style") ?? "");
}
