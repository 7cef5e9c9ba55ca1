import * as v from "valibot";
import { pageContextLimits } from "../../protocol/index.ts";
import { didYouMean, nearNames } from "../models/near-names.ts";
import { efforts, thinkingModes } from "../models/thinking.ts";
import type { ContextSourceDefinition } from "../context/source.ts";
import { handoverEntry } from "./handover-schema.ts";
import { originProblem } from "./origins.ts";
import { isPlainObject, properties } from "./schema-parts.ts";

/** A visible character. Unicode calls invisible ones, such as a zero-width space, ignorable by default. */
const visible = /(?!\p{Default_Ignorable_Code_Point})[^\s\p{C}\u2800]/u;

const text = v.pipe(
  v.string("write it as text"),
  v.trim(),
  v.regex(visible, "write at least one word, or leave it out"),
);

const disclosureFix =
  "write text that says that visitors are chatting with an AI, or leave it out for the default: Article 50 of the " +
  "EU AI Act requires that they be told (this is not legal advice)";

/** What visitors must be told. A text without a letter tells them nothing. */
const disclosure = v.pipe(
  v.string(disclosureFix),
  v.trim(),
  v.regex(/(?!\p{Default_Ignorable_Code_Point})\p{L}/u, disclosureFix),
);

const consentFix = "write what visitors agree to, or leave it out: then they are not asked";

/** What visitors agree to. */
const consent = v.pipe(v.string(consentFix), v.trim(), v.minLength(1, consentFix));

/** The target of a link in the page: a full URL, or a path on the site itself. */
const url = v.pipe(
  v.string("write it as a URL"),
  v.regex(/^(https?:\/\/|mailto:|\/(?!\/))\S+$/, "write a full URL, as in https://example.com/privacy, or a path"),
);

/** An image that the chat requests. */
const image = v.pipe(
  v.string("write it as a URL"),
  v.regex(
    /^(https:\/\/|\/(?!\/))\S+$/,
    "write an https URL, as in https://example.com/logo.svg, or a path on the worker",
  ),
);

/** Where a visitor can contact a person: like `url`, or a number to call. */
const contact = v.pipe(
  v.string("write it as a URL"),
  v.regex(
    /^(https?:\/\/|mailto:|tel:|\/(?!\/))\S+$/,
    "write a full URL, as in https://example.com/contact, mailto:help@example.com or tel:+15550100, or a path",
  ),
);

/**
 * A text, or one per language. Each kind has its own messages.
 * @param entry the schema of one text
 * @param emptyFix what to do if there are no languages
 */
function localized(entry: v.GenericSchema, emptyFix = "write the text of at least one language"): v.GenericSchema {
  const texts = v.pipe(
    v.record(
      v.pipe(v.string(), v.check(isLanguageTag, "name each language by its tag, as in { en: …, de: … }")),
      entry,
    ),
    v.check((value) => Object.keys(value).length > 0, emptyFix),
  );
  return v.lazy((value) => (isPlainObject(value) ? texts : entry));
}

function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

const flag = v.boolean("write true or false");

function count(minimum: number): v.GenericSchema<number> {
  const fix = `write a whole number of ${minimum} or more`;
  return v.pipe(v.number(fix), v.integer(fix), v.minValue(minimum, fix));
}

/** An SSE event name. `error` belongs to the protocol, and a line break or a colon would break the frame. */
const eventName = v.pipe(
  v.string("write it as text"),
  v.regex(/^[A-Za-z][\w.-]{0,63}$/, "use letters, digits, `_`, `-` and `.`, at most 64, and start with a letter"),
  v.notValue("error", "the protocol uses this name for its error event: choose another name"),
);

const promptTemplate = v.pipe(
  v.string("write it as text"),
  v.includes("@@userPrompt", "without `@@userPrompt` the question would be lost: put it where the question belongs"),
);

const origin = v.pipe(
  v.string("write each origin as text"),
  v.rawCheck(({ dataset, addIssue }) => {
    const problem = dataset.typed ? originProblem(dataset.value) : undefined;
    if (problem !== undefined) addIssue({ message: problem });
  }),
);

/**
 * Text that only the model reads. For each question, invisible characters are removed, and so are passages that have no
 * other characters.
 */
