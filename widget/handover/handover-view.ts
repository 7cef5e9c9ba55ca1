import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { ChatProfile } from "../../protocol/index.ts";
import { fill, plural } from "../strings/plural.ts";
import type { HandoverStrings } from "../strings/strings.ts";
import type { ViewContext } from "../view/context.ts";
import { icon } from "../view/icon.ts";
import { checkIcon } from "../view/icons.ts";
import { languageOf } from "../view/text-language.ts";
import { useEscape } from "../view/use-escape.ts";
import { contactRow } from "./contact-row.ts";

const clockIcon = "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16ZM12 7.8v4.5l3 1.8";

/** What is wrong with a field or the delivery. Each function returns a sentence in the chat's current language. */
export interface HandoverErrors {
  message?: () => string;
  contact?: () => string;
  form?: () => string;
}

/** What the form shows. */
export interface HandoverViewState {
  state: "writing" | "sending" | "sent";
  errors: HandoverErrors;
  /** The address that the team will reply to. */
  sentFrom: string;
  /** How many of the loaded messages would be sent along. */
  messages: number;
  /** Whether the conversation has earlier messages that are not loaded. */
  hasEarlier: boolean;
  profile: ChatProfile;
  strings: HandoverStrings;
  submit(event: Event): void;
  changed(name: keyof HandoverErrors): void;
  /** Begins another message. */
  again(): void;
  /** Closes the form; undefined while the assistant is unavailable, because the form then stays open. */
  close: (() => void) | undefined;
}

/** The operator's message while the assistant is unavailable, the contact link, and the form or its confirmation. */
export function handoverView(state: HandoverViewState, context: ViewContext): TemplateResult {
  const { profile } = state;
  return html`${profile.available ? nothing : unavailable(profile, context)} ${contactRow(profile.contactUrl, context)}
  ${state.state === "sent" ? sent(state, context) : form(state, context)}`;
}

function unavailable({ unavailable: words }: ChatProfile, { strings, pageLang }: ViewContext): TemplateResult {
  return html`<div part="notice" class="handover-notice">
    ${icon(clockIcon)}
    <div>
      <p>${strings.failures.provider_unavailable}</p>
      ${words ? html`<p class="handover-words" dir="auto" lang=${languageOf(words, pageLang)}>${words}</p>` : nothing}
    </div>
  </div>`;
}

/** While the assistant is unavailable, there is no composer to show a challenge in, so the form has a place for it. */
function form(state: HandoverViewState, context: ViewContext): TemplateResult {
  const { strings, errors, submit, close, profile } = state;
  const words = context.strings;
  const isSending = state.state === "sending";
  const onKeydown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.isComposing || !close) return;
    useEscape(event); // closes the form, not the chat
    close();
  };
  return html`<form
    class="handover-form"
    aria-labelledby="handover-title"
    aria-busy=${isSending ? "true" : "false"}
    novalidate
    @submit=${submit}
    @keydown=${onKeydown}
  >
    <h3 id="handover-title">${strings.title}</h3>
    ${profile.available ? nothing : html`<div class="challenge"></div>`} ${messageField(state, context)}
    ${addressField(state)} ${along(state, context)}
    ${errors.form ? html`<p id="handover-failed" class="handover-error">${errors.form()}</p>` : nothing}
    <div class="handover-buttons">
      ${close ? html`<button type="button" class="quiet" @click=${close}>${words.close}</button>` : nothing}
      <button
        class="handover-send"
        aria-disabled=${isSending ? "true" : "false"}
        aria-describedby=${errors.form ? "handover-failed" : nothing}
      >
        ${isSending ? strings.sending : strings.send}
      </button>
    </div>
  </form>`;
}

function messageField({ errors, state, changed }: HandoverViewState, { strings }: ViewContext): TemplateResult {
  return html`<label>
      <span>${strings.inputLabel}</span>
      <textarea
        name="message"
        rows="2"
        dir="auto"
        placeholder=" "
        required
        ?readonly=${state === "sending"}
        aria-invalid=${errors.message ? "true" : "false"}
        aria-describedby=${errors.message ? "handover-message" : nothing}
        @input=${() => changed("message")}
      ></textarea>
    </label>
    ${errors.message ? html`<p id="handover-message" class="handover-error">${errors.message()}</p>` : nothing}`;
}

function addressField({ errors, state, strings, changed }: HandoverViewState): TemplateResult {
  return html`<label>
      <span>${strings.address}</span>
      <input
        name="contact"
        type="email"
        dir="auto"
        autocomplete="email"
        required
        ?readonly=${state === "sending"}
        aria-invalid=${errors.contact ? "true" : "false"}
        aria-describedby=${errors.contact ? "handover-contact" : nothing}
        @input=${() => changed("contact")}
      />
    </label>
    ${errors.contact ? html`<p id="handover-contact" class="handover-error">${errors.contact()}</p>` : nothing}`;
}

/** The checkbox that sends the conversation along. It is never ticked in advance. */
function along(
  { messages, hasEarlier, strings }: HandoverViewState,
  { strings: { lang } }: ViewContext,
): TemplateResult | typeof nothing {
  if (messages === 0) return nothing;
  const words = hasEarlier ? strings.alongAll : plural(lang, strings.along, messages);
  return html`<label class="handover-along"><input type="checkbox" name="along" /><span>${words}</span></label>`;
}

function sent({ strings, sentFrom, again, close }: HandoverViewState, { strings: words }: ViewContext): TemplateResult {
  return html`<div class="handover-form handover-sent" role="group" aria-labelledby="handover-sent" tabindex="-1">
    <h3 id="handover-sent">${icon(checkIcon)} ${strings.sent}</h3>
    <p>${fill(strings.sentTo, { contact: sentFrom })}</p>
    <div class="handover-buttons">
      <button type="button" class="quiet" @click=${again}>${strings.another}</button>
      ${close ? html`<button type="button" class="quiet" @click=${close}>${words.close}</button>` : nothing}
    </div>
  </div>`;
}
