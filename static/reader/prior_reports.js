// @ts-check
/** Tells in the open dialog what is known about the passage: that it reads otherwise by now, who reported it, what was decided. */
import { ownAbout, start } from "./my_suggestions.js";
import { article } from "./selection.js";

/** @param {View} view @param {string} name */
function copyOf(view, name) {
  const template = /** @type {HTMLTemplateElement} */ (view.piece(name));
  return /** @type {HTMLElement} */ (document.importNode(template.content, true).firstElementChild);
}

/** @param {HTMLElement} from @param {string} name */
const part = (from, name) => /** @type {HTMLAnchorElement} */ (from.querySelector(`[data-${name}]`));

/** A passage for the dialog, with the little that stands around it. @param {Quote} quote @param {number} revision @returns {Passage} */
const passageOf = (quote, revision) => ({ ...quote, revision, before: quote.prefix, after: quote.suffix });

/** @param {View} view @param {Quote} quote @param {number} revision */
function current(view, quote, revision) {
  const made = copyOf(view, "known-now");
  const { lang, dir } = article();
  for (const name of /** @type {const} */ (["prefix", "exact", "suffix"])) part(made, name).textContent = quote[name];
  Object.assign(part(made, "words"), { lang, dir });
  part(made, "use").onclick = () => {
    view.lay(passageOf(quote, revision));
    view.control("replacement").focus();
  };
  return made;
}

/** Under an address that no cache has kept with the old words. @param {View} view @param {number} revision */
function gone(view, revision) {
  const made = copyOf(view, "known-gone");
  part(made, "current").href = `?changed=${revision}`;
  return made;
}

/** @param {View} view @param {Precedent} report @param {number} revision @param {boolean} isOwn whose voice is counted already */
function told(view, { sentence, reason, url, quote }, revision, isOwn) {
  const made = copyOf(view, "known-report");
  const { lang, dir } = article();
  part(made, "quote").hidden = !quote;
  Object.assign(part(made, "quote").firstElementChild ?? made, { textContent: quote?.exact, lang, dir });
  part(made, "sentence").textContent = sentence;
  Object.assign(part(made, "reason"), { textContent: reason, hidden: !reason, lang, dir });
  part(made, "changed").hidden = !url;
  part(made, "url").href = url ?? "";
  part(made, "open").hidden = !quote || isOwn;
  part(made, "voice").onclick = () => quote && join(view, passageOf(quote, revision));
  return made;
}

/** Sends the passage of an open case without a wording: one reader more. @param {View} view @param {Passage} passage */
function join(view, passage) {
  const [name, email] = [view.control("name").value, view.control("email").value];
  view.lay(passage);
  view.fill({ unknown: true, note: view.message("voice"), category: "other", name, email });
  view.piece("form").requestSubmit();
}

/** @param {View} view @param {Sent} sent */
function ownOf(view, { url = "" }) {
  const made = copyOf(view, "known-own");
  part(made, "own-link").href = url;
  return made;
}

/** @param {Known} known @param {View} view @param {Passage} passage */
export function show({ words, quote, revision, reports }, view, passage) {
  start();
  const own = ownAbout(passage);
  view.piece("known").replaceChildren(
    ...(quote ? quote.exact === words ? [] : [current(view, quote, revision)] : [gone(view, revision)]),
    ...(own ? [ownOf(view, own)] : []),
    ...reports.map((report) => told(view, report, revision, !!own)),
  );
}
