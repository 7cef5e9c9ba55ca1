/** What stands between a sentence and the next one: Japanese and Chinese write no space after their full stop. */
export function spaceAfter(sentence: string): string {
  return sentence.endsWith("。") ? "" : " ";
}
