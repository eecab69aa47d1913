// @ts-check
// ARIA toolbar: roving tabindex, arrow keys, aria-pressed.

/** @import { EditorView } from "../vendor/prosemirror.js" */
/** @import { Action } from "./commands.js" */

const APPLE = /mac|iphone|ipad/i.test(navigator.userAgent);

export class Toolbar {
  /** @type {HTMLElement} */
  #root;
  /** @type {HTMLButtonElement[]} */
  #buttons;
  /** @type {Record<string, Action>} */
  #actions;

  /** @param {HTMLElement} root its buttons carry data-action @param {Record<string, Action>} actions
   * @param {(name: string) => void} press @param {AbortSignal} signal */
  constructor(root, actions, press, signal) {
    this.#root = root;
    this.#actions = actions;
    this.#buttons = [...root.querySelectorAll("button")];
    for (const button of this.#buttons) label(button);
    this.#rove(this.#buttons[0]);
    root.addEventListener("keydown", (event) => this.#move(event), { signal });
    // A press of the mouse must not take the selection out of the text.
    root.addEventListener("mousedown", (event) => event.preventDefault(), { signal });
    root.addEventListener("focusin", (event) => this.#rove(this.#buttonOf(event)), { signal });
    root.addEventListener(
      "click",
      (event) => {
        const button = this.#buttonOf(event);
        if (button?.dataset.action && button.ariaDisabled !== "true") press(button.dataset.action);
      },
      { signal },
    );
  }

  focus() {
    this.#buttons.find((button) => button.tabIndex === 0)?.focus();
  }

  /** @param {EditorView | null} view null while the source is shown */
  update(view) {
    for (const button of this.#buttons) {
      const name = button.dataset.action ?? "";
      const action = this.#actions[name];
      if (!action) continue;
      // Not the disabled attribute: a button that greys out under the keyboard's focus must keep it.
      const active = !!view && !!action.active?.(view.state);
      button.ariaDisabled = String(!view || !(active || action.run(view.state)));
      if (action.active) button.ariaPressed = String(active);
    }
  }

  /** @param {string} name @param {boolean} pressed */
  press(name, pressed) {
    const button = this.#buttons.find((one) => one.dataset.action === name);
    if (button) button.ariaPressed = String(pressed);
  }

  /** @param {Event} event */
  #buttonOf(event) {
    return this.#buttons.find((button) => event.target instanceof Node && button.contains(event.target));
  }

  /** @param {HTMLButtonElement | undefined} current the one that Tab comes to */
  #rove(current) {
    if (current) for (const button of this.#buttons) button.tabIndex = button === current ? 0 : -1;
  }

  /** @param {KeyboardEvent} event */
  #move(event) {
    const here = this.#buttons.findIndex((button) => button.tabIndex === 0);
    const onward = getComputedStyle(this.#root).direction === "rtl" ? -1 : 1;
    const count = this.#buttons.length;
    /** @type {Record<string, number>} */
    const targets = { ArrowRight: here + onward, ArrowLeft: here - onward, Home: 0, End: count - 1 };
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    this.#buttons[(target + count) % count]?.focus();
  }
}

/** The title shows the name, and the keys where there are any. @param {HTMLButtonElement} button */
function label(button) {
  const keys = button.getAttribute("aria-keyshortcuts");
  const shown = APPLE ? keys?.replace("Control+", "⌘") : keys?.replace("Control+", "Ctrl+");
  button.title = shown ? `${button.ariaLabel} (${shown})` : (button.ariaLabel ?? "");
}
