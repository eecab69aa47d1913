// @ts-check
/** The bar of an editor above an article: links to the desk. Loaded only where the desk left its flag; sends nothing. */

const STYLE = [
  ".desk-bar { align-items: center; background: var(--wash); border-block-end: 1px solid var(--line); display: flex; flex-wrap: wrap }",
  ".desk-bar { font: 0.875rem/1.5 var(--furniture); gap: 0.25rem 1rem; justify-content: center; padding: 0.375rem var(--gutter) }",
  ".desk-bar a { display: inline-block; min-block-size: 1.5rem }",
  "@media print { .desk-bar { display: none } }",
];

/** @typedef {{until: number, bar: string, lang: string, dir: string, tools: [string, string][]}} Flag */

/** @param {string} slug @param {Flag} flag */
function build(slug, { bar, lang, dir, tools }) {
  const nav = Object.assign(document.createElement("nav"), { className: "desk-bar", lang, dir });
  nav.setAttribute("aria-label", bar);
  for (const [tool, label] of tools) {
    const href = `/admin/newsroom/article/at/${slug}/${encodeURIComponent(tool)}/`;
    nav.append(Object.assign(document.createElement("a"), { href, textContent: label }));
  }
  return nav;
}

function show() {
  const slug = /^\/articles\/([^/]+)\/$/.exec(location.pathname)?.[1];
  document.querySelector(".desk-bar")?.remove();
  const kept = localStorage.getItem("desk");
  if (!slug || !kept) return;
  /** @type {Flag} */
  const flag = JSON.parse(kept);
  if (flag.until < Date.now()) return localStorage.removeItem("desk");
  document.querySelector("main")?.before(build(slug, flag));
}

const sheet = new CSSStyleSheet();
sheet.replaceSync(STYLE.join(""));
document.adoptedStyleSheets.push(sheet);
addEventListener("storage", ({ key }) => key === "desk" && show()); // logged out in another tab
addEventListener("pageshow", ({ persisted }) => persisted && show());
show();
