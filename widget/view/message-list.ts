import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import { canAsk } from "../conversation/draft.ts";
import { findAnswer, findQuestion } from "../conversation/state.ts";
import type { ChatMessage } from "../conversation/state.ts";
import type { ChatProfile } from "../../protocol/index.ts";
import type { ViewContext } from "./context.ts";
import { icon } from "./icon.ts";
import { avatar, nameTag } from "./assistant.ts";
import { arrowIcon, downIcon } from "./icons.ts";
import { keyed } from "./keyed.ts";
import type { Entry } from "./keyed.ts";
import { byline, messageView } from "./message.ts";
import { languageOf } from "./text-language.ts";
import { failureNotice, failureOf, hint, profileNotice, secondsLeft } from "./notice.ts";

/**
 * The conversation, which scrolls on its own. For screen readers it is a log, but not a live region: the announcer
 * announces new text instead, in whole sentences.
 * @param isAtEnd whether the end of the conversation is in view
 */
export function messageList(context: ViewContext, isAtEnd: boolean): TemplateResult {
  const { state, strings, requests } = context;
  return html`<div class="scroll-area">
    <div part="messages" class="messages" role="log" aria-live="off" aria-label=${strings.conversation} tabindex="0">
      <div part="column" class="column">
        ${state.messages.length === 0 ? emptyState(context) : nothing}
        <ul class="entries" role="list" ${keyed(shown(context).map((message) => entryOf(message, context)))}></ul>
        ${progress(context)}
      </div>
    </div>
    <div class="jump" ?hidden=${isAtEnd}>
      <button type="button" part="jump" aria-label=${strings.jumpToLatest} @click=${requests.jumpToLatest}>
        ${icon(downIcon)}
      </button>
    </div>
  </div>`;
}

/** While a question waits for a new answer, its earlier answer is hidden. */
function shown({ state }: ViewContext): readonly ChatMessage[] {
  const { turn, messages } = state;
  if (turn.phase !== "waiting") return messages;
  return messages.filter((message) => message.role === "user" || message.replyTo !== turn.question);
}

/** A status line, unless an answer shows the progress itself. */
function progress(context: ViewContext): TemplateResult | typeof nothing {
  const { state, strings } = context;
  const { turn } = state;
  if (turn.phase === "idle") return nothing;
  const question = findQuestion(state, turn.question);
  if (question?.delivery.state === "queued") return nothing; // the question shows it
  const answer = turn.phase === "answering" ? findAnswer(state, turn.answer) : undefined;
  const doing =
    answer?.progress === "retrieving" ? strings.retrieving : answer?.progress === "reasoning" ? strings.thinking : "";
  const isSlow = turn.isSlow && doing !== strings.thinking; // while a model thinks, no text is expected
  const words = turn.isReconnecting ? strings.reconnecting : isSlow ? strings.stillWaiting : "";
  const isVisible = turn.phase === "answering" && answer?.content !== "";
  if (isVisible && !turn.isReconnecting) return words ? hint(words) : nothing;
  return html`${isVisible || answer?.reasoning ? nothing : byline(context)}${typing(words || doing)}`;
}

/** The wave that moves while the chat waits for something. */
const wave = html`<svg class="wave" viewBox="0 0 24 10" aria-hidden="true">
  <path d="M-13 5c2-4 4-4 6 0s4 4 6 0 4-4 6 0 4 4 6 0 4-4 6 0 4 4 6 0 4-4 6 0" />
</svg>`;

/** The typing indicator. */
function typing(words: string): TemplateResult {
  return html`<div part="status" class="typing">${wave} ${words}</div>`;
}

function entryOf(message: ChatMessage, context: ViewContext): Entry {
  return { key: message.id, from: drawnFrom(message, context), draw: () => messageView(message, context) };
}

function drawnFrom(message: ChatMessage, context: ViewContext): unknown[] {
  const { state, strings, pageLang, now, copied, versions, detail, forms, extras, sources } = context;
  const isDetailed = detail?.message === message.id;
  const failure = failureOf(message);
  return [
    message,
    strings,
    pageLang,
    secondsLeft(failure, now),
    copied !== "" && (copied === failure?.requestId || copied === message.content) && copied,
    message.role === "assistant" && versions.get(message.replyTo),
    extras,
    sources,
    isDetailed && detail.type,
    isDetailed && forms,
    canAsk(state),
    state.messages.at(-1) === message,
  ];
}

function emptyState(context: ViewContext): TemplateResult {
  const { state, strings, pageLang, requests } = context;
  const { profile, history } = state;
  if (history.state === "loading") return loadingView(context);
  if (history.state === "failed") {
    return failureNotice(history.failure, context, [{ label: strings.tryAgain, run: requests.reloadHistory }]);
  }
  if (profile.state === "failed") return profileNotice(profile.failure, context);
  if (!profile.profile) return loadingView(context);
  return html`<div part="welcome" class="welcome">
    ${rivulet}${avatar(context)}
    <h2 part="title" class="who">${nameTag(context)}</h2>
    ${greeting(profile.profile, pageLang)}
    ${profile.profile.available ? starters(profile.profile.starters, context) : nothing}
  </div>`;
}

/** The lines behind an empty conversation: copies of one curve, each further to the right. */
const lines = [92, 114, 136, 157, 177, 196, 214, 231].map((x) => `M${x}-10c20 60 122 58 140 114s68 68 208 80`).join("");
const rivulet = html`<svg part="lines" class="rivulet" viewBox="0 0 408 300" aria-hidden="true">
  <path d=${lines} />
</svg>`;

/** A greeting of at least this length, in characters, is set like body text, not like a heading. */
const longGreeting = 90;

function greeting({ welcome, tagline }: ChatProfile, pageLang: string): TemplateResult {
  return html`${
    welcome
      ? html`<p
          part="greeting"
          class=${welcome.length < longGreeting ? "greeting" : "greeting long"}
          dir="auto"
          lang=${languageOf(welcome, pageLang)}
        >
          ${welcome}
        </p>`
      : nothing
  }
  ${tagline ? html`<p part="tagline" class="knows" dir="auto" lang=${languageOf(tagline, pageLang)}>${tagline}</p>` : nothing}`;
}

function loadingView({ strings }: ViewContext): TemplateResult {
  return html`<div class="welcome loading" aria-label=${strings.loading} role="img">${wave}</div>`;
}

function starters(
  questions: readonly string[],
  { strings, pageLang, requests }: ViewContext,
): TemplateResult | typeof nothing {
  if (questions.length === 0) return nothing;
  return html`<p part="label" class="label" aria-hidden="true">${strings.tryAsking}</p>
    <ul part="starters" class="starters" aria-label=${strings.starters}>
      ${questions.map(
        (question) =>
          html`<li>
            <button
              type="button"
              part="starter"
              class="starter"
              lang=${languageOf(question, pageLang)}
              @click=${() => requests.send(question)}
            >
              <span dir="auto">${question}</span>${icon(arrowIcon)}
            </button>
          </li>`,
      )}
    </ul>`;
}
