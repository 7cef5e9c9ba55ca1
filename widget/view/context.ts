import type { ChatState } from "../conversation/state.ts";
import type { ChatStrings } from "../strings/strings.ts";

/** What the view asks of the element. Requests go up this way; what they change comes down as state. */
export interface ChatRequests {
  draft(text: string): void;
  /** Sends what stands in the composer, if it can be sent. */
  submit(): void;
  send(text: string): void;
  stop(): void;
  /** @param id of the question or answer that failed */
  retry(id: string): void;
  /** Takes a question that was not delivered back into the composer. */
  withdraw(id: string): void;
  reloadProfile(): void;
  reloadHistory(): void;
  restart(): void;
  close(): void;
  jumpToNewest(): void;
  copy(text: string): void;
}

/** What every part of the view is drawn from. */
export interface ViewContext {
  state: ChatState;
  strings: ChatStrings;
  requests: ChatRequests;
  /** The time for countdowns, in milliseconds since the epoch. */
  now: number;
  /** What has just been copied, or nothing. */
  copied: string;
}
