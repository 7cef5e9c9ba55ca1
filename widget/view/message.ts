import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import { endingOf, isBlank, isCutOff } from "../conversation/state.ts";
import type { AnswerState, ChatMessage, Question } from "../conversation/state.ts";
import { answerText } from "./answer-text.ts";
import { assistantName, avatar } from "./assistant.ts";
import type { ViewContext } from "./context.ts";
import { answerActions, questionActions, shownVersion } from "./message-actions.ts";
import { failureNotice, hint } from "./notice.ts";
import { languageOf } from "./text-language.ts";

/** One message of the conversation: a question or an answer. */
export function messageView(message: ChatMessage, context: ViewContext): TemplateResult {
  return message.role === "user" ? questionView(message, context) : answerView(message, context);
}

function questionView(message: Question, context: ViewContext): TemplateResult {
  const { id, content, delivery } = message;
  const { strings, pageLang, requests, detail, forms } = context;
  const isEdited = detail?.type === "edit" && detail.message === id && forms !== undefined;
  const actions = [
    { label: strings.tryAgain, run: () => requests.retry(id), isRetry: true },
    { label: strings.editUnsent, run: () => requests.withdraw(id) },
  ];
  return html`<div
    part="message"
    data-message=${id}
    class="message user ${delivery.state}"
    role="group"
    aria-label=${strings.you}
  >
    ${
      isEdited
        ? forms.editForm(message, context)
        : html`<div class="question-row">
            ${questionActions(message, context)}
            <div part="question" class="question" dir="auto" lang=${languageOf(content, pageLang)}>${content}</div>
          </div>`
    }
    ${
      delivery.state === "failed"
        ? failureNotice(delivery.failure, context, delivery.failure.canRetry ? actions : actions.slice(1))
        : nothing
    }
    ${
      delivery.state === "queued"
        ? html`<div part="notice" class="notice queued">
            ${strings.queued}
            <button type="button" part="text-button" class="quiet" @click=${requests.stop}>
              ${strings.editUnsent}
            </button>
          </div>`
        : nothing
    }
  </div>`;
}

function answerView(answer: AnswerState, context: ViewContext): TemplateResult {
  const shown = shownVersion(answer, context);
  const { content, status } = shown;
  const { detail, forms, extras, sources } = context;
  const isRunning = status === "running";
  return html`<div
    part="message"
    data-message=${answer.id}
    class="message assistant ${status}"
    role="group"
    aria-label=${assistantName(context)}
    aria-busy=${isRunning ? "true" : "false"}
    ?hidden=${isRunning && content === "" && !shown.reasoning}
  >
    ${byline(context, shown.createdAt)} ${extras?.reasoningView(shown, context)}
    <div
      part="answer"
      class="answer"
      data-ai-generated="true"
      lang=${languageOf(content, context.pageLang)}
      ?hidden=${isBlank(shown)}
      ${answerText(content, { isFinal: !isRunning, isCutOff: isCutOff(shown) }, context.strings.answer)}
      ${sources?.chips(shown, context)}
    ></div>
    ${sources?.sourcesView(shown, context)} ${endingView(shown, context)} ${answerActions(answer, context)}
    ${extras?.suggestionsView(answer, context)}
    ${detail?.type === "comment" && detail.message === answer.id ? forms?.commentForm(answer, context) : nothing}
  </div>`;
}

/** Who answers, and when. It is hidden from screen readers, which read the assistant's title as the message's name. */
export function byline(context: ViewContext, createdAt?: number): TemplateResult {
  return html`<div part="author" class="by" aria-hidden="true">
    ${avatar(context)}<bdi>${assistantName(context)}</bdi>
    ${createdAt ? html`<time part="time">${timeOf(createdAt, context.strings.lang)}</time>` : nothing}
  </div>`;
}

function timeOf(createdAt: number, lang: string): string {
  return new Intl.DateTimeFormat(lang, { timeStyle: "short" }).format(createdAt);
}

function endingView(answer: AnswerState, context: ViewContext): TemplateResult | typeof nothing {
  const { failure, id } = answer;
  const { strings, requests } = context;
  if (failure) {
    const label = failure.code === "interrupted" ? strings.continueAnswer : strings.tryAgain;
    return failureNotice(
      failure,
      context,
      failure.canRetry ? [{ label, run: () => requests.retry(id), isRetry: true }] : [],
    );
  }
  const ending = endingOf(answer);
  const words = ending && strings.endings[ending];
  return words ? hint(words) : nothing;
}
