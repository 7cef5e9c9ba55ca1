import { fullAnswer } from "./full-answer.ts";
import type { ChatEvent, ErrorCode, FinishReason, Source } from "../../../protocol/index.ts";

/** One step of the scripted worker's answer. */
export type Step =
  | { refuse: ErrorCode; retryAfterMs?: number }
  | { event: ChatEvent }
  | { text: string; pieceChars: number; everyMs: number }
  | { end: FinishReason; sources?: Source[] }
  | { fail: ErrorCode; retryAfterMs?: number }
  | { waitMs: number }
  | { cut: true };

/**
 * Decides what happens to a question. The first words of the question choose the script.
 * @returns the steps; `attempt` is the number of times the question was sent, from 1
 */
export type Script = (attempt: number) => Step[];

const paragraphs = [
  "A rivulet is a small stream. It finds its way around every stone, and it never stops for one.",
  "Water that moves stays clear. That is true of answers, too: they are best while they flow.",
  "And at the end it joins the river.",
];

/** The exact answer of the script `hello`. */
export const wholeAnswer = paragraphs.join("\n\n");

/** The answer of `few sentences` and `sentence by sentence`: its first sentences are announced while others follow. */
export const fewSentences =
  "One is first. *Two* is second. Three is third. **Four** is fourth. Five is fifth. That is all.";

/** Scripts by the words that a question starts with. */
export const scripts: Record<string, Script> = {
  hello: () => [{ text: wholeAnswer, pieceChars: 7, everyMs: 2 }, { end: "stop" }],
  "answer in japanese": () => [
    { text: "料金(税込)は100円です。詳細はガイドをご覧ください。", pieceChars: 7, everyMs: 2 },
    { end: "stop" },
  ],
  "answer in korean": () => [
    { text: "자세한 내용은 가이드를 참조하세요. API 키가 필요합니다.", pieceChars: 7, everyMs: 2 },
    { end: "stop" },
  ],
  "slow answer": () => [{ text: wholeAnswer.repeat(20), pieceChars: 9, everyMs: 40 }, { end: "stop" }],
  "fast answer": () => [{ text: wholeAnswer.repeat(60), pieceChars: 24, everyMs: 40 }, { end: "stop" }],
  "slow and bold": () => [
    { text: `So **${"words that are bold ".repeat(99)}**`, pieceChars: 9, everyMs: 40 },
    { end: "stop" },
  ],
  "long answer": () => [{ text: `${wholeAnswer}\n\n`.repeat(12), pieceChars: 60, everyMs: 4 }, { end: "stop" }],
  "full answer at once": () => [{ text: fullAnswer, pieceChars: 10_000, everyMs: 1 }, { end: "stop" }],
  "full answer slowly": () => [{ text: fullAnswer, pieceChars: 3, everyMs: 60 }, { end: "stop" }],
  "full answer twice, without an end": () => [
    { text: `${fullAnswer}\n${fullAnswer}`, pieceChars: 10_000, everyMs: 1 },
    { waitMs: 60_000 },
  ],
  "sentence by sentence": () => [{ text: fewSentences, pieceChars: 2, everyMs: 100 }, { end: "stop" }],
  "few sentences": () => [{ text: fewSentences, pieceChars: 9, everyMs: 1 }, { end: "stop" }],
  "all but the end": () => [{ text: fewSentences, pieceChars: 9, everyMs: 4 }, { fail: "upstream_truncated" }],
  "silent start": () => [{ waitMs: 60_000 }, { end: "stop" }],
  thinking: () => [
    { event: { type: "status", status: "retrieving" } },
    { waitMs: 1_500 },
    { event: { type: "reasoning", content: "Hm." } },
    { waitMs: 1_500 },
    { text: "Done.", pieceChars: 5, everyMs: 1 },
    { end: "stop" },
  ],
  "thinks aloud": () => [
    { event: { type: "status", status: "reasoning" } },
    { event: { type: "reasoning", content: "First this.\n" } },
    { event: { type: "reasoning", content: "Then <b>that</b>." } },
    { waitMs: 1_500 },
    { text: "Done.", pieceChars: 5, everyMs: 1 },
    { end: "stop" },
  ],
  "thinks for long": () => [
    { event: { type: "status", status: "reasoning" } },
    { event: { type: "reasoning", content: "Which stream is meant?" } },
    { waitMs: 9_000 },
    { text: "Done.", pieceChars: 5, everyMs: 1 },
    { end: "stop" },
  ],
  "thinks in passing": () => [
    { event: { type: "reasoning", content: "Easy." } },
    { text: "Done.", pieceChars: 5, everyMs: 1 },
    { end: "stop" },
  ],
  "one long sentence": () => [
    {
      text: `A stream ${"that bends around a stone, and does not stop for it, ".repeat(8)}joins the river.`,
      pieceChars: 50,
      everyMs: 1,
    },
    { end: "stop" },
  ],
  /** Takes about two seconds. */
  "all but slow": () => [{ text: wholeAnswer, pieceChars: 9, everyMs: 80 }, { end: "stop" }],
  "thinks in silence": () => [{ event: { type: "status", status: "reasoning" } }, { waitMs: 60_000 }, { end: "stop" }],
  "thinks its limit away": () => [
    { event: { type: "status", status: "reasoning" } },
    { waitMs: 200 },
    { event: { type: "warning", code: "thought_too_long", detail: "" } },
    { end: "length" },
  ],
  "has only a blank line": () => [{ text: "\n\n", pieceChars: 2, everyMs: 1 }, { end: "length" }],
  "has nothing to say": () => [{ end: "stop" }],
  "with sources": () => [
    { text: "See the handbook.", pieceChars: 5, everyMs: 1 },
    {
      end: "stop",
      sources: [
        { index: 1, id: "a", title: "Handbook, page 1", url: "https://example.com/handbook" },
        { index: 2, id: "b", title: "A bad \u202Eknil", url: "javascript:alert(1)" },
      ],
    },
  ],
  "links to the site": () => [
    { text: "See [the guide](/guide) and [another site](https://example.com/).", pieceChars: 9, everyMs: 1 },
    { end: "stop" },
  ],
  /** A source on this page (a test can set its address), one on another page of the site, one elsewhere, one not cited. */
  "with citations": () => citedSteps,
  "what next": (attempt) => [
    { text: "It pays for itself after five years.", pieceChars: 6, everyMs: 1 },
    { event: { type: "suggestions", suggestions: attempt === 1 ? nextQuestions : [] } },
    { end: "stop" },
  ],
  /** The thoughts are much longer than the answer. */
  "thinks a lot": () => [
    { event: { type: "status", status: "reasoning" } },
    { event: { type: "reasoning", content: "First this.\n".repeat(40) } },
    { text: "Done.", pieceChars: 5, everyMs: 1 },
    { event: { type: "suggestions", suggestions: nextQuestions } },
    { end: "stop" },
  ],
  "cut at length": () => [{ text: "As far as", pieceChars: 3, everyMs: 1 }, { end: "length" }],
  "limited once": (attempt) =>
    attempt === 1
      ? [{ refuse: "rate_limited", retryAfterMs: 2_000 }]
      : [{ text: "Now.", pieceChars: 4, everyMs: 1 }, { end: "stop" }],
  "limited long": () => [{ refuse: "rate_limited", retryAfterMs: 42_000 }],
  "limited for an hour": () => [{ refuse: "rate_limited", retryAfterMs: 3_600_000 }],
  "filtered prompt": () => [{ refuse: "content_filtered" }],
  "internal once": (attempt) =>
    attempt === 1 ? [{ refuse: "internal" }] : [{ text: "Now.", pieceChars: 4, everyMs: 1 }, { end: "stop" }],
  "breaks off once": (attempt) =>
    attempt === 1
      ? [{ text: "Half an", pieceChars: 3, everyMs: 1 }, { fail: "upstream_truncated" }]
      : [{ text: "Half an answer, made whole.", pieceChars: 5, everyMs: 1 }, { end: "stop" }],
  "cut connection": () => [
    { text: "Before the cut", pieceChars: 5, everyMs: 1 },
    { waitMs: 100 },
    { cut: true },
    { text: ", and after.", pieceChars: 3, everyMs: 1 },
    { end: "stop" },
  ],
  "right to left": () => [
    { text: "הנחל זורם בין האבנים.\n\nThis one is English.\n\nالماء الجاري يبقى صافيا.", pieceChars: 6, everyMs: 2 },
    { end: "stop" },
  ],
  "long words": () => [
    {
      text: `${"Donaudampfschifffahrtsgesellschaft".repeat(6)}\n\nhttps://example.com/${"a".repeat(160)}\n\nnpm install --save-exact rivulet-chat`,
      pieceChars: 20,
      everyMs: 1,
    },
    { end: "stop" },
  ],
};

