// @ts-check
/** Passages of a canonical text, which comes as an array of code points. */

const LONGEST = 1000;
const CONTEXT = 32;

/** The reason names the page's sentence: empty, outside, across or too-long. */
export class Refused extends Error {
  /** @param {string} reason */
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

/** Without the white space at its ends. @param {string[]} points @param {Span} span */
export function trimmed(points, { start, end }) {
  while (start < end && !points[start].trim()) start++;
  while (start < end && !points[end - 1].trim()) end--;
  return { start, end };
}

/** @param {string} field @param {string[]} points @param {Span} span @returns {Quote} */
export function quoteAt(field, points, span) {
  const { start, end } = trimmed(points, span);
  if (start === end) throw new Refused("empty");
  if (end - start > LONGEST) throw new Refused("too-long");
  const exact = points.slice(start, end).join("");
  const prefix = points.slice(Math.max(start - CONTEXT, 0), start).join("");
  const suffix = points.slice(end, end + CONTEXT).join("");
  return { field, exact, prefix, suffix, start, end };
}

/** "Dr." and "U.S." end no sentence. @param {string} text @param {string} language */
function split(text, language) {
  text = text.replace(/(^|\P{L})(\p{Lu}\p{L}{0,2})\. /gu, "$1$2, ");
  try {
    return Array.from(new Intl.Segmenter(language, { granularity: "sentence" }).segment(text), ({ segment }) => segment);
  } catch {
    return text.match(/.+?([.!?…؟]["”’»)]?\s+|。|$)/gs) ?? [];
  }
}

/**
 * The sentences of each paragraph; one too long to be quoted comes in several pieces.
 * @param {string[]} points @param {string} language @returns {Span[][]}
 */
export function paragraphsOf(points, language) {
  let at = 0;
  return points.join("").split("\n\n").map((paragraph) => {
    const spans = [];
    for (const sentence of split(paragraph, language)) {
      for (let left = [...sentence].length; left > 0; left -= LONGEST) {
        spans.push({ start: at, end: at += Math.min(left, LONGEST) });
      }
    }
    at += 2;
    return spans;
  });
}

/** What stands beside a passage in its sentence. @param {string[]} points @param {Span} span @param {string} language */
export function around(points, { start, end }, language) {
  const sentences = paragraphsOf(points, language).flat();
  const first = sentences.find((span) => span.end > start)?.start;
  const last = sentences.find((span) => span.end >= end)?.end;
  return { before: points.slice(first, start).join(""), after: points.slice(end, last).join("") };
}
