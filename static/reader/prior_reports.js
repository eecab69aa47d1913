// @ts-check
/** Prior reports in the dialog: the passage has changed, was reported by others, or was decided already. */
import { ownSuggestionAt, start } from "./my_suggestions.js";
import { article, host } from "./selection.js";

/** @param {View} view @param {string} name */
function cloneTemplate(view, name) {
  const template = /** @type {HTMLTemplateElement} */ (view.piece(name));
  return /** @type {HTMLElement} */ (document.importNode(template.content, true).firstElementChild);
}

/** @param {HTMLElement} from @param {string} name */
const part = (from, name) => /** @type {HTMLAnchorElement} */ (from.querySelector(`[data-${name}]`));

/** A passage for the dialog, with the quote's own context. @param {Quote} quote @param {number} revision @returns {Passage} */
const passageOf = (quote, revision) => ({ ...quote, revision, before: quote.prefix, after: quote.suffix });

/** @param {View} view @param {Quote} quote @param {number} revision */
function changedPassage(view, quote, revision) {
  const made = cloneTemplate(view, "known-now");
  const { lang, dir } = article();
  for (const name of /** @type {const} */ (["prefix", "exact", "suffix"])) part(made, name).textContent = quote[name];
  Object.assign(part(made, "words"), { lang, dir });
  part(made, "use").onclick = () => {
    view.showPassage(passageOf(quote, revision));
    view.control("replacement").focus();
  };
  return made;
}

/** Links with a query that busts the cache of the old text. @param {View} view @param {number} revision */
function deletedPassage(view, revision) {
  const made = cloneTemplate(view, "known-gone");
  part(made, "current").href = `?changed=${revision}`;
  return made;
}

/** @param {View} view @param {Precedent} report @param {Passage} passage @param {number} revision @param {boolean} isOwn the reader is counted already */
function priorReport(view, { sentence, reason, url, quote }, { exact }, revision, isOwn) {
  const made = cloneTemplate(view, "known-report");
  const { lang, dir } = article();
  part(made, "quote").hidden = !quote || quote.exact === exact;
  Object.assign(part(made, "quote").firstElementChild ?? made, { textContent: quote?.exact, lang, dir });
  part(made, "sentence").textContent = sentence;
  Object.assign(part(made, "reason"), { textContent: reason, hidden: !reason, lang, dir });
  part(made, "changed").hidden = !url;
  part(made, "url").href = url ? new URL(url, host.base ?? location.href).href : "";
  part(made, "open").hidden = !quote || isOwn;
  part(made, "voice").onclick = () => quote && addVoice(view, passageOf(quote, revision));
  return made;
}

/** Sends the passage of an open case without a wording: one reader more. @param {View} view @param {Passage} passage */
function addVoice(view, passage) {
  view.showPassage(passage);
  view.setValues({ way: "unknown", note: view.message("voice"), category: "other" });
  view.piece("form").requestSubmit();
}

/** @param {View} view @param {Sent} sent */
function ownSuggestion(view, { url = "" }) {
  const made = cloneTemplate(view, "known-own");
  part(made, "own-link").href = url;
  return made;
}

/** @param {Known} known @param {View} view @param {Passage} passage */
export function showPriorReports({ words, quote, revision, reports }, view, passage) {
  // The offsets mean other words: of those nothing is told.
  if (words !== passage.exact) return view.piece("known").replaceChildren(cloneTemplate(view, "known-translated"));
  start();
  const own = ownSuggestionAt(passage);
  // Where nobody else has, nobody else is told of.
  const told = reports.filter(({ count, quote: open }) => !(own && open && count < 2));
  view.piece("known").replaceChildren(
    ...(quote ? quote.exact === words ? [] : [changedPassage(view, quote, revision)] : [deletedPassage(view, revision)]),
    ...(own ? [ownSuggestion(view, own)] : []),
    ...told.map((report) => priorReport(view, report, passage, revision, !!own)),
  );
}
