/**
 * Estimates how many tokens a text has when no provider reports it: one token per four ASCII characters, and one token
 * for every other character. That is close enough for prose in Latin script and in Chinese.
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
