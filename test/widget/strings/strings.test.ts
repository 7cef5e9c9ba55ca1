import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { errorCodes } from "../../../protocol/index.ts";
import { fill, plural } from "../../../widget/strings/plural.ts";
import { english } from "../../../widget/strings/languages.ts";
import { loadStrings } from "../../../widget/strings/other-languages.ts";
import type { CustomStrings, Language, Plural } from "../../../widget/strings/strings.ts";

/** An abbreviated unit has one form in every language, and so has a text with a number after a colon. */
const hasOneForm = (path: string, text: string) =>
  /^\.extras\.(seconds|thoughtFor)$/.test(path) || text.includes(": #");

const names = ["ar", "de", "es", "fr", "he", "ja", "pt", "zh"];

/** All texts of a value, by their paths. Plural forms are one text. */
function textsIn(value: unknown, path = ""): [path: string, text: Plural][] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value !== "object" || value === null) return [];
  if ("other" in value) return [[path, value as Plural]];
  return Object.entries(value).flatMap(([key, each]) => textsIn(each, `${path}.${key}`));
}

/** The text of each plural form; one text if the language has one form. */
function formsOf(text: Plural): string[] {
  return typeof text === "string" ? [text] : Object.values(text);
}

function namesIn(text: string): string[] {
  return (text.match(/\{\w+\}/g) ?? []).toSorted();
}

async function languageOf(name: string): Promise<Language> {
  const file: { language: Language } = await import(`../../../widget/strings/${name}.ts`);
  return file.language;
}

async function langOf(tag: string): Promise<string> {
  return (await loadStrings(english, tag)).lang;
}

