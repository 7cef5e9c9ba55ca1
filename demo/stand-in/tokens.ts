/** Estimates four characters per token, which is accurate enough for the stand-in's usage figures. */
export function estimateTokens(text: string): number {
  return Math.ceil(text.length / 4);
}
