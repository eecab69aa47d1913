// @ts-check
// <rich-text>: a ProseMirror editor around a textarea of HTML. The form sends the textarea, whose value changes only when
// the document does.
import { closeHistory, EditorState, EditorView, gapCursor, history, keymap } from "../vendor/prosemirror.js";
import { actions, keys } from "./commands.js";
import { isLossless, parse, serialise } from "./html.js";
import { isFigure, isLink } from "./insert.js";
import { Panels } from "./panels.js";
import { pictureFiles } from "./pictures.js";
import { isTable, nextCell, previousCell, tableActions } from "./tables.js";
import { Toolbar } from "./toolbar.js";
import { typing } from "./typing.js";

/** @import { Node as DocumentNode } from "../vendor/prosemirror.js" */
/** @import { Action } from "./commands.js" */

const WRITE_AFTER = 300; // milliseconds without a key; long enough not to write a long article at each one

class RichText extends HTMLElement {
  /** @type {HTMLTextAreaElement | null} */
  #source = null;
  /** @type {EditorView | null} */
  #view = null;
  /** @type {{doc: DocumentNode, html: string} | null} what was read, and the characters it was read from */
  #original = null;
  /** @type {Toolbar | null} */
  #toolbar = null;
  /** @type {Toolbar | null} shown while the cursor is in a table */
  #tableTools = null;
  /** @type {Panels | null} */
  #panels = null;
  #listening = new AbortController();
  #timer = 0;

  connectedCallback() {
    const source = this.querySelector("textarea");
    if (!source || source.disabled || source.readOnly) return;
    this.#source = source;
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const bar = this.#part("toolbar");
    this.#toolbar = new Toolbar(bar, this.#actions(), (name) => this.#press(name), signal);
    this.#tableTools = new Toolbar(this.#part("table-tools"), tableActions, (name) => this.#press(name), signal);
    this.#panels = new Panels(this, () => this.#view, signal);
    source.form?.addEventListener("submit", () => this.#write(), { signal, capture: true });
    this.addEventListener("focusout", () => this.#write(), { signal });
    for (const label of source.labels) label.addEventListener("click", () => this.#view?.focus(), { signal });
    for (const kind of ["dragover", "drop"]) this.addEventListener(kind, keepPage, { signal });
    bar.hidden = false;
    this.#openEditor();
  }

  disconnectedCallback() {
    this.#write();
    this.#listening.abort();
    this.#view?.destroy();
    this.#view = null;
  }

  /** @param {string} name @returns {HTMLElement} a part that the page's template holds */
  #part(name) {
    return /** @type {HTMLElement} */ (this.querySelector(`[data-part="${name}"]`));
  }

  /** @returns {Record<string, Action>} */
  #actions() {
    const open = (/** @type {string} */ name) => !!this.#panels?.open(name);
    return {
      ...actions,
      ...tableActions,
      link: { run: (_state, dispatch) => !dispatch || open("link"), active: isLink },
      figure: { run: (_state, dispatch) => !dispatch || open("figure"), active: isFigure },
      table: { run: (state, dispatch) => !isTable(state) && (!dispatch || open("table")), active: isTable },
    };
  }

  /** @param {string} name */
  #press(name) {
    if (name === "source") return this.#part("editor").hidden ? this.#openEditor(true) : this.#openSource();
    const view = this.#view;
    if (!view) return;
    if (!this.#panels?.has(name)) view.focus();
    this.#actions()[name]?.run(view.state, view.dispatch);
  }

  #openSource() {
    this.#write();
    this.#show(false);
    this.#source?.focus();
  }

  /** Refuses, with a sentence, what the editor would have to change; the source is then what one edits.
   * @param {boolean} [focus] */
  #openEditor(focus = false) {
    const html = this.#source?.value ?? "";
    const doc = parse(html);
    const lossless = isLossless(doc, html);
    this.#part("unheld").hidden = lossless;
    if (lossless) this.#load(doc, html);
    this.#show(lossless);
    if (focus) (lossless ? this.#view : this.#source)?.focus();
  }

  /** @param {DocumentNode} doc @param {string} html */
  #load(doc, html) {
    this.#original = { doc, html };
    if (!this.#view) this.#view = this.#makeView(doc);
    const { state } = this.#view;
    if (state.doc.eq(doc)) return;
    // What was written as HTML is undone on its own, whatever was typed just before.
    this.#view.dispatch(closeHistory(state.tr.replaceWith(0, state.doc.content.size, doc.content)));
  }

  /** @param {boolean} editor or else the source */
  #show(editor) {
    this.#part("editor").hidden = !editor;
    if (this.#source) this.#source.hidden = editor;
    this.#panels?.close();
    this.#toolbar?.press("source", !editor);
    this.#update(editor ? this.#view : null);
  }

  /** @param {DocumentNode} doc @returns {EditorView} */
  #makeView(doc) {
    const mount = this.#part("editor");
    mount.replaceChildren();
    const own = keymap({
      "Mod-k": () => !!this.#panels?.open("link"),
      "Alt-F10": () => !this.#toolbar?.focus(),
      Tab: nextCell,
      "Shift-Tab": previousCell,
    });
    const pictures = pictureFiles((files) => this.#panels?.openPictures(files));
    // By the toolbar, and on a phone by the bar of buttons below.
    const covered = { top: this.#part("top").offsetHeight + 8, right: 0, bottom: 88, left: 0 };
    return new EditorView(mount, {
      scrollMargin: covered,
      scrollThreshold: covered,
      state: EditorState.create({ doc, plugins: [own, keymap(keys), typing(), pictures, history(), gapCursor()] }),
      attributes: this.#describe(),
      transformPastedHTML: (html) => this.#panels?.cleaned(html) ?? "",
      dispatchTransaction: (transaction) => {
        const view = this.#view;
        if (!view) return;
        view.updateState(view.state.apply(transaction));
        this.#update(view);
        if (transaction.docChanged) this.#writeSoon();
      },
    });
  }

  /** @returns {Record<string, string>} what the editor says of itself to a screen reader, and its direction */
  #describe() {
    const source = /** @type {HTMLTextAreaElement} */ (this.#source);
    const name = source.ariaLabel ?? source.labels[0]?.textContent?.trim().replace(/:$/, "") ?? "";
    const described = source.getAttribute("aria-describedby");
    return {
      role: "textbox",
      "aria-multiline": "true",
      "aria-label": name,
      "aria-invalid": source.ariaInvalid ?? "false",
      ...(described && { "aria-describedby": described }),
      ...(source.lang && { lang: source.lang }),
      dir: source.dir || "auto",
      class: "richtext-text",
    };
  }

  #writeSoon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#write(), WRITE_AFTER);
  }

  /** Keeps the textarea in step. A document that is as it was read is written as it was read. */
  #write() {
    clearTimeout(this.#timer);
    if (!this.#view || !this.#source || !this.#original || this.#part("editor").hidden) return;
    const { doc } = this.#view.state;
    const html = doc.eq(this.#original.doc) ? this.#original.html : serialise(doc);
    if (html === this.#source.value) return;
    this.#source.value = html;
    this.#source.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** @param {EditorView | null} view null while the source is shown */
  #update(view) {
    this.#toolbar?.update(view);
    this.#tableTools?.update(view);
    this.#part("table-tools").hidden = !view || !isTable(view.state);
  }
}

/** A file that is let fall beside the text would be opened in place of the page. @param {Event} event */
function keepPage(event) {
  if (event instanceof DragEvent && event.dataTransfer?.types.includes("Files")) event.preventDefault();
}

customElements.define("rich-text", RichText);
