import assert from "node:assert/strict";
import { test } from "node:test";
import { originProblem, isOriginAllowed } from "../../../worker/assistants/origins.ts";
import { defineProject, ProjectError } from "../../../worker/assistants/project.ts";
import { publicProfile } from "../../../worker/assistants/profile.ts";
import type { AssistantDefinition } from "../../../worker/assistants/definition.ts";
import { postgresDocuments } from "../../../worker/context/postgres/documents.ts";

const connections = {
  anthropic: { provider: "anthropic", variables: { apiKey: "ANTHROPIC_API_KEY" } },
  foundry: { provider: "azure", variables: { endpoint: "AZURE_AI_ENDPOINT", apiKey: "AZURE_AI_API_KEY" } },
};

const good: AssistantDefinition = {
  title: "Help",
  connection: "anthropic",
  model: "claude-opus-5",
  maxCompletionTokens: 100,
  origins: ["https://www.example.com"],
};

const unpriced = postgresDocuments({
  search: "vector",
  embeddings: { connection: connections.foundry, model: "our-embeddings", dimensions: 64 },
});

function problemsWith(changes: Record<string, unknown>): string {
  const definition = Object.fromEntries(
    Object.entries({ ...good, ...changes }).filter(([, value]) => value !== undefined),
  );
  try {
    defineProject({ connections, assistants: { help: definition as unknown as AssistantDefinition } });
  } catch (error) {
    assert.ok(error instanceof ProjectError);
    return error.message;
  }
  return "";
}

test("a good assistant passes, with its defaults filled in", () => {
  const { assistants } = defineProject({ connections, assistants: { help: good } });
  const help = assistants.get("help");
  assert.equal(help?.streamVariable, "message");
  assert.equal(help?.resultVariable, "response");
  assert.equal(help?.limits.turnsPerDay, 1000);
  assert.equal(help?.models[0].provider, "anthropic");
});

test("speech is off by default, and only what is on is public", () => {
  const speechOf = (speech: AssistantDefinition["speech"]) => {
    const help = defineProject({ connections, assistants: { help: { ...good, speech } } }).assistants.get("help");
    assert.ok(help);
    return JSON.stringify(publicProfile(help, { available: true, handover: false }).speech);
  };
  assert.equal(speechOf(undefined), undefined);
  assert.equal(speechOf({ readAloud: false, dictation: false }), undefined);
  assert.equal(speechOf({ readAloud: true }), '{"readAloud":"local"}');
  assert.equal(speechOf({ readAloud: "any", dictation: false }), '{"readAloud":"any"}');
  assert.equal(speechOf({ dictation: true }), '{"dictation":true}');
});

