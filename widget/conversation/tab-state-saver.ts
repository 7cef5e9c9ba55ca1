import type { Place } from "./place.ts";
import { undelivered } from "./state.ts";
import type { ChatState, ReadingPlace } from "./state.ts";
import type { PlaceStore } from "./storage.ts";

/** Keeps where the visitor is, so that the next page of the site can go on there. */
export class PlaceKeeper {
  readonly #store: PlaceStore;
  #isOpen: boolean | undefined;
  /** Where the reader is, or was on the page before; undefined is at the end. */
  reading: ReadingPlace | undefined;
  /** Whether the worker has messages of the conversation. */
  isStored = false;
  /** Whether the conversation is shown by chance, and not by the visitor's choice. */
  isByChance = true;

  constructor(store: PlaceStore) {
    this.#store = store;
  }

  /** What the page before left. */
  read(): Place | undefined {
    const place = this.#store.read();
    this.#isOpen ??= place?.isOpen;
    return place;
  }

  /** Notes that the panel has been opened or closed. */
  noteOpen(isOpen: boolean): void {
    this.#isOpen = isOpen;
  }

  /** Notes that another conversation is shown now, and not by chance. */
  goTo({ isStored, reading }: Pick<Place, "isStored" | "reading">): void {
    this.isByChance = false;
    this.isStored = isStored;
    this.reading = reading;
  }

  /** Writes it down, unless nobody has done anything yet: then nothing is stored. */
  keep(state: ChatState): void {
    const { conversation, draft, turn } = state;
    const { isStored, reading } = this;
    const questions = undelivered(state);
    const isUntouched = draft === "" && questions.length === 0 && !isStored && this.isByChance;
    if (isUntouched && this.#isOpen === undefined) return;
    const isPending = turn.phase !== "idle";
    const place = { conversation, draft, undelivered: questions, isOpen: this.#isOpen, isStored, isPending, reading };
    this.#store.write(place);
  }

  /** Forgets it all. */
  clear(): void {
    this.isStored = false;
    this.isByChance = true;
    this.reading = undefined;
    this.#store.clear();
  }
}
