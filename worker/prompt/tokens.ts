/**
 * Estimates how many tokens a text has, where no provider said: four ASCII characters a token, and one token for every
 * other character, which is near enough for prose in Latin script and in Chinese alike.
 */
export function estimateTokens(text: string): number {
  let ascii = 0;
  let others = 0;
  for (const character of text) {
    if (character < "\u0080") ascii += 1;
    else others += 1;
  }
  return Math.ceil(ascii / 4) + others;
}
