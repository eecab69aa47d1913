// @ts-check
// Clean pasted HTML before a browser parses it: CSP reports inline styles and handlers even in inert documents.

const STYLE_ELEMENT = /<style\b[^]*?<\/style\s*>/gi;
const TAG = /<[a-z](?:"[^"]*"|'[^']*'|[^"'>])*>/gi;
const ATTRIBUTE = /[\s/]([^\s"'<>/=]+)(\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?/g;

/** Styles are renamed to data-style, not dropped, so that the schema can tell bold from not bold. Word processors put
 * lang and dir on every paragraph: dropped, except in slices copied from ProseMirror.
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
