// @ts-check
/** Shows how much of a file of cases has come, and offers it once it is whole. Without it the links download. */
import { RowCount } from "./row_count.js";

/** Why there is no file: the key of the sentence that says so. */
class Failed extends Error {
  /** @param {"incomplete" | "unreachable" | "refused"} reason */
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

/** Stands around the server's own links. */
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
        this.#run(link);
      });
    }
    this.#part("cancel").addEventListener("click", () => this.#cancel.abort());
    this.#part("again").addEventListener("click", () => this.#link && this.#run(this.#link));
  }

  disconnectedCallback() {
    this.#cancel.abort();
    URL.revokeObjectURL(this.#file);
  }

  /** @param {HTMLAnchorElement} link */
  async #run(link) {
    if (!this.#part("running").hidden) return;
    this.#link = link;
    this.#cancel = new AbortController();
    this.#begin();
    try {
      this.#offer(await this.#fetch(link), link);
    } catch (error) {
      if (this.#cancel.signal.aborted) this.#end("cancelled");
      else this.#fail(error instanceof Failed ? error.reason : "incomplete");
    }
  }

  /** @param {HTMLAnchorElement} link */
  async #fetch(link) {
    const answer = await fetch(link.href, { signal: this.#cancel.signal }).catch(() => {
      throw new Failed("unreachable");
    });
    const rows = answer.headers.get("X-Rows");
    // An editor who is logged out is sent to the login page, which has no rows.
    if (!answer.ok || rows === null || !answer.body) throw new Failed("refused");
    const total = Number(rows);
    const count = new RowCount(link.dataset.format === "csv" ? "csv" : "json");
    /** @type {Uint8Array<ArrayBuffer>[]} */
    const parts = [];
    const reader = answer.body.getReader();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      parts.push(piece.value);
      count.add(piece.value);
      this.#show(Math.min(count.rows, total), total);
    }
    if (!count.isWhole(total)) throw new Failed("incomplete");
    const name = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") ?? "")?.[1] ?? "cases";
    return { name, blob: new Blob(parts, { type: answer.headers.get("Content-Type") ?? "" }) };
  }

  #begin() {
    URL.revokeObjectURL(this.#file);
    for (const name of ["save", "again"]) this.#part(name).hidden = true;
    this.#part("running").hidden = false;
    this.#part("progress").removeAttribute("value");
    this.#part("count").textContent = this.#part("alert").textContent = "";
    this.#say("running");
    this.#part("cancel").focus();
  }

  /** @param {number} done @param {number} total */
  #show(done, total) {
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
    this.#end("complete", save);
  }

  /** @param {"incomplete" | "unreachable" | "refused"} reason */
  #fail(reason) {
    this.#part("alert").textContent = this.#part("alert").dataset[reason] ?? reason;
    this.#part("again").hidden = false;
    this.#end("", this.#part("again"));
  }

  /** Where the button to cancel had the focus, what comes next has it. @param {string} said */
  #end(said, next = /** @type {HTMLElement | undefined} */ (this.#link)) {
    const hadFocus = this.#part("running").contains(document.activeElement);
    this.#part("running").hidden = true;
    this.#say(said);
    if (hadFocus) next?.focus();
  }

  /** @param {string} name */
  #say(name) {
    this.#part("status").textContent = this.#part("status").dataset[name] ?? "";
  }

  /** @param {string} name */
  #part(name) {
    return /** @type {HTMLElement} */ (this.querySelector(`[data-part=${name}]`));
  }
}

customElements.define("case-export", CaseExport);
