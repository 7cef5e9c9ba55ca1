import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { ChatProfile } from "../../protocol/index.ts";
import { charsLeft, isSendable } from "../conversation/draft.ts";
import type { Failure } from "../conversation/state.ts";
import { plural } from "../strings/plural.ts";
import type { ChatStrings } from "../strings/strings.ts";
import type { ViewContext } from "./context.ts";
import { icon } from "./icon.ts";
import { sendIcon, stopIcon } from "./icons.ts";
import { failureNotice, hint, profileNotice } from "./notice.ts";
import { externalLink } from "./safe-link.ts";
import { isSendKey } from "./send-key.ts";

/** The character counter appears when less than this share of the limit is left. */
const counterFrom = 0.2;

/**
 * How long clicks on Stop are ignored after a click on Send, in milliseconds. Stop appears in Send's place, so such a
 * click is the second half of a double click.
 */
const doubleClickMs = 500;

let sendClickedAt = -Infinity;

/** The text field, with notices above it and the character counter below it. */
export function composer(context: ViewContext): TemplateResult | typeof nothing {
  const { state, strings, requests } = context;
  const { profile } = state;
  if (profile.state === "failed") return closed(profile.failure, context);
  if (profile.profile?.available === false)
    return context.consent?.consentView(context) ?? unavailable(profile.profile, strings);
  const { notice, turn } = state;
  const left = charsLeft(state);
  const submit = (event: Event) => {
    event.preventDefault();
    requests.submit();
  };
  const onKey = (event: KeyboardEvent) => {
    if (isSendKey(event)) submit(event);
  };
  const onInput = ({ target }: Event) => {
    if (target instanceof HTMLTextAreaElement) requests.draft(target.value);
  };
  return html`<form part="composer" class="composer" @submit=${submit}>
    <div class="challenge"></div>
    ${state.isOnline ? nothing : hint(strings.offline)} ${notice ? failureNotice(notice, context, []) : nothing}
    <div part="field" class="field">
      <textarea
        part="input"
        rows="1"
        dir=${state.draft ? "auto" : strings.dir}
        enterkeyhint="send"
        aria-label=${strings.inputLabel}
        aria-describedby="limit"
        aria-invalid=${left < 0 ? "true" : "false"}
        placeholder=${strings.inputPlaceholder}
        @input=${onInput}
        @keydown=${onKey}
        @compositionend=${isSendKey.noteCompositionEnd}
      ></textarea>
      ${turn.phase === "idle" ? sendButton(context) : stopButton(context, turn.isStopping)}
    </div>
    <div
      part="limit"
      id="limit"
      class=${left < 0 ? "limit over" : "limit"}
      .textContent=${limitWords(context, left)}
    ></div>
  </form>`;
}

/** Replaces the composer if the profile failed to load. An empty conversation already shows that failure. */
function closed(failure: Failure, context: ViewContext): TemplateResult | typeof nothing {
  if (context.state.messages.length === 0) return nothing;
  return html`<div part="composer" class="composer">${profileNotice(failure, context)}</div>`;
}

/** Shown instead of the composer: the operator's own text and a contact link. */
function unavailable({ unavailable: words, contactUrl }: ChatProfile, strings: ChatStrings): TemplateResult {
  return html`<div part="composer" class="composer">
    <div part="notice" class="failure unavailable">
      <p dir="auto">${words ?? strings.failures.provider_unavailable}</p>
      ${externalLink(contactUrl, strings.contact)}
    </div>
  </div>`;
}

function limitWords(context: ViewContext, left: number): string {
  const { strings, state } = context;
  if (left < 0) return plural(strings.lang, strings.charsOver, -left);
  return left < counterFrom * (left + state.draft.length) ? plural(strings.lang, strings.charsLeft, left) : "";
}

/** Pressing a button must not move the focus: on a phone the keyboard would close. */
function keepFocus(event: Event): void {
  event.preventDefault();
}

function sendButton({ strings, state }: ViewContext): TemplateResult {
  return html`<button
    part="send"
    class="round"
    ?disabled=${!isSendable(state)}
    aria-label=${strings.send}
    @mousedown=${keepFocus}
    @click=${(event: Event) => (sendClickedAt = event.timeStamp)}
  >
    ${icon(sendIcon)}
  </button>`;
}

function stopButton({ strings, requests }: ViewContext, isStopping: boolean): TemplateResult {
  const stop = ({ detail, timeStamp }: MouseEvent) => {
    const isByPointer = detail > 0; // for a key it is 0
    if (!isByPointer || timeStamp - sendClickedAt > doubleClickMs) requests.stop();
  };
  return html`<button
    type="button"
    part="stop"
    class="round"
    aria-disabled=${isStopping ? "true" : "false"}
    aria-label=${isStopping ? strings.stopping : strings.stop}
    @mousedown=${keepFocus}
    @click=${stop}
  >
    ${icon(stopIcon)}
  </button>`;
}
