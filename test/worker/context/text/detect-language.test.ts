import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { detectLanguage } from "../../../../worker/context/text/detect-language.ts";

const questions: Record<string, string> = {
  ar: "كم رسوم الشحن؟",
  da: "Hvad koster forsendelsen?",
  de: "Was kostet der Versand?",
  el: "Πόσο κοστίζει η αποστολή;",
  en: "How much is the shipping?",
  es: "¿Cuánto cuesta el envío?",
  fa: "قیمت ارسال چقدر است؟",
  fi: "Paljonko toimitus maksaa?",
  fr: "Combien coûte la livraison ?",
  hu: "Mennyibe kerül a szállítás?",
  it: "Quanto costa la spedizione?",
  ja: "送料はいくらですか",
  ko: "배송비는 얼마인가요?",
  nl: "Hoeveel kost de verzending?",
  no: "Hva koster frakten?",
  pt: "Quanto é o frete para a sua cidade?",
  ro: "Cât costă livrarea?",
  ru: "Сколько стоит доставка?",
  sv: "Hur mycket kostar frakten?",
  th: "ค่าส่งเท่าไหร่",
  tr: "Kargo ücreti ne kadar?",
  uk: "Скільки коштує доставка?",
  zh: "运费是多少",
};

describe("detectLanguage", () => {
  for (const [language, question] of Object.entries(questions)) {
    test(`${language}: ${question}`, () => assert.equal(detectLanguage(question), language));
  }

  test("knows nothing of a single word, a number or an empty text", () => {
    for (const text of ["Versandkosten", "shipping", "E21", "", "  ", "12 + 3", "🙂"])
      assert.equal(detectLanguage(text), undefined, text);
  });

  for (const language of ["ar", "de", "en", "fr", "ja", "th", "zh"]) {
    test(`${language}: is right about every passage, and never wrong about a question`, async () => {
      const file = join(import.meta.dirname, `../../../data/retrieval/${language}.json`);
      const data: { passages: { content: string }[]; questions: { text: string }[] } = JSON.parse(
        await readFile(file, "utf8"),
      );
      for (const { content } of data.passages) assert.equal(detectLanguage(content), language, content);
      for (const { text } of data.questions) assert.equal(detectLanguage(text) ?? language, language, text);
    });
  }
});
