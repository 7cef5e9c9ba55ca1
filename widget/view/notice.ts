import { html } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { ChatMessage, ChatState, Failure } from "../conversation/state.ts";
import type { ViewContext } from "./context.ts";
import { icon } from "./icon.ts";
import { alertIcon } from "./icons.ts";

/** A button below a notice. */
export interface NoticeAction {
  label: string;
  run(): void;
  /** Whether the button is disabled until the failure's `retryAt`, once the code for the countdown is loaded. */
  isRetry?: boolean;
}

/** Whole seconds until a retry is allowed; 0 if it is allowed now. */
export function secondsLeft(failure: Failure | undefined, now: number): number {
  if (failure?.retryAt === undefined) return 0;
  return Math.max(0, Math.ceil((failure.retryAt - now) / 1000));
}

/** The failures that the chat shows, except a failure to load the history. Items that have not failed are undefined. */
export function failuresOf({ messages, profile, notice }: ChatState): (Failure | undefined)[] {
  return [notice, profile.state === "failed" ? profile.failure : undefined, ...messages.map(failureOf)];
}

/** A message's failure, if it failed. */
export function failureOf(message: ChatMessage): Failure | undefined {
  if (message.role === "assistant") return message.failure;
  return message.delivery.state === "failed" ? message.delivery.failure : undefined;
}

/**
 * A failure's message, with the possible actions and the failure's reference ID in the operator's log.
 * @param actions ignored for an outdated page, which can only be reloaded
 */
export function failureNotice(failure: Failure, context: ViewContext, actions: NoticeAction[]): TemplateResult {
  const { strings, requests, now } = context;
  const wait = secondsLeft(failure, now);
  const offered: NoticeAction[] =
    failure.code === "outdated" ? [{ label: strings.reload, run: requests.reloadPage }] : actions;
  return html`<div part="notice" class="notice failure">
    ${icon(alertIcon)}
    <div class="notice-body">
      <p>${strings.failures[failure.code]}${context.extras?.waitWords(failure, context)}</p>
      <div class="notice-actions">
        ${offered.map(
          ({ label, run, isRetry }) =>
            html`<button
              type="button"
              part="text-button"
              class="quiet"
              ?disabled=${isRetry && wait > 0 && context.extras}
              @click=${run}
            >
              ${label}
            </button>`,
        )}
        ${context.extras?.referenceButton(failure, context)}
      </div>
    </div>
  </div>`;
}

/** Says why the profile is missing, with a button that fetches it again if that can help. */
export function profileNotice(failure: Failure, context: ViewContext): TemplateResult {
  const { strings, requests } = context;
  const again = { label: strings.tryAgain, run: requests.reloadProfile, isRetry: true };
  return failureNotice(failure, context, failure.canRetry ? [again] : []);
}

/** A quiet status line. */
export function hint(words: string): TemplateResult {
  return html`<div part="notice" class="notice"><p>${words}</p></div>`;
}
