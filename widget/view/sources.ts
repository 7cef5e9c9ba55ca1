import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import type { AnswerState } from "../conversation/state.ts";
import { withoutOverrides } from "../markdown/bidi.ts";
import type { ViewContext } from "./context.ts";
import { safeLink } from "./safe-link.ts";
import { languageOf } from "./text-language.ts";

/** The sources of an answer, collapsed by default. */
export function sourcesView(
  { sources }: AnswerState,
  { strings, pageLang }: ViewContext,
): TemplateResult | typeof nothing {
  if (sources.length === 0) return nothing;
  return html`<details part="sources" class="sources">
    <summary>${strings.sources(sources.length)}</summary>
    <ol>
      ${sources.map(({ title, url }) => {
        const link = safeLink(url);
        const words = withoutOverrides(title);
        return html`<li dir="auto" lang=${languageOf(title, pageLang)}>
          ${link ? html`<a href=${link} title=${link} target="_blank" rel="noopener nofollow ugc">${words}</a>` : words}
        </li>`;
      })}
    </ol>
  </details>`;
}
