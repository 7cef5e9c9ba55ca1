import { isRecord } from "../transport/json.ts";
import { attempt } from "./attempt.ts";

/** A message between tabs. It only says what has changed. Each tab reads the change from the worker itself. */
export type TabMessage =
  | { type: "changed"; conversation: string }
  /** The visitor was signed out. */
  | { type: "signed-out" }
  /** The browser's session is somebody else's now. */
  | { type: "visitor-changed" };

/**
 * Connects the tabs of a browser that have the same visitor. They notify each other, because the worker's streams are
 * open only during a turn.
 */
export class Tabs {
  readonly #name: string;
  readonly #receive: (message: TabMessage) => void;
  #channel: BroadcastChannel | undefined;

  /**
   * @param name the channel's name, the same for all tabs with this worker and assistant
   * @param receive called with the messages of other tabs, and of other chats on this page
   * @param signal closes the channel
   */
  constructor(name: string, receive: (message: TabMessage) => void, signal: AbortSignal) {
    this.#name = name;
    this.#receive = receive;
    this.#open();
    // an open channel would keep the page out of the back/forward cache
    addEventListener("pagehide", () => this.#close(), { signal });
    // a message can arrive before the other tab's change to the storage is visible here
    addEventListener("storage", () => receive({ type: "visitor-changed" }), { signal });
    addEventListener("pageshow", () => this.#open(), { signal });
    signal.addEventListener("abort", () => this.#close());
  }

  /** Sends a message to all other tabs. */
  send(message: TabMessage): void {
    this.#channel?.postMessage(message);
  }

  #open(): void {
    // Firefox denies the channel if site data is blocked; a tab then reads what has changed when it is shown
    this.#channel ??= attempt(() => new BroadcastChannel(this.#name));
    this.#channel?.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
      const message = readMessage(data);
      if (message) this.#receive(message);
    });
  }

  #close(): void {
    this.#channel?.close();
    this.#channel = undefined;
  }
}

/** Checks a message's form, because the other tab may run another version of the script. */
function readMessage(data: unknown): TabMessage | undefined {
  const { type, conversation } = isRecord(data) ? data : {};
  if (type === "signed-out" || type === "visitor-changed") return { type };
  return type === "changed" && typeof conversation === "string" ? { type, conversation } : undefined;
}
