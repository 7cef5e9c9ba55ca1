/**
 * How much of a growing text is whole sentences or lines: a sentence counts once the next one has begun.
 * @returns the length of that part, in UTF-16 units
 */
export function completeSentences(text: string): number {
  const lastLine = text.lastIndexOf("\n") + 1;
  if (typeof Intl.Segmenter !== "function") return lastLine; // Firefox before 125: lines have to do
  const sentences = [...new Intl.Segmenter(undefined, { granularity: "sentence" }).segment(text)];
  return Math.max(lastLine, sentences.at(-1)?.index ?? 0);
}
