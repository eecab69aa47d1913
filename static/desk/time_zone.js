// @ts-check
/** Offers the browser's time zone to an editor who has chosen none, where its clock differs from the desk's. */

/** How a zone's clock differs from UTC in each month of a year: zones of two names may be one. @param {string} zone @param {number} year */
function offsets(zone, year) {
  const clock = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" });
  return Array.from({ length: 12 }, (_none, month) => clock.format(new Date(Date.UTC(year, month, 15)))).join();
}

/** @param {string | undefined} own @param {string} desk @param {number} year @returns {boolean} */
export function clocksDiffer(own, desk, year) {
  if (!own) return false;
  try {
    return offsets(own, year) !== offsets(desk, year);
  } catch {
    return false; // a zone that this browser does not know
  }
}

export function offerTimeZone() {
  const form = document.querySelector("form[data-zone]");
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!(form instanceof HTMLFormElement) || !clocksDiffer(own, form.dataset.zone ?? "", new Date().getFullYear())) return;
  const [use] = form.querySelectorAll("button");
  const name = form.querySelector("[data-zone-own]");
  if (!use || !name) return;
  use.value = name.textContent = own;
  form.hidden = false;
}
