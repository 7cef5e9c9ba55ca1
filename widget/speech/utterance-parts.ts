/**
 * The maximum length of an utterance, in characters. It takes about 12 s at the usual speed. Chrome silences some
 * voices after 15 s, without an event.
 */
const maxChars = 180;

/** Cuts a sentence into parts that a voice can finish: after a comma or a similar mark, otherwise between words. */
export function utteranceParts(sentence: string): string[] {
  const parts: string[] = [];
  let rest = sentence.trim();
  while (rest.length > maxChars) {
    const start = rest.slice(0, maxChars);
    const pause = Math.max(...[", ", "; ", ": ", "、", "，", "；", "،"].map((mark) => start.lastIndexOf(mark)));
    const space = start.lastIndexOf(" ");
    const end = pause > maxChars / 3 ? pause + 1 : space > 0 ? space : maxChars;
    parts.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trim();
  }
  return rest === "" ? parts : [...parts, rest];
}
