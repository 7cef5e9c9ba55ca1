import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { analyze } from "../../../../worker/context/text/analyze.ts";

function terms(text: string, language: string): string[] {
  return analyze(text, language).map(({ term }) => term);
}

function assertHas(language: string, text: string, ...wanted: string[]): void {
  const found = terms(text, language);
  for (const term of wanted) assert.ok(found.includes(term), `${text}: ${found.join(" ")} without ${term}`);
}

describe("Chinese", () => {
  test("has every pair of adjacent characters", () => {
    assert.deepEqual(terms("身份证丢失", "zh"), ["身份", "份证", "证丢", "丢失"]);
  });
  test("is split at function words", () => {
    assert.deepEqual(terms("怎么退货？我的订单呢", "zh"), ["退货", "订单"]);
    assertHas("zh", "目的地现在", "目的", "现在");
  });
  test("keeps a character that stands alone", () => {
    assert.deepEqual(terms("我的猫", "zh"), ["猫"]);
    assert.deepEqual(terms("3月5日", "zh"), ["3", "月", "5", "日"]);
  });
  test("has characters outside of the basic plane as one", () => {
    assert.deepEqual(terms("𠮷野家", "zh"), ["𠮷野", "野家"]);
    assert.deepEqual(
      analyze("𠮷野家", "zh").map(({ start, end }) => [start, end]),
      [
        [0, 3],
        [2, 4],
      ],
    );
  });
  test("keeps Latin words and codes whole", () => {
    assert.deepEqual(terms("用App扫描E-21码", "zh"), ["用", "app", "扫描", "e21", "码"]);
  });
});

describe("Japanese", () => {
  test("finds a compound with and without the endings of its verbs", () => {
    for (const [one, other, term] of [
      ["申し込み", "申込書", "申込"],
      ["引っ越し", "引越", "引越"],
      ["払い戻し", "払戻金", "払戻"],
    ] as const) {
      assertHas("ja", one, term);
      assertHas("ja", other, term);
    }
  });
  test("finds a verb in all of its forms", () => {
    for (const form of ["払う", "払います", "払った", "払わない"]) assert.deepEqual(terms(form, "ja"), ["払"]);
  });
  test("has words in hiragana and katakana, without particles", () => {
    assertHas("ja", "ごみの出し方", "ごみ");
    assertHas("ja", "カードを使う", "カー", "ード");
    assert.deepEqual(terms("これはどうすればできますか", "ja"), []);
  });
  test("folds full-width and half-width forms", () => {
    assert.deepEqual(terms("ｶｰﾄﾞ ＰＤＦ", "ja"), terms("カード PDF", "ja"));
  });
});

describe("Thai", () => {
  test("pairs clusters of a consonant with its vowels and tone marks", () => {
    assert.deepEqual(terms("บัตรหาย", "th"), ["บัต", "ตร", "รหา", "หาย"]);
  });
  test("knows both ways to type a vowel and its tone mark", () => {
    assert.deepEqual(terms("นํ้าเเดง", "th"), terms("น้ำแดง", "th"));
  });
  test("leaves out question words", () => {
    assert.deepEqual(terms("ค่าส่งเท่าไหร่", "th"), terms("ค่าส่ง", "th"));
  });
  test("does not depend on zero-width spaces between words", () => {
    assert.deepEqual(terms("ค่า\u200bจัดส่ง", "th"), terms("ค่าจัดส่ง", "th"));
  });
});

describe("Korean", () => {
  test("has pairs of syllables without particles", () => {
    assert.deepEqual(terms("도서관은 어디에 있습니까?", "ko").slice(0, 2), ["도서", "서관"]);
    assert.deepEqual(terms("PC를", "ko"), ["pc"]);
  });
  test("is the same in composed and decomposed form", () => {
    assert.deepEqual(terms("도서관".normalize("NFD"), "ko"), ["도서", "서관"]);
  });
});
