import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { AnswerState } from "../conversation/state.ts";
import { withoutOverrides } from "../markdown/bidi.ts";
import { plural } from "../strings/plural.ts";
import { extrasOf } from "./extras-strings.ts";
import type { ViewContext } from "../view/context.ts";
import { languageOf } from "../view/text-language.ts";

/** What the model thought before its answer, collapsed by default. @param seconds how long it took, if that is known */
export function reasoningView(
  { reasoning }: AnswerState,
  context: ViewContext,
  seconds: number | undefined,
): TemplateResult | typeof nothing {
  if (!reasoning) return nothing;
  const strings = extrasOf(context);
  const label = seconds === undefined ? strings.reasoning : plural(context.strings.lang, strings.thoughtFor, seconds);
  return html`<details part="reasoning" class="reasoning">
    <summary>${label}</summary>
    <div
      part="thoughts"
      class="thoughts"
      dir="auto"
      lang=${languageOf(reasoning, context.pageLang)}
      .textContent=${withoutOverrides(reasoning)}
    ></div>
  </details>`;
}
