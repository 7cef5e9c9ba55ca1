import type { ContextQuery } from "./source.ts";

/**
 * The longest question that can count as referring to earlier ones, in UTF-16 units. Longer questions usually say what
 * they are about.
 */
const maxLeaningChars = 80;

/** The maximum number of earlier questions to put in front of a question. */
const maxSteps = 3;

/**
 * The beginnings of questions that continue a conversation, and words that refer to something said before. Chinese,
 * Japanese, Korean and Thai words match without word boundaries, because these languages write no spaces between words,
 * or attach particles to them.
 */
const leaningWords = [
  // English, German
  /^(and|but|or|so|also|then|what about|how about|why|more|which one|go on)\b/iu,
  /\b(it|its|they|them|their|that|this|these|those|one|ones|there|he|she|him|her|former|latter|other|else)\b/iu,
  /^(und|aber|oder|also|dann|warum|wieso|mehr|noch|auch|was ist mit|wie ist es mit)(?![\p{L}\p{M}])/iu,
  /(?<![\p{L}\p{M}])(es|sie|er|ihn|ihm|ihnen|diese[mnrs]?|jene[mnrs]?|dort|davon|dazu|damit|dafür|darüber|andere[mnrs]?)(?![\p{L}\p{M}])|das\s*\?/u,
  // French, Spanish, Portuguese, Italian
  /^(et|mais|ou|alors|pourquoi|plus|y|e|ma|pero|mas|entonces|por qué|por que|perché|más|mais|di più)(?![\p{L}\p{M}])/iu,
  /(?<![\p{L}\p{M}])(il|elle|ils|elles|ça|cela|celui|celle|ceux|celles|ce|cette|ces|lui|leur|eso|esa|ese|esos|esas|esto|esta|este|ello|ella|isso|isto|aquilo|ele|ela|eles|elas|questo|questa|quello|quella|esso|essa)(?![\p{L}\p{M}])/iu,
  // Arabic, Hebrew
  /^(و|لكن|ولكن|أو|لماذا|ماذا عن|ו|אבל|או|למה|מה עם)/u,
  /(?<![\p{L}\p{M}])(هذا|هذه|ذلك|تلك|منه|منها|به|بها|عنه|عنها|له|لها|הוא|היא|הם|זה|זאת|אלה)(?![\p{L}\p{M}])/u,
  // Japanese, Chinese, Korean, Thai
  /^(では|じゃあ|それで|でも|なぜ|もっと|他|ほか)|それ|これ|あれ|その|この|あの|そこ|ここ/u,
  /^(那|那么|那麼|但是|为什么|為什麼|还有|還有)|它|他们|她们|这个|那个|這個|那個|这些|那些|其中/u,
  /^(그럼|그러면|그리고|하지만|왜|더)|그것|이것|저것|그거|이거/u,
  /^(แล้ว|และ|แต่|ทำไม)|มัน|อันนี้|อันนั้น|นั้น/u,
];

/** Whether a question seems to refer to what was said before it. */
export function leansOnConversation(question: string): boolean {
  return question.length <= maxLeaningChars && leaningWords.some((pattern) => pattern.test(question.trim()));
}

/**
 * Completes a question with the earlier questions that it may refer to, so that "and the second one?" can be searched.
 * The earlier questions are put in front of it.
 * @returns undefined if there is no earlier question
 */
export function completeQuestion(question: string, conversation: ContextQuery["conversation"]): string | undefined {
  const earlier: string[] = [];
  for (const turn of conversation.slice(-maxSteps).toReversed()) {
    earlier.unshift(turn.question);
    if (!leansOnConversation(turn.question)) break;
  }
  return earlier.length === 0 ? undefined : [...earlier, question].join("\n");
}