const wrong: [name: string, changes: Record<string, unknown>, expected: RegExp][] = [
  ["a text without any language", { title: {} }, /title is \{\}: write the text of at least one language/],
  [
    "a contact that is neither a page nor an address",
    { contactUrl: "help@example.com" },
    /contactUrl is .*: write a full URL, as in .*, mailto:help@example\.com or tel:\+15550100, or a path/,
  ],
  ["a handover without its kind", { handover: {} }, /handover\.webhook is missing: it is required/],
  [
    "a secret in the place of its variable's name, which is not printed",
    { handover: { webhook: { url: "HANDOVER_URL", secret: "whsec_c2VjcmV0" } } },
    /^assistants\/help\/assistant\.ts: handover\.webhook\.secret is not the name of a variable: write a name here/,
  ],
  [
    "an e-mail to two addresses",
    { handover: { email: { apiKey: "K", from: "a@example.com", to: "b@example.com, c@example.com" } } },
    /handover\.email\.to is .*: write one e-mail address/,
  ],
  [
    "a sender with a second header",
    { handover: { email: { apiKey: "K", from: "Help\r\nBcc: <x@example.com>", to: "b@example.com" } } },
    /handover\.email\.from is .*: write a sender, as in Help <help@example\.com>/,
  ],
  [
    "a language that is no tag",
    { tagline: { German_: "Hilfe" } },
    /tagline\.German_ is .*: name each language by its tag/,
  ],
  ["an empty text of one language", { welcome: { en: "Hi", de: "" } }, /welcome\.de is "": write at least one word/],
  ["a title of invisible characters", { title: "\u200b\u2060\u3164" }, /title is .*: write at least one word/],
  ...[
    "",
    " \n",
    "\u200b\ufeff",
    "\u3164",
    "\u2800",
    "…",
    null,
    false,
    {},
    { en: " " },
    { en: "An AI", de: "\u00ad" },
  ].map((disclosure): [string, Record<string, unknown>, RegExp] => [
    `an emptied disclosure, ${JSON.stringify(disclosure)}`,
    { disclosure },
    /^assistants\/help\/assistant\.ts: disclosure\S* is .*Article 50 of the EU AI Act.*not legal advice/,
  ]),
  ...["", " \n", {}, { en: "I agree.", de: " " }, null].map((consent): [string, Record<string, unknown>, RegExp] => [
    `an empty consent, ${JSON.stringify(consent)}`,
    { consent },
    /consent\S* is .*: write what visitors agree to, or leave it out/,
  ]),
  ["starters per language that are no lists", { starters: { de: "Hallo?" } }, /starters\.de is .*: write a list/],
  ["four follow-up questions", { followUps: { max: 4 } }, /followUps\.max is 4: write 1, 2 or 3/],
  ["no follow-up question", { followUps: { max: 0 } }, /followUps\.max is 0: write 1, 2 or 3/],
  ["follow-up questions as a list", { followUps: ["Why?"] }, /followUps is .*: write true, false or \{ max: 2 \}/],
  ["temperature of 1.2 on Anthropic", { temperature: 1.2 }, /temperature is 1\.2: anthropic takes 0\.0 to 1\.0: set/],
  [
    "no maximum of tokens on Anthropic",
    { maxCompletionTokens: undefined },
    /maxCompletionTokens is missing: .*requires it: set/,
  ],
  ["temperature of 2.1 on Azure", { connection: "foundry", temperature: 2.1 }, /azure takes 0\.0 to 2\.0/],
  ["template without the question", { promptTemplate: "Hi" }, /promptTemplate is "Hi": .*`@@userPrompt`.*put it/],
  [
    "template that loses the context",
    { context: "c", promptTemplate: "@@userPrompt" },
    /never see the assistant's context/,
  ],
  [
    "another kind of voices",
    { speech: { readAloud: "cloud" } },
    /speech\.readAloud is "cloud": write true, false, "local" or "any"/,
  ],
  ["speech as a switch", { speech: true }, /speech is true: write its properties in braces, as in \{ readAloud: true/],
  ["context of another kind", { context: 5 }, /context is 5: write text, a list of .*, or a source/],
  [
    "a context of unknown properties",
    { context: { source: "x" } },
    /context is .*: write text, a list of .*, or a source/,
  ],
  ["no sources", { context: { sources: [] } }, /context\.sources is \[\]: name at least one source/],
  [
    "unanswered questions without a search",
    { context: { sources: ["text"], keepUnanswered: true } },
    /context\.keepUnanswered is true: no source is searched, .*: add a source, as in \[documents\(\)\]/,
  ],
  ["a source of another kind", { context: { sources: ["text", 5] } }, /context\.sources\.1 is 5: write text, a list/],
  ["a passage without its text", { context: { sources: [[{ title: "t", source: "s" }]] } }, /sources\.0\.0\.content/],
  [
    "what to do if nothing is found, misspelt",
    { context: { sources: ["text"], whenNothingFound: "refuses" } },
    /context\.whenNothingFound is "refuses": write "answer" or "refuse"/,
  ],
  [
    "a time limit of none",
    { context: { sources: ["text"], timeLimitMs: 0 } },
    /timeLimitMs is 0: write a whole number/,
  ],
  ["unknown connection", { connection: "nope" }, /connection is "nope": .*declares anthropic, foundry: write one/],
  ["variable named error", { streamVariable: "error" }, /streamVariable is "error": .*choose another/],
  ["variable with a line break", { resultVariable: "a\nb" }, /resultVariable is "a\\nb": use letters/],
  [
    "two variables with one name",
    { streamVariable: "x", resultVariable: "x" },
    /resultVariable is "x": .*different names/,
  ],
  ["no title", { title: undefined }, /title is missing: it is required/],
  ["a property that does not exist", { systemprompt: "x" }, /systemprompt is "x": there is no such property/],
  ["no origins", { origins: [] }, /origins is \[\]: name at least one origin/],
  [
    "wildcard directly under a public suffix",
    { origins: ["https://*.pages.dev"] },
    /origins\.0 is .*anyone can register a name/,
  ],
  ["an image without encryption", { avatar: "http://example.com/a.png" }, /avatar is .*: write an https URL/],
  ["a link that runs a script", { privacyUrl: "javascript:alert(1)" }, /privacyUrl is .*: write a full URL/],
  [
    "a budget for a model without a known price",
    { model: "claude-fable-5-9", budget: { usdPerDay: 1 } },
    /model is "claude-fable-5-9": its price is not known, and a budget requires it: set `prices`/,
  ],
  [
    "a budget, and embeddings without a known price",
    { context: { sources: [unpriced] }, budget: { usdPerDay: 1 } },
    /context is "postgres documents": the price of our-embeddings is not known, and a budget requires it: set `usdPerMillionTokens`/,
  ],
  [
    "a history that is a number",
    { history: 5 },
    /history is 5: write its properties in braces, as in \{ maxTurns: 20 \}/,
  ],
  ["limits as a number", { limits: 5 }, /limits is 5: write its properties in braces, as in \{ turnsPerDay: 1000 \}/],
  [
    "a site key alone",
    { turnstile: "0x4AAA" },
    /turnstile is "0x4AAA": write its properties in braces, as in \{ siteKey/,
  ],
  ["everything exposed", { expose: true }, /expose is true: write its properties in braces, as in \{ model: true \}/],
  ["one price", { prices: 3 }, /prices is 3: write its properties in braces, as in \{ input: 1, /],
  ["capabilities as text", { capabilities: "all" }, /capabilities is "all": write its properties in braces, as in/],
  [
    "a fallback's name alone",
    { fallbacks: ["claude-haiku-5-5"] },
    /fallbacks\.0 is "claude-haiku-5-5": write its prop/,
  ],
  ["an effort that is a number", { effort: 2 }, /effort is 2: write "minimal", "low", .* or "max"/],
  ["any origin", { origins: ["*"] }, /origins\.0 is "\*": write out each origin/],
];

for (const [name, changes, expected] of wrong) {
  test(`an error names file, field, value and fix: ${name}`, () => {
    const message = problemsWith(changes);
    assert.match(message, /^assistants\/help\/assistant\.ts: /);
    assert.match(message, expected);
    assert.equal(message.split("\n").length, 1, message);
  });
}

test("Azure needs no maximum of tokens", () => {
  assert.equal(problemsWith({ connection: "foundry", maxCompletionTokens: undefined }), "");
});

test("patterns for origins", () => {
  for (const pattern of [
    "https://*.my-project.pages.dev",
    "http://localhost:*",
    "https://example.com",
    "https://*.example.co.uk",
  ]) {
    assert.equal(originProblem(pattern), undefined, pattern);
  }
  for (const pattern of [
    "https://*.co.uk",
    "https://*.github.io",
    "https://*.com",
    "null",
    "https://a.com/path",
    "a.com",
    "https://*",
  ]) {
    assert.ok(originProblem(pattern), pattern);
  }
  const list = ["https://*.my-project.pages.dev", "http://localhost:*", "https://example.com"];
  for (const origin of [
    "https://a.my-project.pages.dev",
    "https://a.b.my-project.pages.dev",
    "http://localhost",
    "http://localhost:80",
    "https://example.com",
  ]) {
    assert.ok(isOriginAllowed(origin, list), origin);
  }
  for (const origin of [
    "null",
    "https://my-project.pages.dev",
    "https://evil-my-project.pages.dev",
    "https://a.my-project.pages.dev.evil.com",
    "http://a.my-project.pages.dev",
    "https://a.my-project.pages.dev:8443",
    "http://localhost:80.evil.com",
    "http://localhost.evil.com",
    "https://example.com.evil.com",
    "https://example.com:444",
  ]) {
    assert.ok(!isOriginAllowed(origin, list), origin);
  }
});
