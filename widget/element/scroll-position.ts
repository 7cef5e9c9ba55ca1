import type { ConversationController } from "./conversation/controller.ts";
import { FollowScroll } from "./view/follow-scroll.ts";
import { goToReadingPlace, readingPlace } from "./view/scroll-place.ts";

/** Older messages are fetched when less than this is left above, in CSS pixels: about half a screen. */
const olderZonePx = 400;

/** What has come into sight has its real height only some frames later; until then it was estimated. */
const framesToSettle = 4;

/** What keeps a reader's place needs of the element. */
export interface ReadingHost {
  controller(): ConversationController;
  /** When what is shown is up to date. */
  updated(): Promise<unknown>;
  /** The reader has left the end, or is back there. */
  atEnd(isAtEnd: boolean): void;
}

/** The reader's place in the conversation: at the end, or where he reads, whatever comes or is fetched. */
export class Reading {
  readonly #area: HTMLElement;
  readonly #host: ReadingHost;
  readonly #follow: FollowScroll;
  #isAtEnd = true;
  #isFetching = false;
  #isExpecting = false;

  /** @param signal ends it */
  constructor(area: HTMLElement, host: ReadingHost, signal: AbortSignal) {
    this.#area = area;
    this.#host = host;
    const changed = (isAtEnd: boolean) => {
      this.#isAtEnd = isAtEnd;
      host.atEnd(isAtEnd);
    };
    this.#follow = new FollowScroll(area, changed, signal);
    area.addEventListener("scroll", () => void this.#fetchOlder(), { passive: true, signal });
    addEventListener("pagehide", () => this.#note(), { signal });
  }

  /** Goes to the newest and stays with it. */
  toEnd(): void {
    this.#follow.toEnd();
  }

  /** Stays with the newest from now on: something is about to be added. */
  stayAtEnd(): void {
    this.#follow.stayAtEnd();
  }

  /** Another conversation is on its way. */
  expect(): void {
    this.#isExpecting = true;
  }

  /** Goes where the reader was on the page before, or to the end, now that the conversation is there. */
  async restore(): Promise<void> {
    if (!this.#isExpecting) return;
    this.#isExpecting = false;
    await this.#host.updated();
    const { reading } = this.#host.controller();
    if (!reading) return this.toEnd();
    this.#follow.leaveEnd();
    await this.#hold([], reading);
  }

  #note(): void {
    if (this.#area.clientHeight === 0) return; // a closed panel: what was noted before holds
    this.#host.controller().noteReading(this.#isAtEnd ? undefined : readingPlace(this.#area));
  }

  async #fetchOlder(): Promise<void> {
    const controller = this.#host.controller();
    if (this.#isFetching || this.#area.scrollTop > olderZonePx || controller.state.previous === undefined) return;
    this.#isFetching = true;
    try {
      await this.#hold(await controller.fetchOlder());
    } catch {
      // the next scroll tries again
    } finally {
      this.#isFetching = false;
    }
  }

  /**
   * Keeps what is read in its place while something is put above it, a step in each frame. The browser would do so as well,
   * and move it twice.
   */
  async #hold(steps: readonly (() => void)[], place = readingPlace(this.#area)): Promise<void> {
    const { style } = this.#area;
    const anchor = style.overflowAnchor;
    style.overflowAnchor = "none";
    for (let frame = 0; frame < steps.length + framesToSettle; frame += 1) {
      steps[frame]?.();
      await this.#host.updated();
      if (place) goToReadingPlace(this.#area, place);
      await new Promise(requestAnimationFrame);
    }
    if (place) goToReadingPlace(this.#area, place);
    style.overflowAnchor = anchor;
  }
}
