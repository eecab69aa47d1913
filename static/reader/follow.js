// @ts-check
/** Opens the form to follow an article below its link, and shows there what the page says when it is sent. */

const PANEL = "[data-follow-panel]";

/**
 * By XMLHttpRequest, whose answer may be a document: Trusted Types forbid to parse one from text.
 * @param {string} method @param {string} address @param {string} [body] @returns {Promise<Document>}
 */
function request(method, address, body) {
  return new Promise((resolve, reject) => {
    const asked = new XMLHttpRequest();
    asked.open(method, address);
    asked.responseType = "document";
    asked.timeout = 20_000;
    if (body) asked.setRequestHeader("Content-Type", "application/x-www-form-urlencoded");
    asked.onload = () => (asked.response ? resolve(asked.response) : reject(new Error("no document")));
    asked.onerror = asked.ontimeout = () => reject(new Error("unreachable"));
    asked.send(body);
  });
}

/** @param {Document} page @returns {HTMLElement} */
function panelOf(page) {
  const panel = page.querySelector(PANEL);
  if (!panel) throw new Error("not the form");
  return /** @type {HTMLElement} */ (document.importNode(panel, true));
}

/** The style sheets of the form's page that this one has not got. @param {Document} page */
async function loadStyles(page) {
  const known = new Set(Array.from(document.querySelectorAll("link[rel=stylesheet]"), (sheet) => /** @type {HTMLLinkElement} */ (sheet).href));
  const sheets = /** @type {NodeListOf<HTMLLinkElement>} */ (page.querySelectorAll("link[rel=stylesheet]"));
  await Promise.all(
    Array.from(sheets, ({ href }) => {
      if (known.has(href)) return undefined;
      const link = document.createElement("link");
      link.rel = "stylesheet";
      link.href = href;
      document.head.append(link);
      return new Promise((done) => { link.onload = link.onerror = done; });
    }),
  );
}

/** @param {HTMLElement} panel */
function focusIn(panel) {
  /** @type {HTMLElement | null} */ (panel.querySelector("[autofocus]") ?? panel.querySelector("input"))?.focus();
}

/** @param {SubmitEvent} event */
async function onSubmit(event) {
  const form = /** @type {HTMLFormElement} */ (event.target);
  const button = form.querySelector("button");
  event.preventDefault();
  if (!button || button.disabled) return;
  const unreachable = /** @type {HTMLElement} */ (form.querySelector("[data-unreachable]"));
  const body = new URLSearchParams(/** @type {any} */ (new FormData(form))).toString();
  unreachable.hidden = button.disabled = true;
  try {
    const next = panelOf(await request("POST", form.action, body));
    listen(next);
    form.closest(PANEL)?.replaceWith(next);
    focusIn(next);
  } catch {
    unreachable.hidden = button.disabled = false;
  }
}

/** @param {HTMLElement} panel */
function listen(panel) {
  panel.querySelector("form")?.addEventListener("submit", onSubmit);
}

/** @param {HTMLAnchorElement} link */
export async function toggle(link) {
  const place = link.closest(".follow") ?? link;
  const open = place.nextElementSibling?.matches(PANEL);
  for (const panel of document.querySelectorAll(PANEL)) panel.remove();
  for (const other of document.querySelectorAll("a[data-follow]")) other.setAttribute("aria-expanded", "false");
  if (open) return;
  const page = await request("GET", link.href);
  const panel = panelOf(page);
  await loadStyles(page);
  listen(panel);
  place.after(panel);
  link.setAttribute("aria-expanded", "true");
  focusIn(panel);
}
