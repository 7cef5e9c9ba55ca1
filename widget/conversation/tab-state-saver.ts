import type { TabState } from "./tab-state.ts";
import { isAgreed } from "./draft.ts";
import { undelivered } from "./state.ts";
import type { ChatState, ScrollAnchor } from "./state.ts";
import type { TabStateStore } from "./storage.ts";

/** Knows which visitor a tab's state belongs to. */
export interface StateOwners {
  /** The worker's reference to the visitor that this page works for; undefined before there is a session. */
  readonly visitor: string | undefined;
  /** Whether state that was saved for `visitor` belongs to the current visitor. */
  isOwn(visitor: string | undefined): boolean;
}

/** Saves the state of this tab, so that the next page of the site can continue there. It belongs to one visitor. */
export class TabStateSaver {
  readonly #store: TabStateStore;
  readonly #owners: StateOwners;
  /** Whether the panel is open; undefined if it was neither opened nor closed on this page. */
  #isOpen: boolean | undefined;
  /** The reader's position that was last saved; undefined if they were at the end of the conversation. */
  scrollAnchor: ScrollAnchor | undefined;
  /** Whether the worker has messages of the conversation. */
  isStored = false;
  /** Whether the conversation is shown by default, and not by the visitor's choice. */
  isDefaultConversation = true;

  constructor(store: TabStateStore, owners: StateOwners) {
    this.#store = store;
    this.#owners = owners;
  }

  /** Reads what the previous page saved. What belongs to somebody else is deleted. */
  read(): TabState | undefined {
    const saved = this.#store.read();
    if (!saved || this.#owners.isOwn(saved.visitor)) return saved;
    this.#store.clear();
    return undefined;
  }

  /** Records whether the panel is open. */
  noteOpen(isOpen: boolean): void {
    this.#isOpen = isOpen;
  }

  /** Records that another conversation is shown, and not by default. */
  goTo({ isStored, scrollAnchor }: Pick<TabState, "isStored" | "scrollAnchor">): void {
    this.isDefaultConversation = false;
    this.isStored = isStored;
    this.scrollAnchor = scrollAnchor;
  }

  /**
   * Whether the panel was last open. If it was neither opened nor closed here, the saved state says so. That state
   * comes from the previous page, or from another chat of the same assistant on this page.
   */
  get #lastIsOpen(): boolean | undefined {
    return this.#isOpen ?? this.#store.read()?.isOpen;
  }

  /**
   * Saves the state. Nothing is stored before the visitor has done something. If the assistant asks for consent,
   * nothing is stored before the visitor has agreed.
   */
  save(state: ChatState): void {
    if (!isAgreed(state) && !this.#store.read()) return;
    const { conversation, draft, turn } = state;
    const { isStored, scrollAnchor } = this;
    const questions = undelivered(state);
    const isUntouched = draft === "" && questions.length === 0 && !isStored && this.isDefaultConversation;
    const isOpen = this.#lastIsOpen;
    if (isUntouched && isOpen === undefined) return;
    const isPending = turn.phase !== "idle";
    const tabState = {
      visitor: this.#owners.visitor,
      conversation,
      draft,
      undelivered: questions,
      isOpen,
      isStored,
      isPending,
      scrollAnchor,
    };
    this.#store.write(tabState);
  }

  /** Deletes the saved state and resets the fields. Only whether the panel is open is kept. */
  clear(): void {
    this.isStored = false;
    this.isDefaultConversation = true;
    this.scrollAnchor = undefined;
    this.#isOpen = this.#lastIsOpen;
    this.#store.clear();
  }
}
