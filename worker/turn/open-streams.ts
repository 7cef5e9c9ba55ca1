/**
 * How many streams of one visitor can be open at once. Each holds one piece, so that they fit into an object's memory
 * many times over. It is more than anybody has open tabs, and connections that nobody reads any longer count as well: so
 * a new stream is never refused, and the oldest one is ended instead. Its reader, if there is one, continues from the
 * last event with a new request.
 */
const maxStreams = 64;

/** The open streams of one visitor, oldest first: of running turns, of stored logs, and of exports. */
export class OpenStreams {
  readonly #all = new Set<() => void>();

  /**
   * Adds a stream, and ends the oldest one if there are too many.
   * @param end ends it as if its connection had broken
   * @returns a function that removes it, to be called when it has ended in any way
   */
  add(end: () => void): () => void {
    this.#all.add(end);
    const [oldest] = this.#all;
    if (this.#all.size > maxStreams) oldest?.();
    return () => void this.#all.delete(end);
  }

  /** Ends all of them: their readers may not read any longer. */
  endAll(): void {
    for (const end of this.#all) end();
  }
}
