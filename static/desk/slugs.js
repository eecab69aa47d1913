// @ts-check
/** Address of an article from its headline, in Latin letters: German umlauts as ae, Ukrainian by the state's romanisation of
 * 2010, Arabic letter by letter. */

const MOST = 80; // letters: what still fits a line when it is shared
const LETTERS = letters({
  ß: "ss", æ: "ae", œ: "oe", ø: "o", ð: "d", þ: "th", ł: "l", đ: "d", ı: "i",
  а: "a", б: "b", в: "v", г: "h", ґ: "g", д: "d", е: "e", є: "ie", ж: "zh", з: "z", и: "y", і: "i", ї: "i", й: "i",
  к: "k", л: "l", м: "m", н: "n", о: "o", п: "p", р: "r", с: "s", т: "t", у: "u", ф: "f", х: "kh", ц: "ts", ч: "ch",
  ш: "sh", щ: "shch", ь: "", ю: "iu", я: "ia", ы: "y", э: "e", ё: "e", ъ: "",
  ا: "a", أ: "a", إ: "i", آ: "a", ٱ: "a", ب: "b", ت: "t", ث: "th", ج: "j", ح: "h", خ: "kh", د: "d", ذ: "dh", ر: "r",
  ز: "z", س: "s", ش: "sh", ص: "s", ض: "d", ط: "t", ظ: "z", ع: "a", غ: "gh", ف: "f", ق: "q", ك: "k", ل: "l", م: "m",
  ن: "n", ه: "h", و: "w", ي: "y", ى: "a", ة: "a", ء: "", ؤ: "w", ئ: "y", پ: "p", چ: "ch", ڤ: "v", گ: "g", ـ: "",
  "٠": "0", "١": "1", "٢": "2", "٣": "3", "٤": "4", "٥": "5", "٦": "6", "٧": "7", "٨": "8", "٩": "9",
});
const GERMAN = letters({ ä: "ae", ö: "oe", ü: "ue" });
const UKRAINIAN_FIRST = letters({ є: "ye", ї: "yi", й: "y", ю: "yu", я: "ya" });

/** @param {Record<string, string>} table */
function letters(table) {
  return new Map(Object.entries(table).map(([from, to]) => [from.normalize("NFC"), to]));
}

/** @param {string} headline @param {string} language @returns {string} */
export function addressOf(headline, language) {
  const words = headline.normalize("NFC").toLowerCase().replace(/['’ʼ`´\u064b-\u0652]/gu, "").match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  let address = "";
  for (const word of words.map((each) => latin(each, language)).filter(Boolean)) {
    const longer = address ? `${address}-${word}` : word;
    if (longer.length > MOST) return address || word.slice(0, MOST);
    address = longer;
  }
  return address;
}

/** @param {string} word @param {string} language */
function latin(word, language) {
  const german = language.startsWith("de") ? GERMAN : undefined;
  const spelt = [...word.replaceAll("зг", "zgh")].map((letter, index) => {
    const first = index === 0 ? UKRAINIAN_FIRST.get(letter) : undefined;
    return german?.get(letter) ?? first ?? LETTERS.get(letter) ?? letter.normalize("NFKD");
  });
  return spelt.join("").replace(/[^a-z0-9]/g, "");
}
