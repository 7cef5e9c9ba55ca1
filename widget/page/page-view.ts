import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { PageContext } from "../../protocol/index.ts";
import { withoutOverrides } from "../markdown/bidi.ts";
import { page as english } from "../strings/en.ts";
import { plural } from "../strings/plural.ts";
import { spaceAfter } from "../strings/space-after.ts";
import type { PageStrings } from "../strings/strings.ts";
import type { ViewContext } from "../view/context.ts";
import { icon } from "../view/icon.ts";
import { chevronIcon } from "../view/icons.ts";
import { languageOf } from "../view/text-language.ts";
import { useEscape } from "../view/use-escape.ts";

const eyeIcon =
  "M2.8 12s3.4-6.2 9.2-6.2 9.2 6.2 9.2 6.2-3.4 6.2-9.2 6.2S2.8 12 2.8 12ZM12 9.4a2.6 2.6 0 1 1 0 5.2 2.6 2.6 0 0 1 0-5.2Z";

/** What the chip and its details show. */
export interface PageViewState {
  isOn: boolean;
  isOpen: boolean;
  /** The page's title. */
  title: string;
  /** What would be sent; undefined if there is nothing, or the page has not been read yet. */
  page: PageContext | undefined;
  /** Whether the chat itself reads the page, and not the site's function. */
  isRead: boolean;
  toggle(): void;
  /** Opens or closes the details. */
  open(isOpen: boolean): void;
}

/** The chip below the text of the field, and the details that it opens: what would be sent, and the switch. */
export function pageView(state: PageViewState, context: ViewContext): TemplateResult {
  const { isOn, isOpen, title, open } = state;
  const strings = pageStrings(context);
  const onKeydown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.isComposing || !isOpen) return;
    useEscape(event); // closes the details, not the chat
    open(false);
  };
  return html`<button
      type="button"
      part="page"
      class=${isOn ? "page-chip on" : "page-chip"}
      aria-expanded=${isOpen ? "true" : "false"}
      aria-controls="page-details"
      @click=${() => open(!isOpen)}
      @keydown=${onKeydown}
    >
      ${icon(eyeIcon)}<span>${isOn ? strings.shared : strings.notShared}</span>
      ${isOn && title ? html`<bdi class="page-title" lang=${languageOf(title, context.pageLang)}>${withoutOverrides(title)}</bdi>` : nothing}
      ${icon(chevronIcon)}
    </button>
    <div
      id="page-details"
      part="page-details"
      class="page"
      role="group"
      aria-label=${strings.label}
      ?hidden=${!isOpen}
      @keydown=${onKeydown}
    >
      ${isOpen ? details(state, context) : nothing}
    </div>`;
}

function details({ isOn, page, isRead, toggle }: PageViewState, context: ViewContext): TemplateResult {
  const { lang } = context.strings;
  const strings = pageStrings(context);
  const count = page ? plural(lang, strings.words, lengthIn(lang, page.text)) : strings.empty;
  return html`<div class="page-head">
      ${icon(eyeIcon)}<span>${isOn ? strings.sent : strings.notShared}</span>
      <button
        type="button"
        class="page-switch"
        role="switch"
        aria-checked=${isOn ? "true" : "false"}
        aria-label=${strings.share}
        @click=${toggle}
      ></button>
    </div>
    ${isOn && page ? sent(page, strings.text, context.pageLang) : nothing}
    ${isOn ? html`<p class="page-note">${count}${page && isRead ? spaceAfter(count) + strings.noForms : nothing}</p>` : nothing}`;
}

function pageStrings({ strings }: ViewContext): PageStrings {
  return strings.part("page", english);
}

/** Shows everything that is sent. */
function sent({ url, title, text }: PageContext, label: string, pageLang: string): TemplateResult {
  return html`<div
    class="page-text"
    role="region"
    aria-label=${label}
    tabindex="0"
    dir="auto"
    lang=${languageOf(text, pageLang)}
  >
    <p><bdi>${url}</bdi></p>
    ${title ? html`<p dir="auto">${withoutOverrides(title)}</p>` : nothing}
    <pre dir="auto">${withoutOverrides(text)}</pre>
  </div>`;
}

/** The length of a text in words, or in characters if the chat is in Japanese or Chinese. */
function lengthIn(lang: string, text: string): number {
  if (/^(ja|zh)/.test(lang)) return [...text.replace(/\s+/g, "")].length;
  if (typeof Intl.Segmenter !== "function") return text.split(/\s+/).length; // Firefox before 125
  let words = 0;
  for (const { isWordLike } of new Intl.Segmenter(lang, { granularity: "word" }).segment(text))
    if (isWordLike) words += 1;
  return words;
}
