/** Within this distance from the end, in CSS pixels, the reader counts as being at the end: about two lines. */
const endZonePx = 40;

/** Keeps the newest text in view while the reader is at the end, and does not scroll otherwise. */
export class FollowScroll {
  readonly #area: HTMLElement;
  readonly #changed: (isAtEnd: boolean) => void;
  readonly #sizes = new ResizeObserver(() => this.#resized());
  #isAtEnd = true;
  /** The maximum scroll position when it was last measured, in CSS pixels. */
  #end = NaN;
  #lastTop = 0;

  /**
   * @param area the scrolling element; its first child grows
   * @param changed called when the reader leaves the end or returns to it
   * @param signal stops following
   */
  constructor(area: HTMLElement, changed: (isAtEnd: boolean) => void, signal: AbortSignal) {
    this.#area = area;
    this.#changed = changed;
    area.addEventListener("scroll", () => this.#scrolled(), { passive: true, signal });
    signal.addEventListener("abort", () => {
      this.#isAtEnd = false; // so that it is not observed again
      this.#watch();
    });
    this.#watch();
    this.#anchor();
  }

  /** Scrolls to the end and follows it. */
  toEnd(): void {
    this.stayAtEnd();
    this.#jump();
  }

  /** Scrolls to the end when the content grows next. Nothing is measured before that frame. */
  stayAtEnd(): void {
    this.#end = NaN;
    this.#set(true);
  }

  /** Keeps the reader's position, whatever is added. */
  leaveEnd(): void {
    this.#set(false);
  }

  /** Growing content never scrolls up; only the reader does. */
  #scrolled(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.#area;
    const isNear = scrollHeight - clientHeight - scrollTop < endZonePx;
    if (isNear) this.#set(true);
    else if (scrollTop < this.#lastTop) this.#set(false);
    this.#lastTop = scrollTop;
  }

  /** Observes sizes only while the reader is at the end, and not before the next frame after a change. */
  #watch(): void {
    this.#sizes.disconnect();
    if (!this.#isAtEnd) return;
    this.#sizes.observe(this.#area); // it shrinks when the on-screen keyboard opens
    this.#sizes.observe(this.#area.firstElementChild ?? this.#area);
  }

  /**
   * In Firefox, content that a jump scrolls into view gets its height in the same frame. Observing it then would be a
   * loop, which the browser reports as an error.
   */
  #resized(): void {
    const end = this.#area.scrollHeight - this.#area.clientHeight;
    if (end === this.#end) return;
    this.#end = end;
    this.#sizes.disconnect();
    requestAnimationFrame(() => this.#watch());
    this.#grown();
  }

  /** A welcome message is read from its beginning. The end counts once there are messages. */
  #grown(): void {
    this.#scrolled(); // the reader may have left in this frame
    const hasMessages = this.#area.querySelector("[part=message]") !== null;
    if (this.#isAtEnd && hasMessages) this.#jump();
  }

  /** Saved at once: the reader may scroll up before the browser dispatches the jump's scroll event. */
  #jump(): void {
    this.#area.scrollTop = this.#area.scrollHeight;
    this.#lastTop = this.#area.scrollTop;
  }

  #set(isAtEnd: boolean): void {
    if (isAtEnd === this.#isAtEnd) return;
    this.#isAtEnd = isAtEnd;
    this.#watch();
    this.#anchor();
    this.#changed(isAtEnd);
  }

  /**
   * Disables the browser's scroll anchoring at the end. Its search for an anchor would start at the first node in each
   * frame.
   */
  #anchor(): void {
    this.#area.style.overflowAnchor = this.#isAtEnd ? "none" : "";
  }
}
