// @ts-check
/** Whether a reader would see the difference that a replacement makes in its place; as corrections/screening/visible_change.py. */

/** NFC, without soft hyphens, runs of blanks as one, none at the edges of lines and of the whole. @param {string} text */
const fold = (text) => text.replace(/\u00ad/g, "").normalize("NFC").replace(/[ \t\f\r]+/g, " ").replace(/ ?\n ?/g, "\n").replace(/\n{3,}/g, "\n\n").replace(/^[ \n]+|[ \n]+$/g, "");

/** @param {{ exact: string, prefix: string, suffix: string }} passage @param {string} replacement */
export const isVisibleChange = ({ exact, prefix, suffix }, replacement) => fold(prefix + exact + suffix) !== fold(prefix + replacement + suffix);
