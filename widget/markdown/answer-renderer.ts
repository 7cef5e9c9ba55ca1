/** Renders one answer into one element, whose children are the rendered text and nothing else. */
export interface AnswerRenderer {
  /**
   * Shows the answer as it is now.
   * @param text all of it so far; normally what was given last with more behind it
   * @param options.isFinal nothing will follow: what was held back as undecided is settled
   */
  update(text: string, options: { isFinal: boolean }): void;
}
