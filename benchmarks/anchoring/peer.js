// @ts-check
/**
 * The yardstick: a quote found again as the Hypothesis client does it, written from its published description.
 *
 * The client keeps no old text. It looks for the quote's exact copies, else for approximate ones, and takes the one whose
 * surroundings and position agree best. Questions come as JSON lines, answers go out as JSON lines: [start, end] in
 * code points, or null.
 */
// @ts-ignore  the types of node are not among the tools of the project
import process from "node:process";
// @ts-ignore
import { createInterface } from "node:readline";
import search from "approx-string-match";

/** How much each part of the evidence counts, as published. */
const WEIGHTS = { quote: 50, prefix: 20, suffix: 20, position: 2 };
const MOST_ERRORS = 256;

/** @typedef {{ start: number, end: number, errors: number }} Match */
/** @typedef {{ text: string, exact: string, prefix: string, suffix: string, hint: number }} Question offsets in units */

/**
 * Exact copies if there are any, since the approximate search is a hundred times slower; else the best approximate ones.
 * @param {string} text
 * @param {string} pattern
 * @param {number} maxErrors
 * @returns {Match[]}
 */
function find(text, pattern, maxErrors) {
  const exact = [];
  for (let at = text.indexOf(pattern); at !== -1; at = text.indexOf(pattern, at + 1)) {
    exact.push({ start: at, end: at + pattern.length, errors: 0 });
  }
  return exact.length ? exact : search(text, pattern, maxErrors);
}

/**
 * How much of the expected surroundings stands in `text`, from 0 to 1. Nothing expected is nothing missed.
 * @param {string} text
 * @param {string} expected
 */
function likeness(text, expected) {
  if (!expected) return 1;
  const [best] = text ? find(text, expected, expected.length) : [];
  return best ? 1 - best.errors / expected.length : 0;
}

/**
 * @param {Match} match
 * @param {Question} question
 */
function score({ start, end, errors }, { text, exact, prefix, suffix, hint }) {
  const before = text.slice(Math.max(0, start - prefix.length), start);
  const after = text.slice(end, end + suffix.length);
  const sum =
    WEIGHTS.quote * (1 - errors / exact.length) +
    WEIGHTS.prefix * likeness(before, prefix) +
    WEIGHTS.suffix * likeness(after, suffix) +
    WEIGHTS.position * (1 - Math.abs(start - hint) / text.length);
  return sum / (WEIGHTS.quote + WEIGHTS.prefix + WEIGHTS.suffix + WEIGHTS.position);
}

/**
 * The first of the best matches, as a sort that keeps the order of equals would give it.
 * @param {Question} question
 */
function relocate(question) {
  const { text, exact } = question;
  /** @type {Match | null} */
  let best = null;
  let highest = -Infinity;
  for (const match of find(text, exact, Math.min(MOST_ERRORS, exact.length / 2))) {
    const value = score(match, question);
    if (value > highest) [best, highest] = [match, value];
  }
  return best;
}

/**
 * Where so many code points of `text` end, in UTF-16 units.
 * @param {string} text
 * @param {number} points
 */
function units(text, points) {
  let at = 0;
  for (; points > 0 && at < text.length; points -= 1) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  return at;
}

/**
 * The number of code points in the first `end` units of `text`; a match that cuts a pair in two counts its half.
 * @param {string} text
 * @param {number} end
 */
function points(text, end) {
  let count = 0;
  for (const _point of text.slice(0, end)) count += 1;
  return count;
}

for await (const line of createInterface({ input: process.stdin })) {
  /** @type {Question} */
  const asked = JSON.parse(line);
  const found = relocate({ ...asked, hint: units(asked.text, asked.hint) });
  const answer = found && [points(asked.text, found.start), points(asked.text, found.end)];
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
