import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { AnswerState } from "../conversation/state.ts";
import { withoutOverrides } from "../markdown/bidi.ts";
import { plural } from "../strings/plural.ts";
import type { Strings } from "../strings/languages.ts";
import type { ViewContext } from "./context.ts";
import { extrasOf } from "./extras-strings.ts";
import { icon } from "./icon.ts";
import { shownVersion } from "./message-actions.ts";
import { languageOf } from "./text-language.ts";

const suggestionIcon = "M6 5v5.5A4.5 4.5 0 0 0 10.5 15H18M14.5 11.5 18 15l-3.5 3.5";

/** What the visitor could ask next, below the newest answer. A click sends exactly what is shown. */
export function suggestionsView(answer: AnswerState, context: ViewContext): TemplateResult | typeof nothing {
  const { state, strings, pageLang, requests } = context;
  const { suggestions = [] } = shownVersion(answer, context);
  const isNewest = state.messages.at(-1) === answer && state.turn.phase === "idle";
  if (!isNewest || suggestions.length === 0) return nothing;
  const send = (question: string) => (event: MouseEvent) => {
    const { currentTarget } = event;
    requests.send(question);
    keepFocus(currentTarget, event.detail === 0);
  };
  return html`<ul part="suggestions" class="suggestions" aria-label=${strings.starters}>
    ${suggestions.map(withoutOverrides).map(
      (question) =>
        html`<li>
          <button type="button" class="suggestion" lang=${languageOf(question, pageLang)} @click=${send(question)}>
            ${icon(suggestionIcon)}<span dir="auto">${question}</span>
          </button>
        </li>`,
    )}
  </ul>`;
}

/**
 * The clicked button is about to be removed, and the focus with it. With a keyboard, the visitor continues in the text
 * field; a tap must not bring up the keyboard on the screen.
 */
function keepFocus(clicked: EventTarget | null, isByKeyboard: boolean): void {
  if (!(clicked instanceof Element)) return;
  const next = clicked.closest(".chat")?.querySelector<HTMLElement>(isByKeyboard ? "[part=input]" : "[part=messages]");
  next?.focus({ preventScroll: true });
}

/** What is announced of an answer's follow-up questions: how many there are. An empty string if it has none. */
export function suggestionsWords({ suggestions = [] }: AnswerState, strings: Strings): string {
  return suggestions.length === 0 ? "" : plural(strings.lang, extrasOf({ strings }).followUps, suggestions.length);
}
