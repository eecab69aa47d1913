// @ts-check
/**
 * Entry of every page of the admin: keeps in this browser which tools the editor has, for the bar above articles on the site
 * (static/site/desk_bar.js), as public pages know nobody. Where nobody is logged in, the flag goes.
 */

const SHIFT = 12 * 60 * 60 * 1000; // as long as a session

/** @param {Element | null} tools */
function keep(tools) {
  const links = [...(tools?.querySelectorAll("[data-tool]") ?? [])];
  const bar = tools?.getAttribute("data-desk-bar");
  if (!links.length) return localStorage.removeItem("desk");
  const names = links.map((link) => [link.getAttribute("data-tool"), link.textContent]);
  const { lang, dir } = document.documentElement;
  localStorage.setItem("desk", JSON.stringify({ until: Date.now() + SHIFT, bar, lang, dir, tools: names }));
}

try {
  keep(document.querySelector("[data-desk-bar]"));
  document.getElementById("logout-form")?.addEventListener("submit", () => localStorage.removeItem("desk"));
} catch { /* A browser that keeps nothing shows no bar. */ }
