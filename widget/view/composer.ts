import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { ViewContext } from "./context.ts";
import { icon } from "./icon.ts";
import { sendIcon, stopIcon } from "./icons.ts";
import { failureNotice } from "./notice.ts";
import { isSendKey } from "./send-key.ts";

/** The counter appears when less than this part of the limit is left. */
const counterFrom = 0.2;

/** Where the visitor writes, with whatever there is to say about it. */
export function composer(context: ViewContext): TemplateResult {
  const { state, strings, requests } = context;
  const { draft, returned, turn } = state;
  const left = charsLeft(context);
  const isSendable = draft.trim() !== "" && left >= 0;
  const submit = (event: Event) => {
    event.preventDefault();
    if (isSendable && turn.phase === "idle") requests.send(draft);
  };
  const onKey = (event: KeyboardEvent) => {
    if (isSendKey(event)) submit(event);
  };
  const onInput = ({ target }: Event) => {
    if (target instanceof HTMLTextAreaElement) requests.draft(target.value);
  };
  return html`<form part="composer" class="composer" @submit=${submit}>
    ${state.isOnline ? nothing : html`<div part="notice" class="notice"><p>${strings.offline}</p></div>`}
    ${returned ? failureNotice(returned, context, []) : nothing}
    <div class="field">
      <textarea
        part="input"
        rows="1"
        dir="auto"
        enterkeyhint="send"
        aria-label=${strings.inputLabel}
        aria-describedby="limit"
        aria-invalid=${left < 0 ? "true" : "false"}
        placeholder=${strings.inputPlaceholder}
        .value=${live(draft)}
        @input=${onInput}
        @keydown=${onKey}
        @compositionend=${isSendKey.noteCompositionEnd}
      ></textarea>
      ${turn.phase === "idle" ? sendButton(context, isSendable) : stopButton(context, turn.isStopping)}
    </div>
    <div id="limit" class="limit ${left < 0 ? "over" : ""}">${limitWords(context, left)}</div>
  </form>`;
}

/** UTF-16 units that may still be written; negative where it is too much, infinite where no limit is known. */
export function charsLeft({ state }: ViewContext): number {
  const { profile, draft } = state;
  return profile.state === "ready" ? profile.profile.limits.maxPromptChars - draft.length : Infinity;
}

function limitWords(context: ViewContext, left: number): string | typeof nothing {
  const { strings, state } = context;
  if (left < 0) return strings.charsOver(-left);
  return left < counterFrom * (left + state.draft.length) ? strings.charsLeft(left) : nothing;
}

/** A press on a button must not take the focus: on a phone the keyboard would go away. */
function keepFocus(event: Event): void {
  event.preventDefault();
}

function sendButton({ strings }: ViewContext, isSendable: boolean): TemplateResult {
  return html`<button part="send" class="round" ?disabled=${!isSendable} aria-label=${strings.send} @mousedown=${keepFocus}>
    ${icon(sendIcon)}
  </button>`;
}

function stopButton({ strings, requests }: ViewContext, isStopping: boolean): TemplateResult {
  return html`<button
    type="button"
    part="stop"
    class="round"
    aria-disabled=${isStopping ? "true" : "false"}
    aria-label=${isStopping ? strings.stopping : strings.stop}
    @mousedown=${keepFocus}
    @click=${requests.stop}
  >
    ${icon(stopIcon)}
  </button>`;
}
