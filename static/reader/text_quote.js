// @ts-check
/** Text quotes (exact, prefix, suffix) and sentences of a canonical text. */

const MAX_LENGTH = 1000;
const CONTEXT = 32;

/** The reason is the key of the page's message: empty, outside, across or too-long. */
export class InvalidSelection extends Error {
  /** @param {string} reason */
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

/** Trims white space from a span. @param {string[]} points @param {Span} span */
export function trimSpan(points, { start, end }) {
  while (start < end && !points[start].trim()) start++;
  while (start < end && !points[end - 1].trim()) end--;
  return { start, end };
}

/** @param {string} field @param {string[]} points @param {Span} span @returns {Quote} */
export function quoteAt(field, points, span) {
  const { start, end } = trimSpan(points, span);
  if (start === end) throw new InvalidSelection("empty");
  if (end - start > MAX_LENGTH) throw new InvalidSelection("too-long");
  const exact = points.slice(start, end).join("");
  const prefix = points.slice(Math.max(start - CONTEXT, 0), start).join("");
  const suffix = points.slice(end, end + CONTEXT).join("");
  return { field, exact, prefix, suffix, start, end };
}

/** By Intl.Segmenter, or a pattern where it fails; full stops of "Dr." and "U.S." are masked first. @param {string} text @param {string} language */
function splitSentences(text, language) {
  text = text.replace(/(^|\P{L})(\p{Lu}\p{L}{0,2})\. /gu, "$1$2, ");
  try {
    return Array.from(new Intl.Segmenter(language, { granularity: "sentence" }).segment(text), ({ segment }) => segment);
  } catch {
    return text.match(/.+?([.!?…؟]["”’»)]?\s+|。|$)/gs) ?? [];
  }
}

/**
 * Sentences by paragraph; one longer than the longest quote is split.
 * @param {string[]} points @param {string} language @returns {Span[][]}
 */
export function sentencesByParagraph(points, language) {
  let at = 0;
  return points.join("").split("\n\n").map((paragraph) => {
    const spans = [];
    for (const sentence of splitSentences(paragraph, language)) {
      for (let left = [...sentence].length; left > 0; left -= MAX_LENGTH) {
        spans.push({ start: at, end: at += Math.min(left, MAX_LENGTH) });
      }
    }
    at += 2;
    return spans;
  });
}

/** The rest of the sentence before and after a passage. @param {string[]} points @param {Span} span @param {string} language */
export function sentenceAround(points, { start, end }, language) {
  const sentences = sentencesByParagraph(points, language).flat();
  const first = sentences.find((span) => span.end > start)?.start;
  const last = sentences.find((span) => span.end >= end)?.end;
  return { before: points.slice(first, start).join(""), after: points.slice(end, last).join("") };
}
