// Addresses from headlines in the languages of the house.
import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf } from "../../../static/desk/slugs.js";

for (const [language, headline, address] of [
  ["en", "  The ferry’s back: 14 bridges — and more!  ", "the-ferrys-back-14-bridges-and-more"],
  ["de", "Größere Brücken für Köln", "groessere-bruecken-fuer-koeln"],
  ["fr", "L’été à Orléans : cœur brisé", "lete-a-orleans-coeur-brise"],
  ["es", "¿Mañana? El pingüino dirá", "manana-el-pinguino-dira"],
  ["uk", "Їжак їсть Є’вшан у Згурівці", "yizhak-yist-yevshan-u-zghurivtsi"],
  ["ar", "الجسر مُغلق ١٤ يومًا", "aljsr-mghlq-14-ywma"],
  ["en", "橋", ""],
  ["en", "", ""],
]) {
  test(`${headline} stands under ${address || "nothing"}`, () => assert.equal(addressOf(headline, language), address));
}

test("a long headline ends at a word", () => {
  const address = addressOf("word ".repeat(40), "en");
  assert.equal(address.length, 79);
  assert.equal(addressOf("x".repeat(200), "en").length, 80);
});
