import assert from "node:assert/strict";
import { test } from "node:test";
import { languageOf } from "../../../widget/view/text-language.ts";

const texts: [words: string, text: string, lang: string][] = [
  ["Japanese", "**料金(税込)** は100円です。詳細はガイドをご覧ください。", "ja"],
  ["Japanese with code", "`npm install` を実行してから、アプリを再起動してください。", "ja"],
  ["katakana alone", "コンピューター", "ja"],
  ["Korean", "자세한 내용은 가이드를 참조하세요. API 키가 필요합니다.", "ko"],
  ["Chinese, whose characters Japanese shares", "请访问我们的网站，然后继续。", "nl"],
  [
    "a quoted Japanese word",
    "The dish すし is made with vinegared rice, and often with fish. It is eaten by hand.",
    "nl",
  ],
  ["another language in the page's script", "This is an answer in English.", "nl"],
  ["Arabic", "مرحبا", "nl"],
  ["nothing", "", "nl"],
  ["digits", "42", "nl"],
];

for (const [words, text, lang] of texts) {
  test(`a text's language: ${words}`, () => {
    assert.equal(languageOf(text, "nl"), lang);
  });
}

test("a text's language is unknown if the page does not say its own", () => {
  assert.equal(languageOf("Hello", ""), "");
});
