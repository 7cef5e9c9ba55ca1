import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import type { AnswerState } from "../conversation/state.ts";
import { withoutOverrides } from "../markdown/bidi.ts";
import type { ChatStrings } from "../strings/strings.ts";

/** What the model thought before its answer, collapsed by default. */
export function reasoningView({ reasoning }: AnswerState, strings: ChatStrings): TemplateResult | typeof nothing {
  if (!reasoning) return nothing;
  return html`<details part="reasoning" class="sources">
    <summary>${strings.reasoning}</summary>
    <div class="thoughts" dir="auto">${withoutOverrides(reasoning)}</div>
  </details>`;
}
