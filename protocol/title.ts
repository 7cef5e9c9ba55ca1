/** Maximum length of a title, in characters. */
const maxTitleChars = 60;

/** A conversation's default title: the first line of its first question, cut off after a whole word. */
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
