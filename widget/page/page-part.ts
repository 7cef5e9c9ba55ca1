import { render } from "lit/html.js";
import type { PageContext } from "../../protocol/index.ts";
import type { ElementController, UpdatingElement } from "../element/updating-element.ts";
import type { ConversationController } from "../conversation/controller.ts";
import type { ViewContext } from "../view/context.ts";
import { PageChoice } from "./page-choice.ts";
import { readPage } from "./page-reading.ts";
import type { PageSettings } from "./page-reading.ts";
import { pageStyles } from "./page-styles.ts";
import { pageView } from "./page-view.ts";

/** The chat that shares its page. */
export interface PageHost {
  readonly element: UpdatingElement & PageSettings;
  readonly root: ShadowRoot;
  controller(): ConversationController;
  context(): ViewContext;
}

/** The pause between two readings of a changing page while the visitor looks at what would be sent, in milliseconds. */
const readEveryMs = 500;

const anyChange = { childList: true, subtree: true, characterData: true };

/** Creates the part of a chat that shares its page. */
export function partOf(host: PageHost): PagePart {
  return new PagePart(host);
}

/**
 * Shows that the page is sent along with questions, and reads it when a question is sent. This code loads when a
 * visitor sees the panel of a site that shares its pages. Nothing is read before they ask, or open the page's details.
 */
export class PagePart implements ElementController {
  readonly styles = pageStyles;
  readonly #host: PageHost;
  readonly #container = document.createElement("div");
  readonly #changes = new MutationObserver(() => this.#readLater());
  /** Whether the details are open, which show what would be sent. */
  #isOpen = false;
  #page: PageContext | undefined;
  #isDue = false;
  #connected = new AbortController();

  constructor(host: PageHost) {
    this.#host = host;
    this.#container.className = "page-part";
    host.element.addController(this);
  }

  hostConnected(): void {
    this.#connected = new AbortController();
    const { signal } = this.#connected;
    // another tab may have switched sharing on or off, or the site may have replaced the page
    addEventListener("storage", () => this.#draw(), { signal });
    const titles = new MutationObserver(() => this.#draw());
    titles.observe(document.head, anyChange);
    signal.addEventListener("abort", () => titles.disconnect());
  }

  hostDisconnected(): void {
    this.#connected.abort();
    this.#changes.disconnect();
  }

  hostUpdated(): void {
    const input = this.#host.root.querySelector("[part=input]");
    if (!this.#isOffered) this.#container.remove();
    else if (input?.nextElementSibling !== this.#container) input?.after(this.#container);
    this.#draw();
  }

  /**
   * Reads what is sent with a question that the visitor asks now. Nothing is sent without a visible sign: the chip must
   * be shown, and switched on, both before and after the page is read.
   * @returns undefined if nothing is shared
   */
  async read(): Promise<PageContext | undefined> {
    if (!this.#isShared) return undefined;
    const page = await this.#read();
    return this.#isShared ? page : undefined;
  }

  get #maxBytes(): number {
    const { profile } = this.#host.context().state;
    return profile.state === "ready" ? (profile.profile.limits.maxPageBytes ?? 0) : 0;
  }

  get #isOffered(): boolean {
    const { pageContext, getPageContext } = this.#host.element;
    return Boolean(pageContext ?? getPageContext) && this.#maxBytes > 0;
  }

  get #isShared(): boolean {
    const chip = this.#container.firstElementChild;
    return this.#isOffered && this.#choice.isOn && chip?.checkVisibility() === true;
  }

  get #choice(): PageChoice {
    const { endpoint, assistant } = this.#host.controller().api;
    return new PageChoice(endpoint, assistant);
  }

  async #read(): Promise<PageContext | undefined> {
    const page = await readPage(this.#host.element, this.#maxBytes);
    this.#page = page;
    this.#draw();
    return page;
  }

  /**
   * Reads a changed page again while the details are open. The site's own function is not called for that. It is called
   * only when a question is sent, the details are opened, or sharing is switched on.
   */
  #readLater(): void {
    if (!this.#isOpen || this.#host.element.getPageContext) return;
    if (this.#isDue) return;
    this.#isDue = true;
    setTimeout(() => {
      this.#isDue = false;
      if (this.#isShared) void this.#read();
    }, readEveryMs);
  }

  #open(isOpen: boolean): void {
    this.#isOpen = isOpen;
    this.#changes.disconnect();
    if (isOpen) this.#changes.observe(document, { ...anyChange, attributes: true });
    if (isOpen && this.#choice.isOn) void this.#read();
    this.#draw();
    if (!isOpen) this.#container.querySelector<HTMLElement>(".page-chip")?.focus();
  }

  #toggle(choice: PageChoice): void {
    choice.isOn = !choice.isOn;
    this.#page = undefined;
    this.#open(true);
  }

  #draw(): void {
    const choice = this.#choice;
    const { isOn } = choice;
    const isRead = !this.#host.element.getPageContext;
    const state = {
      ...{ isOn, isOpen: this.#isOpen, page: this.#page, isRead },
      title: (isRead ? undefined : this.#page?.title) ?? document.title,
      toggle: () => this.#toggle(choice),
      open: (isOpen: boolean) => this.#open(isOpen),
    };
    render(pageView(state, this.#host.context()), this.#container);
  }
}
