import type { LitElement, ReactiveController } from "lit";
import type { ConversationController } from "../conversation/controller.ts";
import { FollowScroll } from "../view/follow-scroll.ts";
import { findScrollAnchor, scrollToAnchor } from "../view/scroll-anchor.ts";

/** Older messages are fetched when less than this is left above the viewport, in CSS pixels: about half a screen. */
const olderZonePx = 400;

/** Content that scrolls into view gets its real height only some frames later; its height is an estimate until then. */
const framesToSettle = 4;

/** Keeps the reader's position in the conversation: at the end, or at a message, whatever is added or loaded. */
export class ScrollPosition implements ReactiveController {
  readonly #host: LitElement;
  readonly #controller: () => ConversationController;
  readonly #changed: (isAtEnd: boolean) => void;
  #area: HTMLElement | null = null;
  #follow: FollowScroll | undefined;
  #attached: AbortController | undefined;
  #isAtEnd = true;
  #isFetching = false;
  #awaitsHistory = false;

  /** @param changed called when the reader leaves the end or returns to it */
  constructor(host: LitElement, controller: () => ConversationController, changed: (isAtEnd: boolean) => void) {
    this.#host = host;
    this.#controller = controller;
    this.#changed = changed;
    host.addController(this);
  }

  hostConnected(): void {
    if (this.#host.hasUpdated) this.#attach();
  }

  hostUpdated(): void {
    if (!this.#area?.isConnected) this.#attach(); // the first time, and after a change of the mode
  }

  hostDisconnected(): void {
    this.#attached?.abort();
  }

  /** Scrolls to the newest message and follows it. */
  toEnd(): void {
    this.#follow?.toEnd();
  }

  /** Follows the newest message from now on: something is about to be added. */
  stayAtEnd(): void {
    this.#follow?.stayAtEnd();
  }

  /** Another conversation is being loaded. */
  awaitHistory(): void {
    this.#awaitsHistory = true;
  }

  /** Scrolls to where the reader was on the previous page, or to the end, once the conversation is loaded. */
  async restore(): Promise<void> {
    if (!this.#awaitsHistory) return;
    this.#awaitsHistory = false;
    await this.#host.updateComplete;
    const { scrollAnchor } = this.#controller();
    if (!scrollAnchor) return this.toEnd();
    this.#follow?.leaveEnd();
    if (this.#area) await this.#keepAnchor(this.#area, scrollAnchor, []);
  }

  #attach(): void {
    const area = this.#host.renderRoot.querySelector<HTMLElement>("[part=messages]");
    if (!area) return;
    this.#area = area;
    this.#attached?.abort();
    this.#attached = new AbortController();
    const { signal } = this.#attached;
    const changed = (isAtEnd: boolean) => {
      this.#isAtEnd = isAtEnd;
      this.#changed(isAtEnd);
    };
    this.#isAtEnd = true;
    this.#follow = new FollowScroll(area, changed, signal);
    area.addEventListener("scroll", () => void this.#fetchOlder(area), { passive: true, signal });
    addEventListener("pagehide", () => this.#save(area), { signal });
  }

  #save(area: HTMLElement): void {
    if (area.clientHeight === 0) return; // the panel is closed: the earlier position is still valid
    this.#controller().noteScrollAnchor(this.#isAtEnd ? undefined : findScrollAnchor(area));
  }

  async #fetchOlder(area: HTMLElement): Promise<void> {
    const controller = this.#controller();
    if (this.#isFetching || area.scrollTop > olderZonePx || controller.state.previous === undefined) return;
    this.#isFetching = true;
    try {
      const steps = await controller.fetchOlder();
      await this.#keepAnchor(area, findScrollAnchor(area), steps);
    } catch {
      // the next scroll event tries again
    } finally {
      this.#isFetching = false;
    }
  }

  /**
   * Keeps the anchor where it is while messages are inserted above it, one step per frame. The browser's own scroll
   * anchoring is off meanwhile, because both together would move the text twice.
   */
  async #keepAnchor(
    area: HTMLElement,
    anchor: ReturnType<typeof findScrollAnchor>,
    steps: readonly (() => void)[],
  ): Promise<void> {
    const { style } = area;
    const before = style.overflowAnchor;
    style.overflowAnchor = "none";
    for (let frame = 0; frame < steps.length + framesToSettle; frame += 1) {
      steps[frame]?.();
      await this.#host.updateComplete;
      if (anchor) scrollToAnchor(area, anchor);
      await new Promise(requestAnimationFrame);
    }
    if (anchor) scrollToAnchor(area, anchor);
    style.overflowAnchor = before;
  }
}