describe("strings", () => {
  it("exist for every error code", () => {
    for (const code of errorCodes) assert.match(english.failures[code], /\.$/);
  });

  it("are found by the primary part of a tag", async () => {
    for (const tag of ["de", "DE", "de-AT", "de_CH"]) assert.equal(await langOf(tag), "de");
    assert.equal(await langOf("pt"), "pt-BR");
    for (const tag of ["zh", "zh-CN", "zh-Hans-HK", "zh-SG"]) assert.equal(await langOf(tag), "zh-Hans", tag);
    for (const tag of ["zh-Hant", "zh-TW", "zh-HK", "en", "en-GB", "xx", "", "constructor", "den"])
      assert.equal(await langOf(tag), "en", tag);
  });

  it("use the language's plural forms and numbers", async () => {
    const forms = { one: "# źródło", few: "# źródła", many: "# źródeł", other: "# źródła" };
    const sources = (count: number) => plural("pl", forms, count);
    assert.deepEqual([1, 2, 5, 1_000].map(sources), ["1 źródło", "2 źródła", "5 źródeł", "1000 źródeł"]);
    assert.equal(plural("en", english.charsLeft, 1), "1 character left");
    assert.equal(plural("en", english.charsLeft, 1_200), "1,200 characters left");
    const { chat } = await languageOf("ar");
    const retry = [0, 1, 2, 3, 11, 100].map((count) => plural("ar-u-nu-latn", chat.charsLeft, count));
    assert.deepEqual(retry, [
      "لم يتبق أي حرف",
      "تبقى حرف واحد",
      "تبقى حرفان",
      "تبقت 3 أحرف",
      "تبقى 11 حرفًا",
      "تبقى 100 حرف",
    ]);
  });

  it("take the site's own words first, then the language's, then English ones", async () => {
    const custom = { chat: { send: "Los", failures: { internal: "Kaputt." }, charsLeft: { other: "# Z." } } };
    const strings = await loadStrings(english, "de", custom);
    assert.deepEqual([strings.send, strings.stop], ["Los", "Antwort stoppen"]);
    assert.deepEqual([strings.failures.internal, strings.failures.offline], ["Kaputt.", "Sie sind offline."]);
    assert.equal(plural("de", strings.charsLeft, 1), "1 Z.");
    const dutch = await loadStrings(english, "nl", { chat: { lang: "nl", send: "Versturen", stop: "" } });
    assert.deepEqual([dutch.send, dutch.stop, dutch.launcher.lang], ["Versturen", "Stop generating", "nl"]);
  });

  it("of a site's own that would break the chat are ignored, and reported once", async (t) => {
    const { mock } = t.mock.method(console, "error", () => undefined);
    const custom = {
      chat: {
        lang: "no tag",
        send: () => "x",
        stop: 5,
        retryAt: { other: "x" },
        charsLeft: { one: "x" },
        failures: "x",
      },
      launcher: { open: ["x"], close: null },
      sources: { more: { other: 5 }, title: "Q" },
      handover: "x",
      extras: { seconds: { one: "# s", other: "# s." } },
    };
    const parts = await import("../../../widget/strings/en.ts");
    const german = await languageOf("de");
    for (const _ of ["loaded", "loaded again"]) {
      const strings = await loadStrings(english, "de", Object.assign<CustomStrings, object>({}, custom));
      const { lang, send, stop, retryAt, charsLeft, failures, launcher, part } = strings;
      const { chat } = german;
      assert.deepEqual([lang, send, stop, retryAt], ["de", chat.send, chat.stop, chat.retryAt]);
      assert.deepEqual([charsLeft, failures], [chat.charsLeft, chat.failures]);
      assert.deepEqual(launcher, { ...german.launcher, lang: "de" });
      assert.deepEqual(part("sources", parts.sources), { ...german.sources, title: "Q" });
      assert.deepEqual(part("handover", parts.handover), german.handover);
      assert.equal(plural("de", part("extras", parts.extras).seconds, 2), "2 s.");
    }
    const found = mock.calls.map(({ arguments: [text] }) => /strings\.([\w.]+)/.exec(String(text))?.[1]);
    const wrong = ["lang", "send", "stop", "retryAt", "charsLeft"].map((name) => `chat.${name}`);
    assert.deepEqual(found, [...wrong, "launcher.open", "sources.more"]);
  });

  it("of a site's own may have a tag with an underscore", async () => {
    const strings = await loadStrings(english, "en", { chat: { lang: "pt_br", send: "Mandar" } });
    assert.deepEqual(
      [strings.lang, strings.send, strings.stop],
      ["pt-BR", "Mandar", (await languageOf("pt")).chat.stop],
    );
    assert.equal(plural(strings.lang, strings.charsLeft, 1), plural("pt-BR", strings.charsLeft, 1));
  });

  it("keep a name in braces that has no value", () => {
    assert.equal(fill("{a} of {b}: {a}", { a: "{b}" }), "{b} of {b}: {b}");
  });

  for (const name of names) {
    it(`of ${name} have the numbers and names of the English ones`, async () => {
      const language = await languageOf(name);
      const own = new Map(textsIn(language));
      const { announcements, launcher, part: _, ...chat } = english;
      const parts = await import("../../../widget/strings/en.ts");
      const others = { ...parts, announcements, chat, launcher: { ...launcher, lang: undefined } };
      const wanted = textsIn(others);
      assert.deepEqual([...own.keys()].toSorted(), wanted.map(([path]) => path).toSorted());
      for (const [path, text] of wanted) {
        const forms = formsOf(own.get(path) ?? "");
        for (const form of forms) {
          assert.deepEqual(namesIn(form), namesIn(formsOf(text)[0] ?? ""), path);
          assert.ok(form.trim() !== "", path);
        }
        if (formsOf(text)[0]?.includes("#")) assert.ok(forms.at(-1)?.includes("#"), path);
      }
    });

    it(`of ${name} have every plural form that the language uses for numbers up to 1,000`, async () => {
      const language = await languageOf(name);
      const rules = new Intl.PluralRules(language.chat.lang);
      const used = new Set(Array.from({ length: 1_001 }, (_, count) => rules.select(count)));
      for (const [path, text] of textsIn(language)) {
        if (typeof text === "string" && (!text.includes("#") || hasOneForm(path, text))) continue;
        const forms = typeof text === "string" ? ["other"] : Object.keys(text);
        assert.deepEqual(forms.toSorted(), [...used].toSorted(), path);
      }
    });
  }
});
