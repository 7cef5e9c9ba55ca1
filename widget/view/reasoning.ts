import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { AnswerState } from "../conversation/state.ts";
import { withoutOverrides } from "../markdown/bidi.ts";
import { extrasOf } from "./extras-strings.ts";
import type { ViewContext } from "./context.ts";
import { languageOf } from "./text-language.ts";

/** What the model thought before its answer, collapsed by default. */
export function reasoningView({ reasoning }: AnswerState, context: ViewContext): TemplateResult | typeof nothing {
  if (!reasoning) return nothing;
  return html`<details part="reasoning" class="reasoning">
    <summary>${extrasOf(context).reasoning}</summary>
    <div part="thoughts" class="thoughts" dir="auto" lang=${languageOf(reasoning, context.pageLang)}>
      ${withoutOverrides(reasoning)}
    </div>
  </details>`;
}
