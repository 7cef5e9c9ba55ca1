import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import { canAsk } from "../conversation/draft.ts";
import type { AnswerState } from "../conversation/state.ts";
import { withoutOverrides } from "../markdown/bidi.ts";
import { plural } from "../strings/plural.ts";
import type { Strings } from "../strings/languages.ts";
import type { ViewContext } from "../view/context.ts";
import { extrasOf } from "./extras-strings.ts";
import { icon } from "../view/icon.ts";
import { shownVersion } from "../view/message-actions.ts";
import { languageOf } from "../view/text-language.ts";

const questionIcon = "M6 5v5.5A4.5 4.5 0 0 0 10.5 15H18M14.5 11.5 18 15l-3.5 3.5";
const personIcon = "M12 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM5 19.5c.6-3.6 3.4-5.5 7-5.5s6.4 1.9 7 5.5";

/** What the visitor could do next, below the newest answer: ask a question, exactly as it is shown, or write to people. */
export function suggestionsView(answer: AnswerState, context: ViewContext): TemplateResult | typeof nothing {
  const { state, strings, pageLang, requests } = context;
  const { suggestions = [], handover } = shownVersion(answer, context);
  const isNewest = state.messages.at(-1) === answer && canAsk(state);
  const hasPerson = handover === true && state.profile.profile?.handover === true;
  if (!isNewest || (suggestions.length === 0 && !hasPerson)) return nothing;
  return html`<ul part="suggestions" class="suggestions" aria-label=${strings.starters}>
    ${suggestions
      .map(withoutOverrides)
      .map((question) => row(questionIcon, question, languageOf(question, pageLang), send(question, context)))}
    ${hasPerson ? row(personIcon, strings.contact, strings.lang, () => requests.handOver()) : nothing}
  </ul>`;
}

function row(outline: string, label: string, lang: string, run: (event: MouseEvent) => void): TemplateResult {
  return html`<li>
    <button type="button" class="suggestion" lang=${lang} @click=${run}>
      ${icon(outline)}<span dir="auto">${label}</span>
    </button>
  </li>`;
}

function send(question: string, { requests }: ViewContext) {
  return (event: MouseEvent) => {
    const { currentTarget } = event;
    requests.send(question);
    keepFocus(currentTarget, event.detail === 0);
  };
}

/**
 * Moves the focus, because the clicked button is about to be removed. After a key press, the visitor continues in the
 * text field. After a click or a tap, the focus goes to the messages, because a tap must not bring up the on-screen
 * keyboard.
 */
function keepFocus(clicked: EventTarget | null, isByKeyboard: boolean): void {
  if (!(clicked instanceof Element)) return;
  const next = clicked.closest(".chat")?.querySelector<HTMLElement>(isByKeyboard ? "[part=input]" : "[part=messages]");
  next?.focus({ preventScroll: true });
}

/** What is announced about an answer's follow-up questions: how many there are. An empty string if it has none. */
export function suggestionsWords({ suggestions = [] }: AnswerState, strings: Strings): string {
  return suggestions.length === 0 ? "" : plural(strings.lang, extrasOf({ strings }).followUps, suggestions.length);
}
