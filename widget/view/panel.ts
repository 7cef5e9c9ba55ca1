import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import { composer } from "./composer.ts";
import type { ViewContext } from "./context.ts";
import { icon } from "./icon.ts";
import { avatar, assistantName, nameTag } from "./assistant.ts";
import { closeIcon, composeIcon, enlargeIcon, listIcon } from "./icons.ts";
import { messageList } from "./message-list.ts";
import { externalLink } from "./safe-link.ts";
import { languageOf } from "./text-language.ts";

/** Options of {@link panelView}. */
export interface PanelOptions {
  mode: string;
  /** Whether the panel lies over the page and can be closed. */
  isOverlay: boolean;
  isOpen: boolean;
  /** Whether a popup takes most of the window. */
  isEnlarged: boolean;
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
  const { mode, isOverlay, isOpen, isEnlarged, isListOpen, onKeydown } = options;
  const name = assistantName(context);
  const state = isEnlarged ? " large" : context.state.messages.length > 0 || isListOpen ? "" : " empty";
  const content = frame(context, options);
  return isOverlay
    ? html`<dialog
        part="panel"
        class="panel ${mode}${state}"
        popover="manual"
        aria-label=${name}
        tabindex="-1"
        ?hidden=${!isOpen}
        @keydown=${onKeydown}
      >
        ${content}
      </dialog>`
    : html`<section part="panel" class="panel inline${state}" aria-label=${name} tabindex="-1" @keydown=${onKeydown}>
        ${content}
      </section>`;
}

function frame(context: ViewContext, options: PanelOptions): TemplateResult {
  const { isAtEnd, isListOpen, onClick } = options;
  const { lang, dir } = context.strings;
  return html`<div class="frame" lang=${lang} dir=${dir}>
    ${header(context, options)}
    <div
      part="list"
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
  const { state, strings, requests } = context;
  const { mode, isOverlay, isEnlarged, isListOpen, hasList } = options;
  return html`<header part="header" class="header">
    ${isListOpen || state.messages.length > 0 ? names(context) : html`<div class="names"></div>`}
    <slot name="header"></slot>
    ${button("list", strings.conversations, listIcon, requests.toggleList, !hasList, isListOpen)}
    ${button("new", strings.newConversation, composeIcon, requests.restart, state.messages.length === 0)}
    ${mode === "popup" ? button("resize", strings.enlarge, enlargeIcon, requests.enlarge, false, isEnlarged) : nothing}
    ${isOverlay ? button("close", strings.close, closeIcon, requests.close) : nothing}
  </header>`;
}

/** The assistant's name and tagline. An empty conversation shows them itself, in a larger size. */
function names(context: ViewContext): TemplateResult {
  const line = context.state.profile.profile?.tagline;
  return html`${avatar(context)}
    <div class="names">
      <h2 part="title">${nameTag(context)}</h2>
      ${line ? html`<p part="tagline" dir="auto" lang=${languageOf(line, context.pageLang)}>${line}</p>` : nothing}
    </div>`;
}

/** @param isExpanded whether the button has enlarged or opened something; undefined for buttons that do not toggle */
function button(
  name: string,
  label: string,
  outline: string,
  run: () => void,
  isHidden = false,
  isExpanded?: boolean,
): TemplateResult {
  return html`<button
    type="button"
    part="button"
    class="round plain ${name}"
    ?hidden=${isHidden}
    aria-label=${label}
    title=${label}
    aria-expanded=${isExpanded ?? nothing}
    @click=${run}
  >
    ${icon(outline)}
  </button>`;
}

function footer({ state, strings, pageLang }: ViewContext): TemplateResult | typeof nothing {
  const { profile } = state.profile;
  if (!profile) return nothing;
  const { disclosure, privacyUrl, contactUrl } = profile;
  return html`<footer part="footer" class="footer">
    <span dir="auto" lang=${languageOf(disclosure, pageLang)}>${disclosure}</span>
    ${externalLink(privacyUrl, strings.privacy)} ${externalLink(contactUrl, strings.contact)}
  </footer>`;
}
