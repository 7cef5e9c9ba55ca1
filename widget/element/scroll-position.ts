import type { ElementController, UpdatingElement } from "./updating-element.ts";
import type { ConversationController } from "../conversation/controller.ts";
import { FollowScroll, framesToSettle } from "../view/follow-scroll.ts";
import { findScrollAnchor, scrollToAnchor } from "../view/scroll-anchor.ts";

/** Older messages are fetched when less than this is left above the viewport, in CSS pixels: about half a screen. */
const olderZonePx = 400;

/** Keeps the reader's position in the conversation, whatever is added or loaded. */
export class ScrollPosition implements ElementController {
  readonly #host: UpdatingElement;
  readonly #controller: () => ConversationController;
  readonly #changed: (isAtEnd: boolean) => void;
  #area: HTMLElement | null = null;
  #follow: FollowScroll | undefined;
  #attached: AbortController | undefined;
  /** How far the reader had scrolled, in CSS pixels. */
  #lastTop = 0;
  #isFetching = false;
  #awaitsHistory = false;
  /** Id of the question to show at the top once it is drawn. */
  #newQuestion: string | undefined;

  /** @param changed called when the end of the conversation leaves the view or comes back */
  constructor(host: UpdatingElement, controller: () => ConversationController, changed: (isAtEnd: boolean) => void) {
    this.#host = host;
    this.#controller = controller;
    this.#changed = changed;
    host.addController(this);
  }

  /** Restores the scroll position, which an element loses when it is moved in the page. */
  hostConnected(): void {
    if (!this.#host.hasUpdated) return;
    const isPlaced = this.#follow?.isFollowing === false;
    const top = this.#lastTop;
    this.#attach();
    if (!isPlaced) return;
    this.#follow?.leaveEnd();
    void this.#keepPlace((area) => area.scrollTo(0, top));
  }

  hostUpdated(): void {
    if (!this.#host.renderRoot.contains(this.#area)) this.#attach(); // the first time, and after a change of the mode
    this.#follow?.updateRoom();
    const question = this.#newQuestion === undefined ? null : this.#find(this.#newQuestion);
    if (question === null) return;
    this.#newQuestion = undefined;
    this.#follow?.toQuestion(question);
  }

  hostDisconnected(): void {
    this.#attached?.abort();
  }

  /** Scrolls to the newest message and follows it. */
  toEnd(): void {
    this.#follow?.toEnd();
  }

  /** Shows a question at the top, with its answer below it, once it is drawn. */
  toQuestion(id: string): void {
    this.#newQuestion = id;
  }

  /** Called when a conversation is about to be loaded: `restore` scrolls once it is there. */
  awaitHistory(): void {
    this.#awaitsHistory = true;
    this.#newQuestion = undefined;
  }

  /** Scrolls to where the reader was on the previous page, or to the end, once the conversation is loaded. */
  async restore(): Promise<void> {
    if (!this.#awaitsHistory) return;
    this.#awaitsHistory = false;
    await this.#host.updateComplete;
    const { scrollAnchor, state } = this.#controller();
    if (!scrollAnchor) return this.toEnd();
    this.#follow?.leaveEnd();
    await this.#keepPlace((area) => scrollToAnchor(area, scrollAnchor));
    const newest = state.messages.findLast(({ role }) => role === "user")?.id;
    const question = newest === scrollAnchor.message ? this.#find(newest) : null;
    if (question) this.#follow?.holdQuestion(question, scrollAnchor.offsetPx);
  }

  #find(message: string): HTMLElement | null {
    return this.#area?.querySelector<HTMLElement>(`[data-message="${CSS.escape(message)}"]`) ?? null;
  }

  #attach(): void {
    const area = this.#host.renderRoot.querySelector<HTMLElement>("[part=messages]");
    const column = area?.querySelector<HTMLElement>(".column");
    if (!area || !column) return;
    this.#area = area;
    this.#attached?.abort();
    this.#attached = new AbortController();
    const { signal } = this.#attached;
    this.#follow = new FollowScroll(area, column, this.#changed, signal);
    area.addEventListener("scroll", () => void this.#fetchOlder(area), { passive: true, signal });
    addEventListener("pagehide", () => this.#save(area), { signal });
  }

  #save(area: HTMLElement): void {
    if (area.clientHeight === 0) return; // the panel is closed: the earlier position is still valid
    this.#controller().noteScrollAnchor(this.#follow?.isFollowing === true ? undefined : findScrollAnchor(area));
  }

  async #fetchOlder(area: HTMLElement): Promise<void> {
    this.#lastTop = area.scrollTop;
    const controller = this.#controller();
    if (this.#isFetching || area.scrollTop > olderZonePx || controller.state.previous === undefined) return;
    this.#isFetching = true;
    try {
      const steps = await controller.fetchOlder();
      const anchor = findScrollAnchor(area);
      await this.#keepPlace(() => anchor && scrollToAnchor(area, anchor), steps);
    } catch {
      // the next scroll event tries again
    } finally {
      this.#isFetching = false;
    }
  }

  /**
   * Keeps the reader's place while messages are inserted above it, one step per frame. The browser's own scroll anchoring is
   * off meanwhile, because both together would move the text twice.
   * @param scroll scrolls to that place
   * @param steps each inserts some of the messages
   */
  async #keepPlace(scroll: (area: HTMLElement) => void, steps: readonly (() => void)[] = []): Promise<void> {
    const area = this.#area;
    if (!area) return;
    const { style } = area;
    const before = style.overflowAnchor;
    style.overflowAnchor = "none";
    for (let frame = 0; frame < steps.length + framesToSettle; frame += 1) {
      steps[frame]?.();
      await this.#host.updateComplete;
      this.#follow?.move(() => scroll(area));
      await new Promise(requestAnimationFrame);
    }
    this.#follow?.move(() => scroll(area));
    style.overflowAnchor = before;
  }
}
