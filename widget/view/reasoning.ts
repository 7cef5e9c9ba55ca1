import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import type { AnswerState } from "../conversation/state.ts";
import { withoutOverrides } from "../markdown/bidi.ts";
import type { ViewContext } from "./context.ts";
import { languageOf } from "./text-language.ts";

/** What the model thought before its answer, collapsed by default. */
export function reasoningView(
  { reasoning }: AnswerState,
  { strings, pageLang }: ViewContext,
): TemplateResult | typeof nothing {
  if (!reasoning) return nothing;
  return html`<details part="reasoning" class="sources">
    <summary>${strings.reasoning}</summary>
    <div class="thoughts" dir="auto" lang=${languageOf(reasoning, pageLang)}>${withoutOverrides(reasoning)}</div>
  </details>`;
}
