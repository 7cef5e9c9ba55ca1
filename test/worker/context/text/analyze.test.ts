import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { analyze } from "../../../../worker/context/text/analyze.ts";
import { supportedLanguages } from "../../../../worker/context/text/languages.ts";

function terms(text: string, language: string): string[] {
  return analyze(text, language).map(({ term }) => term);
}

/** Every way of writing has to give the same terms as the first. */
function assertSame(language: string, ...ways: string[]): void {
  const [first = ""] = ways;
  for (const way of ways) assert.deepEqual(terms(way, language), terms(first, language), `${way} as ${first}`);
  assert.notEqual(terms(first, language).length, 0, first);
}

const awkward = fc.constantFrom(
  "’",
  "-",
  " ",
  "E21",
  "1.000",
  "\u00ad",
  "e\u0301",
  "ﬁ",
  "ｶﾞ",
  "申し込み",
  "น้ำ",
  "中文",
  "كتاب",
  "🙂",
  "İ",
);
const text = fc
  .array(fc.oneof(awkward, fc.string({ unit: "grapheme" }), fc.string({ unit: "binary" })))
  .map((parts) => parts.join(""));
const language = fc.constantFrom(...supportedLanguages, "xx");

describe("places of terms", () => {
  test("are within the text, in order, and never empty", () => {
    fc.assert(
      fc.property(text, language, (any, tag) => {
        let last = 0;
        for (const { term, start, end } of analyze(any, tag)) {
          assert.ok(
            term !== "" && start >= last && start < end && end <= any.length,
            JSON.stringify({ term, start, end }),
          );
          assert.doesNotMatch(term, /\s/u);
          last = start;
        }
      }),
    );
  });

  test("count in UTF-16 units of the text as it was given", () => {
    const given = "🙂 Ver\u00adsand kostet ４,９０ €, cafe\u0301";
    const places = analyze(given, "de").map(({ start, end }) => given.slice(start, end));
    assert.deepEqual(places, ["Ver\u00adsand", "kostet", "４,９０", "cafe\u0301"]);
  });

  test("of half-width kana cover the character and its mark", () => {
    const given = "ｶﾞｲﾄﾞ";
    assert.deepEqual(
      analyze(given, "ja").map(({ term, start, end }) => [term, given.slice(start, end)]),
      [
        ["ガイ", "ｶﾞｲ"],
        ["イド", "ｲﾄﾞ"],
      ],
    );
  });
});

describe("the same written differently", () => {
  test("accents may be composed, decomposed or of full width", () => {
    assertSame("fr", "préparé", "pre\u0301pare\u0301", "PRÉPARÉ", "ｐｒéｐａｒé");
  });

  test("soft hyphens and zero-width spaces are not there", () => {
    assertSame("de", "Versandkosten", "Ver\u00adsand\u00adkosten", "Versand\u200bkosten");
  });

  test("product codes may have a space, a hyphen or neither", () => {
    for (const tag of supportedLanguages) {
      assertSame(tag, "E21", "e-21", "E 21", "e21", "Ｅ２１");
      assertSame(tag, "PV 1", "PV1", "pv-1");
    }
    assertSame("en", "2FA", "2fa", "2-FA");
    assert.ok(terms("v2.3.1", "en").includes("2.3.1"));
    assert.ok(terms("version 2.3.1", "en").includes("2.3.1"));
  });

  test("a preposition before a number makes no code", () => {
    assert.deepEqual(terms("um 9", "de"), ["9"]);
    assert.deepEqual(terms("à 5", "fr"), ["5"]);
  });

  test("numbers may be grouped, times may have any separator", () => {
    assertSame("de", "1000", "1.000", "1,000", "1 000", "1’000", "1\u00a0000");
    assertSame("en", "1234.5", "1,234.5", "1.234,5");
    assertSame("fr", "18:30", "18h30", "18.30");
    assertSame("ar", "2024", "٢٠٢٤");
    assertSame("th", "25", "๒๕");
    assert.notDeepEqual(terms("1.5", "en"), terms("15", "en"));
  });

  test("apostrophes separate an article, and nothing else", () => {
    assertSame("fr", "eau", "l'eau", "l’eau", "d'eau");
    assertSame("it", "acqua", "dell'acqua", "l’acqua");
    assertSame("en", "O'Brien", "OBrien", "o’brien's");
    assertSame("tr", "Ankara", "Ankara'da");
    assert.deepEqual(terms("don't doesn’t it's", "en"), []);
  });

  test("short prefixes may have a hyphen", () => {
    for (const [hyphened, joined] of [
      ["E-Mail", "Email"],
      ["Wi-Fi", "wifi"],
      ["check-in", "checkin"],
    ] as const) {
      assert.ok(terms(hyphened, "en").includes(terms(joined, "en")[0] ?? ""), hyphened);
    }
  });

  test("emoji and punctuation have no terms", () => {
    assert.deepEqual(terms("🙂👍🏽👩‍👩‍👧 … — !?¿ #️⃣", "en"), []);
  });
});

test("stop words are left out", () => {
  assert.deepEqual(terms("Wie hoch sind die Versandkosten für das?", "de"), ["hoch", "versandkost"]);
  assert.deepEqual(terms("what is the of and", "en"), []);
});

test("an unsupported language keeps its words whole", () => {
  assert.deepEqual(terms("Dzień dobry", "pl"), ["dzien", "dobry"]);
  assert.deepEqual(terms("книги", "uk"), ["книги"]);
  assert.deepEqual(terms("word", "constructor"), ["word"]);
});

test("the region and script of a language tag do not matter", () => {
  for (const tag of ["de", "de-AT", "DE", "de_CH"]) assert.deepEqual(terms("Häuser", tag), ["haus"]);
  assert.deepEqual(terms("bøkene", "nb"), terms("bøkene", "no"));
});

test("encoded data is cut off and takes no time", () => {
  const [encoded] = analyze("a".repeat(100_000), "tr");
  assert.ok(encoded && encoded.term.length <= 64);
});
