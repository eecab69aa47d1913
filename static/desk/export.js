// @ts-check
/** <case-export>: downloads an export with a progress bar and saves only complete files. Without scripts the links download. */
import { RowCount } from "./row_count.js";

/** The reason is the key of the message shown. */
class DownloadFailed extends Error {
  /** @param {"incomplete" | "unreachable" | "refused"} reason */
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

/** Enhances the server's own links. */
class CaseExport extends HTMLElement {
  #number = new Intl.NumberFormat(`${document.documentElement.lang}-u-nu-latn`);
  #cancel = new AbortController();
  #file = "";
  /** @type {HTMLAnchorElement | undefined} */
  #link;

  connectedCallback() {
    for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (this.querySelectorAll("a[data-format]"))) {
      link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        this.#download(link);
      });
    }
    this.#part("cancel").addEventListener("click", () => this.#cancel.abort());
    this.#part("again").addEventListener("click", () => this.#link && this.#download(this.#link));
  }

  disconnectedCallback() {
    this.#cancel.abort();
    URL.revokeObjectURL(this.#file);
  }

  /** @param {HTMLAnchorElement} link */
  async #download(link) {
    if (!this.#part("running").hidden) return;
    this.#link = link;
    this.#cancel = new AbortController();
    this.#showRunning();
    try {
      this.#offer(await this.#fetch(link), link);
    } catch (error) {
      if (this.#cancel.signal.aborted) this.#finish("cancelled");
      else this.#fail(error instanceof DownloadFailed ? error.reason : "incomplete");
    }
  }

  /** @param {HTMLAnchorElement} link */
  async #fetch(link) {
    const answer = await fetch(link.href, { signal: this.#cancel.signal }).catch(() => {
      throw new DownloadFailed("unreachable");
    });
    const rows = answer.headers.get("X-Rows");
    // An editor who is logged out is sent to the login page, which has no rows.
    if (!answer.ok || rows === null || !answer.body) throw new DownloadFailed("refused");
    const total = Number(rows);
    const count = new RowCount(link.dataset.format === "csv" ? "csv" : "json");
    /** @type {Uint8Array<ArrayBuffer>[]} */
    const parts = [];
    const reader = answer.body.getReader();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      parts.push(piece.value);
      count.add(piece.value);
      this.#showProgress(Math.min(count.rows, total), total);
    }
    if (!count.isComplete(total)) throw new DownloadFailed("incomplete");
    const name = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") ?? "")?.[1] ?? "cases";
    return { name, blob: new Blob(parts, { type: answer.headers.get("Content-Type") ?? "" }) };
  }

  #showRunning() {
    URL.revokeObjectURL(this.#file);
    for (const name of ["save", "again"]) this.#part(name).hidden = true;
    this.#part("running").hidden = false;
    this.#part("progress").removeAttribute("value");
    this.#part("count").textContent = this.#part("alert").textContent = "";
    this.#setStatus("running");
    this.#part("cancel").focus();
  }

  /** @param {number} done @param {number} total */
  #showProgress(done, total) {
    const progress = /** @type {HTMLProgressElement} */ (this.#part("progress"));
    progress.max = Math.max(total, 1);
    progress.value = done;
    const { text = "" } = this.#part("count").dataset;
    const said = text.replace("[done]", this.#number.format(done)).replace("[total]", this.#number.format(total));
    this.#part("count").textContent = said;
  }

  /** @param {{name: string, blob: Blob}} file @param {HTMLAnchorElement} link */
  #offer({ name, blob }, link) {
    this.#file = URL.createObjectURL(blob);
    const save = /** @type {HTMLAnchorElement} */ (this.#part("save"));
    Object.assign(save, { href: this.#file, download: name, hidden: false });
    this.#finish("complete", save);
  }

  /** @param {"incomplete" | "unreachable" | "refused"} reason */
  #fail(reason) {
    this.#part("alert").textContent = this.#part("alert").dataset[reason] ?? reason;
    this.#part("again").hidden = false;
    this.#finish("", this.#part("again"));
  }

  /** Where the button to cancel had the focus, what comes next has it. @param {string} said */
  #finish(said, next = /** @type {HTMLElement | undefined} */ (this.#link)) {
    const hadFocus = this.#part("running").contains(document.activeElement);
    this.#part("running").hidden = true;
    this.#setStatus(said);
    if (hadFocus) next?.focus();
  }

  /** @param {string} name */
  #setStatus(name) {
    this.#part("status").textContent = this.#part("status").dataset[name] ?? "";
  }

  /** @param {string} name */
  #part(name) {
    return /** @type {HTMLElement} */ (this.querySelector(`[data-part=${name}]`));
  }
}

customElements.define("case-export", CaseExport);
