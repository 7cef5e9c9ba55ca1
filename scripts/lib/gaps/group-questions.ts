import { analyze } from "../../../worker/context/text/analyze.ts";
import { detectLanguage } from "../../../worker/context/text/detect-language.ts";
import type { GapReason } from "../../../worker/gaps/gap.ts";
import type { AskedQuestion } from "./read-questions.ts";

/** Questions that ask about the same thing. */
export interface QuestionGroup {
  /** The text that was asked most often. */
  example: string;
  /** Everything that was asked, each text once, the most frequent first. */
  texts: readonly string[];
  count: number;
  /** Milliseconds since the epoch. */
  lastAskedAt: number;
  /** How many of the questions are kept for each reason. */
  reasons: Readonly<Record<GapReason, number>>;
}

/**
 * The share of their terms that two questions must have in common. With this value, `How long is the warranty?` and
 * `How long is the battery's warranty?` are one group, and `warranty` and `battery` are not.
 */
const minCommon = 0.6;

interface Variant {
  questions: AskedQuestion[];
  terms: ReadonlySet<string>;
}

/**
 * Groups questions with the same or similar terms, the most frequent group first. Every question in a group is similar
 * to its most frequent wording, so the group does not drift from one topic to another.
 * @param questions newest first
 * @param language of the documents, as a BCP 47 tag; undefined if it is not known
 */
export function groupQuestions(questions: readonly AskedQuestion[], language: string | undefined): QuestionGroup[] {
  const groups: [Variant, ...Variant[]][] = [];
  const groupsOf = new Map<string, number[]>(); // positions in `groups`, by each term of the first wording
  for (const variant of variantsOf(questions, language)) {
    const common = new Map<number, number>();
    for (const term of variant.terms)
      for (const at of groupsOf.get(term) ?? []) common.set(at, (common.get(at) ?? 0) + 1);
    const similar = [...common].filter(([at, shared]) => isSimilar(groups[at]?.[0].terms.size ?? 0, variant, shared));
    const first = groups[Math.min(...similar.map(([at]) => at))];
    if (first !== undefined) {
      first.push(variant);
      continue;
    }
    const at = groups.push([variant]) - 1;
    for (const term of variant.terms) groupsOf.set(term, [...(groupsOf.get(term) ?? []), at]);
  }
  return groups.map(describeGroup).toSorted((a, b) => b.count - a.count || b.lastAskedAt - a.lastAskedAt);
}

/** Questions with exactly the same terms, the most frequent first. */
function variantsOf(questions: readonly AskedQuestion[], language: string | undefined): Variant[] {
  const variants = new Map<string, Variant>();
  for (const question of questions) {
    const terms = termsOf(question.question, language);
    const key = [...terms].toSorted().join(" ");
    const variant = variants.get(key) ?? { questions: [], terms };
    variant.questions.push(question);
    variants.set(key, variant);
  }
  return [...variants.values()].toSorted((a, b) => b.questions.length - a.questions.length);
}

/** If a question has only stop words, such as `How are you?`, its whole text is its only term. */
function termsOf(text: string, language: string | undefined): Set<string> {
  const terms = analyze(text, language ?? detectLanguage(text) ?? "en").map(({ term }) => term);
  return new Set(terms.length > 0 ? terms : [text.toLowerCase()]);
}

/** Whether a variant is similar to a wording with `size` terms. @param shared how many terms both have */
function isSimilar(size: number, { terms }: Variant, shared: number): boolean {
  return shared / (size + terms.size - shared) >= minCommon;
}

function describeGroup(variants: readonly Variant[]): QuestionGroup {
  const all = variants.flatMap(({ questions }) => questions);
  const counts = new Map<string, number>();
  for (const { question } of all) counts.set(question, (counts.get(question) ?? 0) + 1);
  const texts = [...counts].toSorted(([, a], [, b]) => b - a).map(([text]) => text);
  const countOf = (reason: GapReason) => all.filter(({ reasons }) => reasons.includes(reason)).length;
  return {
    example: texts[0] ?? "",
    texts,
    count: all.length,
    lastAskedAt: Math.max(...all.map(({ askedAt }) => askedAt)),
    reasons: { nothing_found: countOf("nothing_found"), rated_down: countOf("rated_down") },
  };
}
