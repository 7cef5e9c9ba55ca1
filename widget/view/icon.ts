import { html } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";

/**
 * An icon in the text's color. It is decorative: its button has a label.
 * @param outline one of `icons.ts`
 */
export function icon(outline: string): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${outline} /></svg>`;
}
