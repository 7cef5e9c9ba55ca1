/** What one tab tells the others. The worker has the truth: a tab says where it is to be read anew. */
export type TabMessage =
  | { type: "changed"; conversation: string }
  /** The visitor is forgotten. */
  | { type: "signed-out" };

/** The tabs of one browser that have the same visitor. They say what is new to each other, since no stream is held. */
export class Tabs {
  readonly #name: string;
  readonly #hear: (message: TabMessage) => void;
  #channel: BroadcastChannel | undefined;

  /**
   * @param name the same for the same worker and assistant
   * @param hear called with what another tab, or another chat on this page, tells
   * @param signal ends it
   */
  constructor(name: string, hear: (message: TabMessage) => void, signal: AbortSignal) {
    this.#name = name;
    this.#hear = hear;
    this.#open();
    // an open channel would keep the page out of the back/forward cache
    addEventListener("pagehide", () => this.#close(), { signal });
    addEventListener("pageshow", () => this.#open(), { signal });
    signal.addEventListener("abort", () => this.#close());
  }

  /** Tells all others. */
  tell(message: TabMessage): void {
    this.#channel?.postMessage(message);
  }

  #open(): void {
    if (this.#channel || typeof BroadcastChannel !== "function") return;
    this.#channel = new BroadcastChannel(this.#name);
    this.#channel.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
      const message = readMessage(data);
      if (message) this.#hear(message);
    });
  }

  #close(): void {
    this.#channel?.close();
    this.#channel = undefined;
  }
}

/** Another version of the script may be running in the other tab. */
function readMessage(data: unknown): TabMessage | undefined {
  if (typeof data !== "object" || data === null || !("type" in data)) return undefined;
  if (data.type === "signed-out") return { type: "signed-out" };
  const isChange = data.type === "changed" && "conversation" in data && typeof data.conversation === "string";
  return isChange ? { type: "changed", conversation: String(data.conversation) } : undefined;
}