const passage = v.pipe(v.string("write it as text"), v.trim(), v.nonEmpty("write at least one word, or leave it out"));

const searchResult = v.strictObject({
  title: passage,
  content: passage,
  source: text,
  score: v.optional(v.number("write a number, or leave it out")),
});

const searchedSource = v.custom<ContextSourceDefinition>(
  (value) => isPlainObject(value) && typeof value["name"] === "string" && typeof value["open"] === "function",
  "write text, a list of {title, content, source}, or a source such as documents()",
);

/** Text, a list of passages, or a source that is searched. Each kind has its own messages. */
function contextEntry(value: unknown) {
  if (typeof value === "string") return text;
  return Array.isArray(value) ? v.array(searchResult) : searchedSource;
}

const contextDefinition = properties(
  {
    sources: v.pipe(
      v.array(v.lazy(contextEntry), "write a list of sources, as in [documents()]"),
      v.minLength(1, "name at least one source, as in [documents()]"),
    ),
    maxTokens: v.optional(count(1)),
    maxResults: v.optional(count(1)),
    timeLimitMs: v.optional(count(1)),
    whenNothingFound: v.optional(v.picklist(["answer", "refuse"], quotedOneOf(["answer", "refuse"]))),
    nothingFound: v.optional(text),
    translateQuestions: v.optional(flag),
    keepUnanswered: v.optional(flag),
  },
  "{ sources: [documents()] }",
);

function dollars(): v.GenericSchema<number> {
  const fix = "write an amount of US dollars above 0";
  return v.pipe(v.number(fix), v.finite(fix), v.gtValue(0, fix));
}

const share = v.pipe(
  v.number("write a number above 0, at most 1"),
  v.gtValue(0, "write a number above 0, at most 1"),
  v.maxValue(1, "write a number above 0, at most 1"),
);

const rate = v.pipe(
  v.number("write US dollars per million tokens"),
  v.minValue(0, "write US dollars per million tokens"),
);

/** @param values at least two */
function quotedOneOf(values: readonly string[]): string {
  return oneOf(values.map((value) => JSON.stringify(value)));
}

function oneOf(values: readonly string[]): string {
  return `write ${values.slice(0, -1).join(", ")} or ${values.at(-1)}`;
}

const capabilities = properties(
  {
    temperature: v.optional(flag),
    maxTokensField: v.optional(
      v.picklist(["max_tokens", "max_completion_tokens"], "write max_tokens or max_completion_tokens"),
    ),
    efforts: v.optional(v.array(v.picklist(efforts, oneOf(efforts)), "write a list of efforts")),
    thinking: v.optional(v.array(v.picklist(thinkingModes, oneOf(thinkingModes)), "write a list of modes")),
  },
  "{ temperature: false }",
);

/** The fields of a model: the assistant's own, or a fallback. */
const model = {
  connection: text,
  model: text,
  baseModel: v.optional(text),
  capabilities: v.optional(capabilities),
  temperature: v.optional(v.number("write a number, or leave it out")),
  // Whether the model accepts the value is checked later: the message then names the values that it accepts.
  effort: v.optional(v.string(quotedOneOf(efforts))),
  thinking: v.optional(v.string(quotedOneOf(thinkingModes))),
  maxCompletionTokens: v.optional(count(1)),
  prices: v.optional(
    properties(
      { input: rate, cached: rate, cacheWrite: rate, output: rate },
      "{ input: 1, cached: 0.1, cacheWrite: 1.25, output: 5 }",
    ),
  ),
};

const pageBytes = `write a number of bytes from 1 to ${pageContextLimits.textBytes}`;

const pageContext = v.union(
  [
    v.boolean(),
    v.strictObject({
      maxBytes: v.optional(
        v.pipe(
          v.number(pageBytes),
          v.integer(pageBytes),
          v.minValue(1, pageBytes),
          v.maxValue(pageContextLimits.textBytes, pageBytes),
        ),
      ),
    }),
  ],
  "write true, false or { maxBytes: 16384 }",
);

const followUpCount = "write 1, 2 or 3";

const followUps = v.lazy((value) =>
  isPlainObject(value)
    ? v.strictObject({ max: v.optional(v.picklist([1, 2, 3], followUpCount)) })
    : v.boolean("write true, false or { max: 2 }"),
);