/** What the script `what next` suggests: the second one is sent as it is, white space and marks included. */
export const nextQuestions = [
  "Hello, what does a second Store add?",
  "Hello <b>Core</b>: which  guarantee?",
  "כמה זה עולה?",
];

const passage =
  "Reckoned together with the panels, the whole pays for itself in 5.2 years, and the guarantee runs for ten.";

const citedSteps: Step[] = [
  {
    event: {
      type: "sources",
      sources: [
        {
          index: 1,
          id: "a",
          title: "Does a Store pay for itself?",
          url: "/",
          snippet: `A Store costs €499. ${passage}`,
        },
        {
          index: 2,
          id: "b",
          title: "What a day looks like, hour by hour",
          url: "/guide/yield.html#noon",
          snippet: "Cook at noon.",
        },
        { index: 3, id: "c", title: "Prices and guarantee", url: "https://www.example.com/shop/", snippet: "A price." },
        { index: 4, id: "d", title: "Not cited", url: "javascript:alert(1)", snippet: "Nothing." },
      ],
    },
  },
  { text: "**Yes, for most people: after about five years.** With one Store it is 88 %.", pieceChars: 7, everyMs: 1 },
  { event: { type: "citation", index: 1, quote: "the whole pays for itself in 5.2 years", at: 76 } },
  { text: " Really.\n\nCook at noon, and it gains you less.", pieceChars: 7, everyMs: 1 },
  { event: { type: "citation", index: 2, quote: "Cook at noon", at: 122 } },
  { event: { type: "citation", index: 3, at: 122 } },
  { end: "stop" },
];

/** The steps of a question. Unknown questions get `hello`. */
export function scriptFor(prompt: string): Script {
  const name = Object.keys(scripts).find((words) => prompt.toLowerCase().startsWith(words)) ?? "hello";
  return scripts[name] ?? (() => []);
}
