import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import { icon } from "./icon.ts";

/** A button with an icon below a message. */
export function action(outline: string, label: string, run: () => void, isDisabled = false): TemplateResult {
  return html`<button
    type="button"
    part="action"
    class="action"
    aria-label=${label}
    title=${label}
    aria-disabled=${isDisabled ? "true" : "false"}
    @click=${isDisabled ? nothing : run}
  >
    ${icon(outline)}
  </button>`;
}
