import type { ElementController } from "../element/updating-element.ts";
import type { CompanionHost } from "./companion-host.ts";

/**
 * Keeps the element with the keyboard focus in view when the conversation around it grows, for example because sources
 * load late. Readers who scroll away from that element are left where they are. `FollowScroll` treats this scrolling
 * like the reader's.
 */
export class FocusInView implements ElementController {
  readonly #host: CompanionHost;
  readonly #sizes = new ResizeObserver(() => this.#resized());
  #connected = new AbortController();
  /** The focused element, while it is in view. */
  #focused: Element | undefined;
  /** The height of the conversation when it was last measured, in CSS pixels. */
  #heightPx = 0;

  constructor(host: CompanionHost) {
    this.#host = host;
  }

  hostConnected(): void {
    this.#connected = new AbortController();
    const { root } = this.#host;
    const options = { signal: this.#connected.signal, capture: true, passive: true }; // a scroll event does not bubble
    root.addEventListener("focusin", () => requestAnimationFrame(() => this.#look()), options); // the browser scrolls first
    root.addEventListener("scroll", () => this.#look(), options);
  }

  hostDisconnected(): void {
    this.#connected.abort();
    this.#sizes.disconnect();
  }

  #look(): void {
    const focused = this.#host.root.activeElement;
    const area = focused && areaOf(focused);
    const isInView = area && focused.matches(":focus-visible") && hiddenPx(focused, area) === 0;
    const before = this.#focused;
    this.#focused = isInView ? focused : undefined;
    if (this.#focused !== before) this.#watch();
  }

  #watch(): void {
    this.#sizes.disconnect();
    const column = this.#focused?.closest(".column");
    if (column) this.#sizes.observe(column);
  }

  /** As in `FollowScroll`, sizes are not observed before the next frame after a change. */
  #resized(): void {
    const focused = this.#focused;
    const area = focused && areaOf(focused);
    if (!area || area.scrollHeight === this.#heightPx) return;
    this.#heightPx = area.scrollHeight;
    this.#sizes.disconnect();
    requestAnimationFrame(() => this.#watch());
    if (focused.matches(":focus-visible")) area.scrollTop += hiddenPx(focused, area);
  }
}

/** The scrolling element around an element of the conversation. */
function areaOf(element: Element): Element | null {
  return element.closest(".column")?.parentElement ?? null;
}

/** How far an element is below the view, in CSS pixels; negative if it is above, 0 if it is in view. */
function hiddenPx(element: Element, area: Element): number {
  const view = area.getBoundingClientRect();
  const { top, bottom } = element.getBoundingClientRect();
  const belowPx = Math.ceil(bottom - view.bottom);
  const abovePx = Math.floor(top - view.top);
  return belowPx > 1 ? belowPx : Math.min(0, abovePx + 1);
}
