import assert from "node:assert/strict";
import { test } from "node:test";
import { analyze } from "../../../../worker/context/text/analyze.ts";
import { supportedLanguages } from "../../../../worker/context/text/languages.ts";

/** Words by language. Each line lists forms of the same word. */
const sameWord: Record<string, string> = {
  ar: `المكتبة مكتبة للمكتبة والمكتبة مكتبات بالمكتبات
    كتاب كتب الكتب الكُتُب كتابا
    أقساط قسط الأقساط
    إلغاء الغاء`,
  da: `betaling betalinger betalingen
    bøger bog`,
  de: `Häuser Haus Haeuser Hauses
    Straße Strasse Straßen STRASSE
    abholen abgeholt abzuholen abholt
    zahlt zahlen gezahlt zahlte Zahlung
    verloren verliert verlor verlieren
    umgezogen umziehen umzuziehen umzieht
    gehen ging gegangen geht
    kündigen gekündigt Kündigung kuendigt
    Öffnung öffnen geöffnet öffnet
    Märkte Markt`,
  en: `go went gone goes
    mouse mice
    pay paid pays paying
    lose lost
    child children`,
  es: `devolución devolucion devoluciones
    envío envio envíos
    cierra cerrar cerrado`,
  fi: `talo talot taloissa`,
  fr: `œil yeux oeil
    activité activite activités
    préparer préparé preparee préparées
    paie payer paye
    première premiere premières
    travaux travail`,
  hu: `ház házak`,
  it: `spedizione spedizioni
    città citta
    aperto aprire`,
  nl: `betaling betalingen
    betaald betalen
    stad steden`,
  no: `bok bøker
    betaling betalinger`,
  pt: `devolução devolucao devoluções
    paga pagar pago`,
  ro: `comandă comanda
    stație staţie statie`,
  ru: `книга книги книгу книгой
    ещё-не еще-не
    счёт счет`,
  sv: `böcker bok
    betalning betalningar`,
  tr: `sipariş siparişler siparişim siparis
    İzmir izmir`,
};

for (const [language, lines] of Object.entries(sameWord)) {
  test(`${language}: forms of a word have the same term`, () => {
    for (const line of lines.split("\n")) {
      const forms = line.trim().split(" ");
      const found = forms.map((form) =>
        analyze(form, language)
          .map(({ term }) => term)
          .join(" "),
      );
      assert.equal(new Set(found).size, 1, `${forms.join(" ")}: ${found.join(" ")}`);
      assert.notEqual(found[0], "");
    }
  });
}

test("words that only look alike keep their own terms", () => {
  for (const [language, words] of [
    ["de", "Internet intern Amt Ort Angebot Gebiet Paket Packung"],
    ["ru", "мой мои"],
    ["ar", "كتاب كاتبه مكتب"],
    ["en", "universe bus business"],
  ] as const) {
    const found = words.split(" ").flatMap((word) => analyze(word, language).map(({ term }) => term));
    assert.equal(new Set(found).size, found.length, found.join(" "));
  }
});

test("every supported language has stems, or pairs of characters", () => {
  assert.deepEqual(
    supportedLanguages.filter((language) => !(language in sameWord)),
    ["ja", "ko", "th", "zh"],
  );
});

test("Latin words in text of another script have English stems and no stop words", () => {
  for (const language of ["ja", "ko", "zh", "th", "ru", "ar"]) {
    assert.deepEqual(
      analyze("refunds IT", language).map(({ term }) => term),
      ["refund", "it"],
    );
  }
});
