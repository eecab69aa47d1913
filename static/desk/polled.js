// @ts-check
/** Asking an address again and again: the browser stores nothing of the desk, so the ETag is kept here. */

/**
 * A function that fetches what the address answers now, as JSON; null while it is as it was (304).
 * @param {string} address
 * @param {typeof fetch} [get]
 */
export function polled(address, get = fetch) {
  let etag = "";
  return async () => {
    const headers = { Accept: "application/json", ...(etag && { "If-None-Match": etag }) };
    const answer = await get(address, { headers, cache: "no-store" });
    if (answer.status === 304) return null;
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    etag = answer.headers.get("ETag") ?? "";
    return answer.json();
  };
}
