// @ts-check
/** Presence: beats while a page is open and seen, shows who else has it open, and says when it is left. */

const BEAT = 15_000; // newsroom/presence/editors.py forgets who is silent for two minutes

/** @param {HTMLElement} place with the address of the heartbeat, and [data-names] */
export function showPresence(place) {
  const address = place.dataset.presence ?? "";
  const token = /** @type {HTMLInputElement | null} */ (document.querySelector("[name=csrfmiddlewaretoken]"))?.value ?? "";
  /** @param {Record<string, string>} said */
  const body = (said) => new URLSearchParams({ csrfmiddlewaretoken: token, ...said });
  const beat = async () => {
    try {
      const { others } = await (await fetch(address, { method: "POST", body: body({}) })).json();
      const names = place.querySelector("[data-names]");
      if (names && names.textContent !== others.join(", ")) names.textContent = others.join(", ");
      place.hidden = !others.length;
    } catch { /* The next beat tells. */ }
  };
  beat();
  setInterval(() => document.hidden || beat(), BEAT);
  addEventListener("pageshow", ({ persisted }) => persisted && beat());
  addEventListener("pagehide", () => navigator.sendBeacon(address, body({ leave: "1" })));
}
