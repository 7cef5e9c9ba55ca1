import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import { composer } from "./composer.ts";
import type { ViewContext } from "./context.ts";
import { icon } from "./icon.ts";
import { closeIcon, composeIcon, listIcon } from "./icons.ts";
import { assistantName } from "./message.ts";
import { messageList } from "./message-list.ts";
import { externalLink } from "./safe-link.ts";
import { languageOf } from "./text-language.ts";

/** How the panel is placed in the page. */
export interface PanelOptions {
  mode: string;
  /** Whether it covers the page and can be closed. */
  isOverlay: boolean;
  isOpen: boolean;
  isAtEnd: boolean;
  /** Whether the conversation list is shown instead of the conversation. */
  isListOpen: boolean;
  /** Whether there are, or may be, conversations to list. */
  hasList: boolean;
  onKeydown(event: KeyboardEvent): void;
  /** A click in the conversation. */
  onClick(event: MouseEvent): void;
}

/** The whole chat except for its launcher. A panel that covers the page is a dialog, which can be in the top layer. */
export function panelView(context: ViewContext, options: PanelOptions): TemplateResult {
  const { mode, isOverlay, isOpen, onKeydown } = options;
  const name = assistantName(context);
  const content = frame(context, options);
  return isOverlay
    ? html`<dialog
        part="panel"
        class="panel ${mode}"
        popover="manual"
        aria-label=${name}
        tabindex="-1"
        ?hidden=${!isOpen}
        @keydown=${onKeydown}
      >
        ${content}
      </dialog>`
    : html`<section part="panel" class="panel inline" aria-label=${name} tabindex="-1" @keydown=${onKeydown}>
        ${content}
      </section>`;
}

function frame(context: ViewContext, options: PanelOptions): TemplateResult {
  const { isAtEnd, isListOpen, onClick } = options;
  const { lang, dir } = context.strings;
  return html`<div class="frame" lang=${lang} dir=${dir}>
    ${header(context, options)}
    <div
      class="conversation-list"
      role="region"
      aria-label=${context.strings.conversations}
      ?hidden=${!isListOpen}
    ></div>
    <div class=${context.state.messages.length > 0 ? "chat started" : "chat"} ?hidden=${isListOpen} @click=${onClick}>
      ${messageList(context, isAtEnd)} ${composer(context)} ${footer(context)}
    </div>
  </div>`;
}

function header(context: ViewContext, options: PanelOptions): TemplateResult {
  const { state, strings, pageLang, requests } = context;
  const { isOverlay, isListOpen, hasList } = options;
  const tagline = state.profile.state === "ready" ? state.profile.profile.tagline : undefined;
  const name = assistantName(context);
  const line = state.title || tagline;
  return html`<header part="header" class="header">
    <button
      type="button"
      class="round plain list"
      ?hidden=${!hasList}
      aria-label=${strings.conversations}
      title=${strings.conversations}
      aria-expanded=${isListOpen ? "true" : "false"}
      @click=${requests.toggleList}
    >
      ${icon(listIcon)}
    </button>
    <div class="names">
      <h2 dir="auto" lang=${state.profile.state === "ready" ? languageOf(name, pageLang) : nothing}>${name}</h2>
      ${line ? html`<p dir="auto" lang=${languageOf(line, pageLang)}>${line}</p>` : nothing}
    </div>
    <slot name="header"></slot>
    <button
      type="button"
      class="round plain"
      ?hidden=${state.messages.length === 0}
      aria-label=${strings.newConversation}
      title=${strings.newConversation}
      @click=${requests.restart}
    >
      ${icon(composeIcon)}
    </button>
    ${
      isOverlay
        ? html`<button
            type="button"
            class="round plain"
            aria-label=${strings.close}
            title=${strings.close}
            @click=${requests.close}
          >
            ${icon(closeIcon)}
          </button>`
        : nothing
    }
  </header>`;
}

function footer({ state, strings, pageLang }: ViewContext): TemplateResult | typeof nothing {
  if (state.profile.state !== "ready") return nothing;
  const { disclosure, privacyUrl, contactUrl } = state.profile.profile;
  return html`<footer class="footer">
    <span dir="auto" lang=${languageOf(disclosure, pageLang)}>${disclosure}</span>
    ${externalLink(privacyUrl, strings.privacy)} ${externalLink(contactUrl, strings.contact)}
  </footer>`;
}
