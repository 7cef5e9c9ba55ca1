/** So near to the end, in CSS pixels, the reader counts as being there: about two lines. */
const endZonePx = 40;

/** Keeps the newest in sight while the reader is at the end, and leaves him in peace where he is not. */
export class FollowScroll {
  readonly #area: HTMLElement;
  readonly #changed: (isAtEnd: boolean) => void;
  readonly #sizes = new ResizeObserver(() => this.#resized());
  #isAtEnd = true;
  /** How far it could be scrolled when it was last looked at, in CSS pixels. */
  #end = NaN;
  #lastTop = 0;

  /**
   * @param area what scrolls; its first child is what grows
   * @param changed called when the reader leaves the end or comes back to it
   * @param signal ends it
   */
  constructor(area: HTMLElement, changed: (isAtEnd: boolean) => void, signal: AbortSignal) {
    this.#area = area;
    this.#changed = changed;
    area.addEventListener("scroll", () => this.#scrolled(), { passive: true, signal });
    signal.addEventListener("abort", () => {
      this.#isAtEnd = false; // so that it is not watched again
      this.#watch();
    });
    this.#watch();
    this.#anchor();
  }

  /** Goes to the newest and stays with it. */
  toEnd(): void {
    this.stayAtEnd();
    this.#jump();
  }

  /** Goes to the newest when it grows the next time: nothing is measured before its frame. */
  stayAtEnd(): void {
    this.#end = NaN;
    this.#set(true);
  }

  /** Leaves the reader where he is, whatever comes. */
  leaveEnd(): void {
    this.#set(false);
  }

  /** Growth alone never scrolls upwards: only the reader does. */
  #scrolled(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.#area;
    const isNear = scrollHeight - clientHeight - scrollTop < endZonePx;
    if (isNear) this.#set(true);
    else if (scrollTop < this.#lastTop) this.#set(false);
    this.#lastTop = scrollTop;
  }

  /** While the reader is at the end, and not before the next frame after a change. */
  #watch(): void {
    this.#sizes.disconnect();
    if (!this.#isAtEnd) return;
    this.#sizes.observe(this.#area); // it shrinks when the keyboard comes up
    this.#sizes.observe(this.#area.firstElementChild ?? this.#area);
  }

  /**
   * What comes into sight with a jump gets its height in the same frame in Firefox: that would be a loop, and the page is
   * told of it.
   */
  #resized(): void {
    const end = this.#area.scrollHeight - this.#area.clientHeight;
    if (end === this.#end) return;
    this.#end = end;
    this.#sizes.disconnect();
    requestAnimationFrame(() => this.#watch());
    this.#grown();
  }

  /** A welcome is read from its beginning; from the first message on the newest counts. */
  #grown(): void {
    this.#scrolled(); // the reader may have left in this very frame
    const hasMessages = this.#area.querySelector("[part=message]") !== null;
    if (this.#isAtEnd && hasMessages) this.#jump();
  }

  /** Noted at once: a reader may scroll up from there before the browser tells of the jump. */
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

  /** At the end the browser need not look for what to hold in its place: it does so in each frame, from the start on. */
  #anchor(): void {
    this.#area.style.overflowAnchor = this.#isAtEnd ? "none" : "";
  }
}
