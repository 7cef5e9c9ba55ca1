/**
 * If the end is less than this far below the view, in CSS pixels, only the row below an answer is out of view, so no
 * jump button is needed.
 */
const endZonePx = 48;

/**
 * A reader who scrolls down to within this distance from the end, in CSS pixels, counts as having reached it. While an
 * answer grows, the end moves away from the reader.
 */
const reachPx = 16;

/** If a question is taller than this share of the view, only its end is shown, so that there is room for the answer. */
const questionShare = 0.5;

/** How many frames content takes to get its final height after it has come into view or left it. */
export const framesToSettle = 4;

/** What happens to the view when the conversation grows. */
type Hold =
  /** It follows the newest text. */
  | "end"
  /** It stays where the newest question is at the top. */
  | "question"
  /** It stays where the reader has scrolled to. */
  | "reader";

/**
 * Scrolls a growing conversation as the reader intends. A new question moves to the top and stays there while its
 * answer fills the room below it. The view follows the newest text only if the reader has scrolled to the end, or asked
 * for it; scrolling up ends that.
 */
export class FollowScroll {
  readonly #area: HTMLElement;
  /** Contains the conversation; its minimum height is the room for an answer. */
  readonly #column: HTMLElement;
  readonly #changed: (isAtEnd: boolean) => void;
  readonly #sizes = new ResizeObserver(() => this.#resized());
  #hold: Hold = "end";
  #isAtEnd = true;
  #isStopped = false;
  /** The maximum scroll position when it was last measured, in CSS pixels. */
  #end = NaN;
  #lastTop = 0;
  /** The height of the view when it was last measured, in CSS pixels. */
  #heightPx = 0;
  /** The question that was last shown at the top. There is room for an answer below it. */
  #question: { element: HTMLElement; offsetPx: number } | undefined;

