import { html, nothing, render } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import { withoutOverrides } from "../markdown/bidi.ts";
import { icon } from "../view/icon.ts";
import { languageOf } from "../view/text-language.ts";
import { useEscape } from "../view/use-escape.ts";
import { citedBy, plainWords } from "./cited.ts";
import type { Cited } from "./cited.ts";
import { placePreview } from "./place-preview.ts";
import { sourceLink } from "./source-anchor.ts";
import { linkOf } from "./source-link.ts";
import { sourceName, stringsOf } from "./source-words.ts";

/** How long the pointer rests on a chip or a card before its preview appears, in milliseconds. */
const restMs = 250;

/** How long a preview stays after the pointer has left, in milliseconds: long enough to move the pointer into it. */
const leaveMs = 300;

const goIcon = "M5 12h13.5M12.5 5.8l6.2 6.2-6.2 6.2";

/** The open preview, and the chip or card that it belongs to. One preview is open at a time. */
interface OpenPreview {
  anchor: HTMLElement;
  element: HTMLElement;
  /** Whether the chip was activated by a click, a tap or a key. If so, the preview stays when the pointer leaves. */
  isPinned: boolean;
  ended: AbortController;
}

let open: OpenPreview | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
const watched = new WeakSet<Element>();

/**
 * Shows the previews of the chips in an element, or of the element itself if it is a card, on hover, focus and tap
 * (WCAG 2.2, success criterion 1.4.13).
 */
export function watchSources(element: Element): void {
  if (watched.has(element)) return;
  watched.add(element);
  element.addEventListener("pointerover", (event) => {
    const anchor = anchorOf(event);
    if (!anchor || !(event instanceof PointerEvent) || event.pointerType === "touch") return;
    later(() => show(anchor, false), restMs);
  });
  element.addEventListener("pointerout", leave);
  element.addEventListener("focusin", (event) => {
    const anchor = anchorOf(event);
    if (anchor?.matches(":focus-visible") && anchor !== open?.anchor) show(anchor, false);
  });
  element.addEventListener("focusout", onFocusout);
  element.addEventListener("click", (event) => {
    const anchor = anchorOf(event);
    if (anchor && isChip(anchor)) press(anchor);
  });
}

function anchorOf({ target }: Event): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>("[data-source]") : null;
}

function isChip({ localName }: Element): boolean {
  return localName === "button";
}

function isWithin(target: EventTarget | null): boolean {
  return target instanceof Node && open?.element.contains(target) === true;
}

function later(run: () => void, ms: number): void {
  clearTimeout(timer);
  timer = setTimeout(run, ms);
}

function leave(): void {
  later(() => open?.isPinned === false && close(), leaveMs);
}

/**
 * Called when a chip is activated by a click, a tap or a key. The preview then stays open and gets the focus. The next
 * activation closes the preview.
 */
function press(chip: HTMLElement): void {
  if (open?.anchor === chip && open.isPinned) return close();
  show(chip, true);
  (open?.element.querySelector("a") ?? open?.element)?.focus({ preventScroll: true });
}

function show(anchor: HTMLElement, isPinned: boolean): void {
  clearTimeout(timer);
  const cited = citedBy.get(anchor);
  const area = anchor.closest<HTMLElement>(".scroll-area");
  if (!cited || !area) return;
  if (open?.anchor === anchor) {
    open.isPinned ||= isPinned;
    return;
  }
  close();
  const element = document.createElement("div");
  const ended = new AbortController();
  open = { anchor, element, isPinned, ended };
  element.className = "preview";
  element.part.value = "preview";
  element.role = "dialog";
  element.tabIndex = -1;
  element.ariaLabel = sourceName(cited.source, cited.context);
  render(contentOf(cited), element);
  area.append(element);
  if (isChip(anchor)) anchor.ariaExpanded = "true";
  listen(open, area);
}

function listen({ anchor, element, ended }: OpenPreview, area: HTMLElement): void {
  const { signal } = ended;
  const place = () => {
    if (!placePreview(element, anchor, area)) close();
  };
  place();
  area.addEventListener("scroll", place, { capture: true, passive: true, signal });
  document.addEventListener("keydown", onKeydown, { capture: true, signal });
  const outside = ({ target }: Event) => {
    if (target !== anchor && !isWithin(target)) close();
  };
  area.getRootNode().addEventListener("pointerdown", outside, { signal });
  element.addEventListener("pointerover", () => clearTimeout(timer), { signal });
  element.addEventListener("pointerout", leave, { signal });
  element.addEventListener("click", ({ target }) => target instanceof Element && target.closest("a") && close(), {
    signal,
  });
  element.addEventListener("focusout", onFocusout, { signal });
}

function onFocusout(event: Event): void {
  if (event instanceof FocusEvent && event.relatedTarget !== open?.anchor && !isWithin(event.relatedTarget)) close();
}

function onKeydown(event: KeyboardEvent): void {
  if (!open) return;
  const hasFocus = open.element.matches(":focus-within");
  const { anchor } = open;
  if (event.key === "Escape") {
    useEscape(event);
    if (hasFocus) anchor.focus({ preventScroll: true }); // before `close`: otherwise the focus would open it again
    close();
  } else if (event.key === "Tab" && hasFocus) {
    // the preview is at the end of the area, so the focus is moved: Tab continues after the chip, Shift+Tab stops at it
    if (event.shiftKey) event.preventDefault();
    anchor.focus({ preventScroll: true });
    close();
  }
}

function close(): void {
  clearTimeout(timer);
  if (!open) return;
  const { anchor, element, ended } = open;
  open = undefined; // removing the element can fire `focusout`, which calls this again
  ended.abort();
  if (isChip(anchor)) anchor.ariaExpanded = "false";
  element.remove();
}

function contentOf(cited: Cited): TemplateResult {
  const { source, quotes, context } = cited;
  const link = linkOf(source, quotes);
  const lang = languageOf(source.title, context.pageLang);
  const words = stringsOf(context);
  return html`<p class="preview-title" dir="auto" lang=${lang}>
      <span class="number">${source.index}</span> <span>${withoutOverrides(source.title)}</span>
    </p>
    ${quotes.length > 0 || source.snippet ? html`<p class="preview-words" dir="auto" lang=${lang}>${wordsOf(cited)}</p>` : nothing}
    ${link ? html`<p class="preview-where"><bdi>${link.where.join(" › ")}</bdi></p>` : nothing}
    ${link ? sourceLink(cited, "preview-link", html`${link.kind === "here" ? words.showHere : words.openPage} ${icon(goIcon)}`) : nothing}`;
}

/** The cited words, within their sentence if the source's snippet contains them. Without cited words, the snippet. */
function wordsOf({ source, quotes }: Cited): TemplateResult {
  const snippet = withoutOverrides(plainWords(source.snippet ?? ""));
  const quote = withoutOverrides(quotes.join(" … "));
  const at = quote === "" ? -1 : snippet.indexOf(quote);
  if (at < 0) return quote === "" ? html`${snippet}` : html`<q><mark>${quote}</mark></q>`;
  const end = at + quote.length;
  const before = snippet
    .slice(0, at)
    .split(/(?<=[.!?…])\s+|\n/)
    .at(-1);
  const [after] = snippet.slice(end).split(/(?<=[.!?…])\s+|\n/);
  return html`<q>${before}<mark>${quote}</mark>${after}</q>`;
}
