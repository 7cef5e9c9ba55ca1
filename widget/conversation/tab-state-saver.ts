import type { TabState } from "./tab-state.ts";
import { undelivered } from "./state.ts";
import type { ChatState, ScrollAnchor } from "./state.ts";
import type { TabStateStore } from "./storage.ts";

/** Keeps where the visitor is, so that the next page of the site can go on there. */
export class TabStateSaver {
  readonly #store: TabStateStore;
  #isOpen: boolean | undefined;
  /** Where the reader is, or was on the page before; undefined is at the end. */
  scrollAnchor: ScrollAnchor | undefined;
  /** Whether the worker has messages of the conversation. */
  isStored = false;
  /** Whether the conversation is shown by chance, and not by the visitor's choice. */
  isDefaultConversation = true;

  constructor(store: TabStateStore) {
    this.#store = store;
  }

  /** What the page before left. */
  read(): TabState | undefined {
    const saved = this.#store.read();
    this.#isOpen ??= saved?.isOpen;
    return saved;
  }

  /** Notes that the panel has been opened or closed. */
  noteOpen(isOpen: boolean): void {
    this.#isOpen = isOpen;
  }

  /** Notes that another conversation is shown now, and not by chance. */
  goTo({ isStored, scrollAnchor }: Pick<TabState, "isStored" | "scrollAnchor">): void {
    this.isDefaultConversation = false;
    this.isStored = isStored;
    this.scrollAnchor = scrollAnchor;
  }

  /** Writes it down, unless nobody has done anything yet: then nothing is stored. */
  save(state: ChatState): void {
    const { conversation, draft, turn } = state;
    const { isStored, scrollAnchor } = this;
    const questions = undelivered(state);
    const isUntouched = draft === "" && questions.length === 0 && !isStored && this.isDefaultConversation;
    if (isUntouched && this.#isOpen === undefined) return;
    const isPending = turn.phase !== "idle";
    const tabState = {
      conversation,
      draft,
      undelivered: questions,
      isOpen: this.#isOpen,
      isStored,
      isPending,
      scrollAnchor,
    };
    this.#store.write(tabState);
  }

  /** Forgets it all. */
  clear(): void {
    this.isStored = false;
    this.isDefaultConversation = true;
    this.scrollAnchor = undefined;
    this.#store.clear();
  }
}
