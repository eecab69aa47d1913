// @ts-check
// The panels of one editor: link, picture, table; and what is told of what was lost on the way.
import * as insert from "./insert.js";
import { Panel } from "./panel.js";
import { cleanPasted } from "./paste.js";
import { uploadPicture } from "./pictures.js";
import { isOwnPicture } from "./schema.js";
import { applyTable } from "./tables.js";

/** @import { EditorView } from "../vendor/prosemirror.js" */
/** @import { Apply, Values } from "./panel.js" */

const NAMES = ["link", "figure", "table"];
const PICTURE = /<img\b[^>]* src="([^"]*)"/g;

export class Panels {
  #root;
  #view;
  /** @type {Map<string, Panel>} */
  #panels = new Map();
  /** @type {File[]} pictures that came with the one that is being described */
  #waiting = [];

  /** @param {HTMLElement} root holds a part for each, and the address for pictures
   * @param {() => EditorView | null} view @param {AbortSignal} signal */
  constructor(root, view, signal) {
    this.#root = root;
    this.#view = view;
    for (const name of NAMES) this.#panels.set(name, new Panel(this.#part(name), () => this.#leave(), signal));
  }

  /** @param {string} name @returns {HTMLElement} */
  #part(name) {
    return /** @type {HTMLElement} */ (this.#root.querySelector(`[data-part="${name}"]`));
  }

  /** @param {string} name */
  has(name) {
    return this.#panels.has(name);
  }

  close() {
    this.#waiting = [];
    for (const panel of this.#panels.values()) panel.close();
  }

  /** @param {string} name @returns {boolean} whether there is a text to open it for */
  open(name) {
    const view = this.#view();
    if (!view) return false;
    if (name === "link") this.#openLink(view);
    if (name === "figure") this.#openFigure(view);
    if (name === "table") this.#open(name, { rows: "3", columns: "3" }, (given) => this.#done((values) => applyTable(view, values), given), null);
    return true;
  }

  /** One after the other. @param {File[]} files */
  openPictures(files) {
    const view = this.#view();
    const [first, ...more] = files;
    if (view && first) this.#openFigure(view, first);
    this.#waiting = more;
    if (!first) this.#tell("unreadable");
  }

  /** What is pasted, and a word on what is not. @param {string} html */
  cleaned(html) {
    const clean = cleanPasted(html);
    this.#tell([...clean.matchAll(PICTURE)].every(([, src]) => isOwnPicture(src ?? "")) ? "" : "foreign");
    return clean;
  }

  #leave() {
    if (this.#waiting.length) this.openPictures(this.#waiting);
    else this.#view()?.focus();
  }

  /** @param {string} name @param {Values} values @param {Apply} apply @param {(() => void) | null} remove @param {File} [file] */
  #open(name, values, apply, remove, file) {
    this.close();
    this.#panels.get(name)?.open(values, apply, remove, file);
  }

  /** What was told of a picture stays until the next thing is set. @param {(values: Values) => string} apply @param {Values} values */
  #done(apply, values) {
    const wrong = apply(values);
    if (!wrong) this.#tell("");
    return wrong;
  }

  /** @param {EditorView} view */
  #openLink(view) {
    const values = insert.linkValues(view.state);
    const remove = values && (() => insert.removeLink(view));
    this.#open("link", values ?? {}, (given) => this.#done((values) => insert.applyLink(view, values), given), remove);
  }

  /** @param {EditorView} view @param {File} [file] */
  #openFigure(view, file) {
    const values = insert.figureValues(view.state);
    const remove = values && (() => insert.removeFigure(view));
    this.#open("figure", values ?? {}, (...given) => this.#setFigure(view, ...given), remove, file);
  }

  /** @type {(view: EditorView, ...given: Parameters<Apply>) => Promise<string>} */
  async #setFigure(view, values, file, signal) {
    if (!file) {
      const wrong = await insert.applyFigure(view, values);
      if (!wrong) this.#tell("");
      return wrong;
    }
    const { alt = "", caption = "" } = values;
    const form = this.#root.closest("form");
    const token = form ? String(new FormData(form).get("csrfmiddlewaretoken") ?? "") : "";
    const stored = await uploadPicture(this.#root.dataset.upload ?? "", token, file, alt, signal);
    if (typeof stored === "string") return stored;
    const { told, ...attrs } = stored;
    insert.setFigure(view, { ...attrs, alt }, caption);
    this.#tell(told);
    return "";
  }

  /** @param {string} said a sentence, the name of one, or "" */
  #tell(said) {
    const place = this.#part("notice");
    const sentences = [...place.querySelectorAll("[data-notice]")].filter((each) => each instanceof HTMLElement);
    const named = sentences.find((each) => each.dataset.notice === said);
    const own = named ?? sentences.find((each) => each.dataset.notice === "said");
    if (own && !named) own.textContent = said;
    for (const each of sentences) each.hidden = each !== own;
    place.hidden = !said;
  }
}
