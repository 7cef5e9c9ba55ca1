/** The longest title, in characters. */
const maxTitleChars = 60;

/** A conversation's title until the visitor gives it one, from its first question: the first line, cut at a word. */
export function titleOf(userPrompt: string): string {
  const line =
    userPrompt
      .trim()
      .split(/[\r\n]/, 1)[0]
      ?.replace(/\s+/g, " ") ?? "";
  const characters = [...line];
  if (characters.length <= maxTitleChars) return line;
  const cut = characters.slice(0, maxTitleChars).join("");
  const space = cut.lastIndexOf(" ");
  return `${space > maxTitleChars / 2 ? cut.slice(0, space) : cut}…`;
}
