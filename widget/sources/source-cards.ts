import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { Source } from "../../protocol/index.ts";
import type { AnswerState } from "../conversation/state.ts";
import { withoutOverrides } from "../markdown/bidi.ts";
import { plural } from "../strings/plural.ts";
import type { ViewContext } from "../view/context.ts";
import { languageOf } from "../view/text-language.ts";
import { citedBy, quotesOf } from "./cited.ts";
import type { Cited } from "./cited.ts";
import { onElement } from "./on-element.ts";
import { watchSources } from "./preview.ts";
import { sourceLink } from "./source-anchor.ts";
import { linkOf } from "./source-link.ts";
import { stringsOf, sortSources } from "./source-words.ts";

/** The sources of a finished answer as cards: those that it cites, and the others on request. */
export function sourcesView(answer: AnswerState, context: ViewContext): TemplateResult | typeof nothing {
  const { cited, others } = sortSources(answer);
  if (answer.status === "running" || cited.length === 0) return nothing;
  const { title: label, more } = stringsOf(context);
  const cards = (sources: Source[]) =>
    html`<ul part="cards" class="cards" aria-label=${label}>
      ${sources.map((source) => html`<li>${cardOf({ source, quotes: quotesOf(source, answer.citations), context })}</li>`)}
    </ul>`;
  return html`<div part="sources" class="sources">
    <p part="label">${label}</p>
    ${cards(cited)}
    ${
      others.length > 0
        ? html`<details>
            <summary>${plural(context.strings.lang, more, others.length)}</summary>
            ${cards(others)}
          </details>`
        : nothing
    }
  </div>`;
}

function cardOf(cited: Cited): TemplateResult {
  const { source, quotes, context } = cited;
  const { where = [] } = linkOf(source, quotes) ?? {};
  const content = html`<span class="card-title" dir="auto" lang=${languageOf(source.title, context.pageLang)}
      >${withoutOverrides(source.title)}</span
    ><span class="card-foot"
      ><span class="number">${source.index}</span>
      <bdi class=${where.length > 1 ? "path" : ""}>${where.at(-1) ?? ""}</bdi></span
    >`;
  return sourceLink(cited, "card", content, standsFor(cited));
}

/** Records which source an element stands for, so that the source's preview appears beside the element. */
const standsFor = onElement((element, cited: Cited) => {
  watchSources(element);
  citedBy.set(element, cited);
});
