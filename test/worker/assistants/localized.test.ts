import assert from "node:assert/strict";
import { test } from "node:test";
import type { AssistantDefinition } from "../../../worker/assistants/definition.ts";
import { defaultDisclosure, defaultWelcome } from "../../../worker/assistants/default-texts.ts";
import { textFor } from "../../../worker/assistants/localized.ts";
import { publicProfile } from "../../../worker/assistants/profile.ts";
import { defineProject } from "../../../worker/assistants/project.ts";

test("a text is chosen by the tag, then by its beginning, then by its language, else the first one", () => {
  const texts = { fr: "Aide", en: "Help", "en-GB": "Help, please", "pt-BR": "Ajuda", zh: "帮助" };
  const wanted: Record<string, string> = {
    ...{ en: "Help", "en-gb": "Help, please", "en-US": "Help", EN_GB: "Help, please", "en-GB-oed": "Help, please" },
    ...{ pt: "Ajuda", "pt-PT": "Ajuda", "zh-Hant-TW": "帮助", "zh-CN": "帮助" },
    ...{ de: "Aide", "": "Aide", "nonsense!": "Aide", enough: "Aide", __proto__: "Aide", constructor: "Aide" },
  };
  for (const [tag, text] of Object.entries(wanted)) assert.equal(textFor(texts, tag), text, tag);
  assert.equal(textFor(texts), "Aide");
  assert.equal(textFor("Help", "de"), "Help");
  assert.deepEqual(textFor({ en: ["a"], de: ["b", "c"] }, "de"), ["b", "c"]);
  assert.deepEqual(textFor(["a"], "de"), ["a"]);
});

test("the profile has each text in the visitor's language, and defaults in every language of the chat", () => {
  const { assistants } = defineProject({
    connections: { anthropic: { provider: "anthropic", variables: { apiKey: "ANTHROPIC_API_KEY" } } },
    assistants: {
      help: {
        title: { en: "Help", de: "Hilfe" },
        starters: { en: ["Hours?"], de: ["Öffnungszeiten?", "Preise?"] },
        unavailable: "Closed",
        privacyUrl: { en: "/privacy", de: "/datenschutz" },
        connection: "anthropic",
        model: "claude-opus-5",
        maxCompletionTokens: 100,
        origins: ["https://www.example.com"],
      },
    },
  });
  const help = assistants.get("help");
  assert.ok(help);
  const { title, starters, unavailable, privacyUrl, welcome } = publicProfile(help, { available: true }, "de-AT");
  assert.deepEqual(
    { title, starters, unavailable, privacyUrl, welcome },
    {
      title: "Hilfe",
      starters: ["Öffnungszeiten?", "Preise?"],
      unavailable: "Closed",
      privacyUrl: "/datenschutz",
      welcome: "Hallo! Wie kann ich helfen?",
    },
  );
  assert.equal(publicProfile(help, { available: true }, "ja").title, "Help");
  assert.match(publicProfile(help, { available: true }, "ja").disclosure, /AI/);
  assert.equal(publicProfile(help, { available: true }).welcome, "Hello! How can I help?");
  const tags = ["ar", "de", "en", "es", "fr", "he", "ja", "pt-BR", "zh"];
  for (const texts of [defaultDisclosure, defaultWelcome]) assert.deepEqual(Object.keys(texts).toSorted(), tags);
});

test("a disclosure that is not written in the visitor's language is the default in that language", () => {
  const disclosure = { en: "Fin is an AI.", de: "Fin ist eine KI." };
  const { assistants } = defineProject({
    connections: { anthropic: { provider: "anthropic", variables: { apiKey: "ANTHROPIC_API_KEY" } } },
    assistants: {
      help: {
        ...{ title: "Help", disclosure, connection: "anthropic", model: "claude-opus-5", maxCompletionTokens: 100 },
        origins: ["https://www.example.com"],
      },
    },
  });
  const help = assistants.get("help");
  assert.ok(help);
  const shown = (tag?: string) => publicProfile(help, { available: true, handover: false }, tag).disclosure;
  const others = Object.entries(defaultDisclosure).filter(([tag]) => tag !== "en" && tag !== "de");
  assert.equal(others.length, 7);
  for (const [tag, text] of others) assert.equal(shown(tag), text, tag);
  assert.equal(shown("pt"), Object(defaultDisclosure)["pt-BR"]);
  assert.deepEqual([shown("en"), shown("de-AT")], [disclosure.en, disclosure.de]);
  assert.deepEqual([shown("nl"), shown()], [disclosure.en, disclosure.en]);
});

test("what visitors agree to has one id in all languages, another one when a text changes, and is not asked while nothing can answer", () => {
  const profileOf = (consent: AssistantDefinition["consent"], lang: string, available = true) => {
    const { assistants } = defineProject({
      connections: { anthropic: { provider: "anthropic", variables: { apiKey: "ANTHROPIC_API_KEY" } } },
      assistants: {
        help: {
          ...{ title: "Help", consent, connection: "anthropic", model: "claude-opus-5", maxCompletionTokens: 100 },
          origins: ["https://www.example.com"],
        },
      },
    });
    const help = assistants.get("help");
    assert.ok(help);
    return publicProfile(help, { available }, lang).consent;
  };
  const texts = { en: "I agree.", de: "Ich stimme zu." };
  const [english, german] = [profileOf(texts, "en"), profileOf(texts, "de-AT")];
  assert.deepEqual([english?.text, german?.text], ["I agree.", "Ich stimme zu."]);
  assert.equal(english?.id, german?.id);
  const others = [{ ...texts, de: "Ich stimme zu!" }, { en: "I agree." }, "I agree.", "I agree"];
  assert.equal(new Set([english?.id, ...others.map((text) => profileOf(text, "en")?.id)]).size, 1 + others.length);
  for (const id of [english?.id, profileOf("…", "en")?.id]) assert.match(id ?? "", /^[0-9a-z]{1,7}$/);
  assert.deepEqual([profileOf(undefined, "en"), profileOf(texts, "en", false)], [undefined, undefined]);
});
