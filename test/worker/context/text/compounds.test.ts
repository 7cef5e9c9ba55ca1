import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { analyze } from "../../../../worker/context/text/analyze.ts";
import { compoundParts, splitCompound } from "../../../../worker/context/text/compounds.ts";

function term(word: string, language: string): string {
  return analyze(word, language)[0]?.term ?? "";
}

/** Splits a word with the vocabulary of a text, and asserts that only parts from `compoundParts` are looked up. */
function split(word: string, vocabulary: string, language: string): string[] {
  const known = new Set(analyze(vocabulary, language).map((each) => each.term));
  const parts = new Set(compoundParts(term(word, language), language));
  return splitCompound(
    term(word, language),
    (part) => {
      assert.ok(parts.has(part), `${part} is not a part of ${word}`);
      return known.has(part);
    },
    language,
  );
}

describe("compounds", () => {
  for (const [language, word, vocabulary] of [
    ["de", "Versandkosten", "Versand Kosten"],
    ["de", "Wohnungsgeld", "Wohnung Geld"],
    ["de", "Straßenlampen", "Straße Lampe"],
    ["de", "Hundesteuer", "Hund Steuer"],
    ["de", "Kindergeld", "Kind Geld"],
    ["de", "Kindertagesstättenplätze", "Kind Tag Stätte Platz"],
    ["de", "Bibliotheksausweis", "Bibliothek Ausweis"],
    ["de", "Finanzamt", "Finanzen Amt"],
    ["de", "Datenzugriff", "Daten Zugriff"],
    ["nl", "verzendkosten", "verzend kosten"],
    ["nl", "parkeervergunning", "parkeer vergunning"],
    ["sv", "fraktkostnad", "frakt kostnad"],
    ["sv", "biblioteksbok", "bibliotek bok"],
    ["da", "biblioteksbog", "bibliotek bog"],
    ["no", "biblioteksbok", "bibliotek bok"],
    ["en", "timetracking", "time tracking"],
    ["fr", "taxefoncière", "taxe foncière"],
  ] as const) {
    for (const tag of [language, `${language}-001`]) {
      test(`${tag}: ${word}`, () => {
        const parts = vocabulary.split(" ").map((part) => term(part, tag));
        assert.deepEqual(split(word, vocabulary, tag), parts);
      });
    }
  }

  test("are split into as few parts as possible", () => {
    assert.deepEqual(split("Personalausweise", "Person Personal Ausweis aus weis", "de"), ["personal", "ausweis"]);
  });
  test("are not split if a part is missing", () => {
    assert.deepEqual(split("Versandkosten", "Versand", "de"), []);
  });
  test("do not exist in short terms, in codes and in other scripts", () => {
    assert.deepEqual(compoundParts("водопровод", "ru"), []);
    assert.deepEqual(compoundParts("haus", "de"), []);
    assert.deepEqual(compoundParts("versand2024", "de"), []);
    assert.deepEqual(compoundParts("x".repeat(41), "de"), []);
  });
  test("have a bounded number of parts", () => {
    assert.ok(compoundParts("abcdefghijklmnopqrstuvwxyzabcdefghijklmn", "de").length < 1000);
  });
});
