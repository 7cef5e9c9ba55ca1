import { html } from "lit";
import type { TemplateResult } from "lit";

/**
 * An icon in the colour of its text. It is decoration: its button says what it does.
 * @param outline one of `icons.ts`
 */
export function icon(outline: string): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${outline} /></svg>`;
}
