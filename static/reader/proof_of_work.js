// @ts-check
/** Proof of work: solves an ALTCHA challenge. Imported only while the site asks for one. */

const ENCODER = new TextEncoder();

/** @param {ArrayBuffer} bytes */
const hex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** The solution as the server reads it, "" if there is none. @param {Puzzle} puzzle */
export async function solve({ algorithm, challenge, maxNumber, salt, signature }) {
  for (let number = 0; number <= maxNumber; number += 1) {
    if (hex(await crypto.subtle.digest(algorithm, ENCODER.encode(salt + number))) === challenge) {
      return btoa(JSON.stringify({ algorithm, challenge, number, salt, signature }));
    }
  }
  return "";
}
