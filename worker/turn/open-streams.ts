/**
 * How many streams of one visitor can be open at once: more than anybody has tabs open. Each holds one piece, so all of
 * them fit into an object's memory many times over. Connections that nobody reads any longer count as well, so a new
 * stream is never refused: the oldest one is ended instead. If a tab was still reading that stream to follow a turn,
 * the tab sends a new request and continues from its last event.
 */
const maxStreams = 64;

/** The open streams of one visitor, oldest first: of running turns, of stored logs, and of exports. */
export class OpenStreams {
  readonly #all = new Set<() => void>();

  /**
   * Adds a stream, and ends the oldest one if there are too many.
   * @param end ends the stream as if its connection had broken
   * @returns a function that removes the stream; call it when the stream has ended in any way
   */
  add(end: () => void): () => void {
    this.#all.add(end);
    const [oldest] = this.#all;
    if (this.#all.size > maxStreams) oldest?.();
    return () => void this.#all.delete(end);
  }

  /** Ends all streams: their readers may not continue to read. */
  endAll(): void {
    for (const end of this.#all) end();
  }
}
