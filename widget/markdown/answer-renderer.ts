/** Renders an answer into an element that contains nothing else. */
export interface AnswerRenderer {
  /**
   * Renders the current text.
   * @param text the whole text so far; usually the previous text with more after it
   * @param options.isFinal no more text follows: undecided parts are rendered
   * @param options.isCutOff the text ended early: what was open at its end stays as it was shown
   */
  update(text: string, options: { isFinal: boolean; isCutOff?: boolean }): void;
}