/** The shape of an assistant's file. Each message says how to fix the field. */
export const assistantSchema = v.strictObject(
  {
    title: localized(text),
    tagline: v.optional(localized(text)),
    description: v.optional(text),
    welcome: v.optional(localized(text)),
    starters: v.optional(localized(v.array(text, "write a list of questions"))),
    disclosure: v.optional(localized(disclosure, disclosureFix)),
    consent: v.optional(localized(consent, consentFix)),
    privacyUrl: v.optional(localized(url)),
    contactUrl: v.optional(localized(contact)),
    handover: v.optional(v.lazy(handoverEntry)),
    avatar: v.optional(image),
    ...model,
    systemPrompt: v.optional(text),
    history: v.optional(
      properties({ maxTurns: v.optional(count(0)), maxTokens: v.optional(count(0)) }, "{ maxTurns: 20 }"),
    ),
    context: v.optional(
      v.lazy((value) => (isPlainObject(value) && "sources" in value ? contextDefinition : contextEntry(value))),
    ),
    pageContext: v.optional(pageContext),
    followUps: v.optional(followUps),
    promptTemplate: v.optional(promptTemplate),
    streamVariable: v.optional(eventName),
    resultVariable: v.optional(eventName),
    origins: v.pipe(v.array(origin, "write a list of origins"), v.minLength(1, "name at least one origin")),
    limits: v.optional(
      properties(
        {
          maxPromptChars: v.optional(count(1)),
          turnsPerDay: v.optional(count(0)),
          turnsPerMinute: v.optional(count(0)),
          runningTurns: v.optional(count(0)),
          visitorTurnsPerMinute: v.optional(count(0)),
          visitorTurnsPerDay: v.optional(count(0)),
          handoversPerDay: v.optional(count(0)),
          visitorHandoversPerDay: v.optional(count(0)),
        },
        "{ turnsPerDay: 1000 }",
      ),
    ),
    budget: v.optional(
      properties(
        {
          usdPerDay: v.optional(dollars()),
          usdPerMonth: v.optional(dollars()),
          visitorShare: v.optional(share),
          addressShare: v.optional(share),
        },
        "{ usdPerDay: 5 }",
      ),
    ),
    fallbacks: v.optional(
      v.array(properties(model, '{ connection: "anthropic", model: "claude-haiku-5-5" }'), "write a list of models"),
    ),
    turnstile: v.optional(properties({ siteKey: text }, '{ siteKey: "0x4AAA…" }')),
    speech: v.optional(
      properties(
        {
          readAloud: v.optional(
            v.union([v.boolean(), v.picklist(["local", "any"])], 'write true, false, "local" or "any"'),
          ),
          dictation: v.optional(flag),
        },
        "{ readAloud: true, dictation: true }",
      ),
    ),
    unavailable: v.optional(localized(text)),
    expose: v.optional(
      properties(
        {
          provider: v.optional(flag),
          model: v.optional(flag),
          providerData: v.optional(flag),
          reasoning: v.optional(flag),
        },
        "{ model: true }",
      ),
    ),
    developmentOnly: v.optional(flag),
  },
  "export an assistant made with defineAssistant({…})",
);

/** One problem in an assistant's file. */
export interface SchemaProblem {
  /** Path of the field in the file. */
  field: string;
  value: unknown;
  /** What to do about it, as an instruction. */
  fix: string;
}

/** Lists the problems in the shape of an assistant. The list is empty if there are none. */
export function shapeProblems(definition: unknown): SchemaProblem[] {
  const result = v.safeParse(assistantSchema, definition);
  return (result.issues ?? []).map((issue) => {
    const field = v.getDotPath(issue) ?? "the file";
    const unknownField = issue.type === "strict_object" && issue.expected === "never";
    const missing = issue.type === "strict_object" && issue.input === undefined;
    if (unknownField) {
      const meant = field.includes(".")
        ? undefined
        : didYouMean(nearNames(field, Object.keys(assistantSchema.entries)));
      const fix = `there is no such property: ${meant ?? "check its spelling"}`;
      return { field, value: issue.path?.at(-1)?.value, fix };
    }
    return { field, value: issue.input, fix: missing ? "it is required" : issue.message };
  });
}
