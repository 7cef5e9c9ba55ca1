/** Four characters a token: near enough for a stand-in's usage figures. */
export function estimateTokens(text: string): number {
  return Math.ceil(text.length / 4);
}