  /**
   * @param area the scrolling element
   * @param column its child, which grows
   * @param changed called when the end of the conversation leaves the view or comes back
   * @param signal stops following
   */
  constructor(area: HTMLElement, column: HTMLElement, changed: (isAtEnd: boolean) => void, signal: AbortSignal) {
    this.#area = area;
    this.#column = column;
    this.#changed = changed;
    area.addEventListener("scroll", () => this.#scrolled(), { passive: true, signal });
    signal.addEventListener("abort", () => {
      this.#isStopped = true;
      this.#watch();
    });
    this.#watch();
    this.#setHold("end");
  }

  /** Whether the view follows the newest text. */
  get isFollowing(): boolean {
    return this.#hold === "end";
  }

  /** Scrolls to the end and follows it. */
  toEnd(): void {
    this.#end = NaN;
    this.#setHold("end");
    this.#scrollTo(this.#area.scrollHeight);
  }

  /** Scrolls to the newest question, and keeps it there while its answer fills the room below it. */
  toQuestion(element: HTMLElement): void {
    element.style.contentVisibility = "visible"; // its height is an estimate otherwise
    const gap = Number.parseFloat(getComputedStyle(this.#column).paddingBlockStart);
    const mostPx = this.#area.clientHeight * questionShare;
    this.holdQuestion(element, Math.max(-gap, element.offsetHeight - mostPx));
  }

  /**
   * Like `toQuestion`, but with the question at a given place, such as where it was on an earlier page.
   * @param offsetPx how far the view's upper edge is below the question's, in CSS pixels
   */
  holdQuestion(element: HTMLElement, offsetPx: number): void {
    this.#question = { element, offsetPx };
    this.#setHold("question");
    this.#showQuestion(framesToSettle);
  }

  /** Keeps the view where it is, whatever is added. */
  leaveEnd(): void {
    this.#setHold("reader");
  }

  /** Removes the room for an answer once its question is gone, for example because another conversation is shown. */
  updateRoom(): void {
    if (this.#question?.element.isConnected !== false) return;
    this.#question = undefined;
    this.#column.style.minBlockSize = "";
  }

  /** Runs code that scrolls, without treating this as scrolling by the reader. */
  move(scroll: () => void): void {
    scroll();
    this.#lastTop = this.#area.scrollTop;
  }

  #scrollTo(top: number): void {
    this.move(() => (this.#area.scrollTop = top));
    this.#report();
  }

  /**
   * Scrolls to the question, and makes the column high enough for that.
   * @param frames in how many more frames to repeat this, because content that has left the view gets an estimated
   * height
   */
  #showQuestion(frames = 0): void {
    if (!this.#question || this.#hold !== "question") return;
    const { element, offsetPx } = this.#question;
    const area = this.#area.getBoundingClientRect().top;
    const top = Math.max(0, element.getBoundingClientRect().top - area + this.#area.scrollTop + offsetPx);
    this.#column.style.minBlockSize = `${top + this.#area.clientHeight}px`;
    this.#scrollTo(top);
    if (frames > 0) requestAnimationFrame(() => this.#showQuestion(frames - 1));
  }

  /**
   * Finds out whether the reader has scrolled. Growing content never moves the view up. If shrinking content does, the
   * view is then at the end. Any other move is the reader's.
   */
  #scrolled(): void {
    const movedPx = this.#area.scrollTop - this.#lastTop;
    this.#lastTop = this.#area.scrollTop;
    const leftPx = this.#leftPx();
    if (movedPx < 0 && leftPx >= 1) this.#setHold("reader");
    else if (movedPx > 0 && leftPx < reachPx) this.#setHold("end");
    else if (movedPx > 0 && this.#hold === "question") this.#setHold("reader"); // or a form below it came into view
    this.#report();
  }

  /** How much of the conversation is below the view, in CSS pixels. */
  #leftPx(): number {
    return this.#area.scrollHeight - this.#area.clientHeight - this.#area.scrollTop;
  }

  /** Observes sizes only while the end is in view. After a change, this starts in the next frame: see `#resized`. */
  #watch(): void {
    this.#sizes.disconnect();
    if (this.#isStopped || !this.#isAtEnd) return;
    this.#sizes.observe(this.#area); // it shrinks when the on-screen keyboard opens
    this.#sizes.observe(this.#column);
  }

  /**
   * Pauses the observer until the next frame. In Firefox, content that a jump scrolls into view gets its height in the
   * same frame. Observing sizes in that frame would be a loop, which the browser reports as an error.
   */
  #resized(): void {
    const { clientHeight, scrollHeight } = this.#area;
    const endIsHidden = this.#isAtEnd && clientHeight < this.#heightPx;
    this.#heightPx = clientHeight;
    const end = scrollHeight - clientHeight;
    if (end === this.#end) return;
    this.#end = end;
    this.#sizes.disconnect();
    requestAnimationFrame(() => this.#watch());
    this.#grown(endIsHidden);
  }

  /**
   * Scrolls after a change of size. Without messages, nothing is scrolled to the end, because a welcome message is read
   * from its beginning. With messages, an end that was in view stays in view when the keyboard opens or the text field
   * grows.
   * @param endIsHidden whether the end was in view until the view became shorter
   */
  #grown(endIsHidden: boolean): void {
    this.#scrolled(); // the reader may have scrolled away in this frame
    const hasMessages = this.#area.querySelector("[part=message]") !== null;
    if (this.#hold === "end" && hasMessages) this.#scrollTo(this.#area.scrollHeight);
    this.#showQuestion(); // the view may have another height
    if (endIsHidden && hasMessages && this.#leftPx() >= 1) this.toEnd();
  }

  #report(): void {
    const isAtEnd = this.#hold === "end" || this.#leftPx() < endZonePx;
    if (isAtEnd === this.#isAtEnd) return;
    this.#isAtEnd = isAtEnd;
    requestAnimationFrame(() => this.#watch());
    this.#changed(isAtEnd);
  }

  /**
   * The browser's scroll anchoring is only needed when the view stays where the reader has scrolled to. Otherwise, the
   * browser would search for an anchor in each frame, from the first node on.
   */
  #setHold(hold: Hold): void {
    this.#hold = hold;
    this.#area.style.overflowAnchor = hold === "reader" ? "" : "none";
  }
}
