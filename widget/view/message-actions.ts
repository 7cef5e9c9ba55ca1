import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import { canAsk } from "../conversation/draft.ts";
import type { AnswerState, Question } from "../conversation/state.ts";
import { action } from "./action.ts";
import type { ViewContext } from "./context.ts";
import { icon } from "./icon.ts";
import { checkIcon, copyIcon, penIcon, retryIcon, thumbIcon } from "./icons.ts";

/** The version of an answer that is shown: the newest, unless the visitor selected another one. */
export function shownVersion(answer: AnswerState, { versions }: ViewContext): AnswerState {
  return answer.versions[versions.get(answer.replyTo) ?? answer.versions.length] ?? answer;
}

/** The actions of a delivered question. */
export function questionActions({ id, delivery }: Question, context: ViewContext): TemplateResult | typeof nothing {
  const { state, strings, requests, detail } = context;
  if (delivery.state !== "sent" || !canAsk(state) || detail?.message === id) return nothing;
  return html`<div part="actions" class="actions">
    ${action(penIcon, strings.edit, () => requests.openDetail({ type: "edit", message: id }))}
  </div>`;
}

/** The actions of a finished answer. */
export function answerActions(answer: AnswerState, context: ViewContext): TemplateResult | typeof nothing {
  const { state, strings, requests, copied } = context;
  const shown = shownVersion(answer, context);
  if (answer.status === "running") return nothing;
  const isNewest = shown === answer;
  const isNewestMessage = state.messages.at(-1)?.id === answer.id;
  const isLast = isNewestMessage && canAsk(state);
  // becomes a class: with a selector for siblings or contents, each new message would make the browser recalculate the
  // styles of the whole conversation
  const isShown = isNewestMessage || answer.versions.length > 0 || answer.feedback !== undefined;
  return html`<div part="actions" class=${isShown ? "actions shown" : "actions"}>
    ${context.extras?.versionButtons(answer, shown, context)}
    ${
      shown.content === ""
        ? nothing
        : action(copied === shown.content ? checkIcon : copyIcon, strings.copy, () =>
            requests.copy(shown.content, answer.id),
          )
    }
    ${isLast ? action(retryIcon, strings.regenerate, () => requests.regenerate(answer.replyTo)) : nothing}
    ${isNewest && shown.content !== "" ? ratingButtons(answer, context) : nothing}
  </div>`;
}

function ratingButtons({ id, feedback }: AnswerState, { strings, requests }: ViewContext): TemplateResult {
  const button = (rating: "up" | "down", label: string) => {
    const isPressed = feedback?.rating === rating;
    return html`<button
      type="button"
      part="action"
      class="action ${rating}"
      aria-label=${label}
      title=${label}
      aria-pressed=${isPressed ? "true" : "false"}
      @click=${() => requests.rate(id, isPressed ? undefined : { rating })}
    >
      ${icon(thumbIcon)}
    </button>`;
  };
  return html`${button("up", strings.goodAnswer)}${button("down", strings.badAnswer)}`;
}
