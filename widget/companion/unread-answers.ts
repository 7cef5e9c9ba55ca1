import type { ElementController } from "../element/updating-element.ts";
import { attempt } from "../conversation/attempt.ts";
import { findAnswer } from "../conversation/state.ts";
import type { AnswerState } from "../conversation/state.ts";
import { storageKey } from "../conversation/storage-key.ts";
import { fill, plural } from "../strings/plural.ts";
import { isRecord } from "../transport/json.ts";
import { isPanelShown } from "./companion-host.ts";
import type { CompanionHost } from "./companion-host.ts";
import { extrasOf } from "./extras-strings.ts";

/** A message between tabs, on the channel that tells them about changed conversations. `Tabs` ignores it. */
type UnreadMessage = { type: "unread"; answer: string } | { type: "read" };

/**
 * Counts the answers that were finished while the panel was closed. The launcher shows the number, and its accessible
 * name contains it. Opening the panel here or in another tab resets the count. The count is not stored.
 */
export class UnreadAnswers implements ElementController {
  readonly #host: CompanionHost;
  readonly #badge = document.createElement("span");
  readonly #unread = new Set<string>();
  #channel: BroadcastChannel | undefined;
  #connected = new AbortController();
  /** Id of the answer that is being written. */
  #running: string | undefined;
  #wasRead = false;

  constructor(host: CompanionHost) {
    this.#host = host;
    this.#badge.className = "badge";
    this.#badge.ariaHidden = "true"; // the launcher's name says it
    const { turn, messages } = this.#host.context().state;
    const newest = messages.at(-1);
    // the answer may have ended while this code was loading: `seq` is above 0 if it was followed on this page
    if (turn.phase === "idle" && newest?.role === "assistant" && newest.seq > 0) this.#running = newest.id;
  }

  hostConnected(): void {
    this.#connected = new AbortController();
    const { signal } = this.#connected;
    this.#open();
    // an open channel would keep the page out of the back/forward cache
    addEventListener("pagehide", () => this.#close(), { signal });
    addEventListener("pageshow", () => this.#open(), { signal });
    document.addEventListener("visibilitychange", () => this.hostUpdated(), { signal });
    signal.addEventListener("abort", () => this.#close());
  }

  hostDisconnected(): void {
    this.#connected.abort();
  }

  hostUpdated(): void {
    const { state } = this.#host.context();
    const isRead = isPanelShown(this.#host.root) && !document.hidden;
    if (state.messages.length === 0) this.#unread.clear(); // another conversation, or another visitor
    if (state.turn.phase === "answering") this.#running = state.turn.answer;
    else this.#end(this.#running === undefined ? undefined : findAnswer(state, this.#running), isRead);
    if (isRead) this.#unread.clear();
    if (isRead && !this.#wasRead) this.#tell({ type: "read" });
    this.#wasRead = isRead;
    this.#draw();
  }

  /** Handles an answer that has ended. An answer that failed or was stopped is not counted. */
  #end(answer: AnswerState | undefined, isRead: boolean): void {
    this.#running = undefined;
    if (answer?.status !== "complete") return;
    if (isRead) return this.#tell({ type: "read" });
    if (isPanelShown(this.#host.root) || !this.#isUsedHere) return;
    this.#unread.add(answer.id);
    this.#tell({ type: "unread", answer: answer.id });
  }

  /**
   * Whether this tab counts answers. A background tab counts them only if somebody has used the chat in it, in which
   * case the tab's state is stored.
   */
  get #isUsedHere(): boolean {
    return !document.hidden || Boolean(attempt(() => sessionStorage.getItem(this.#key("tab"))));
  }

  #key(kind: "tab" | "tabs"): string {
    const { endpoint, assistant } = this.#host.controller().api;
    return storageKey(kind, endpoint, assistant);
  }

  #draw(): void {
    const { root } = this.#host;
    const launcher = root.querySelector<HTMLElement>("[part=launcher]");
    const count = this.#unread.size;
    if (!launcher || count === 0) return this.#badge.remove();
    const context = this.#host.context();
    const { lang, launcher: words } = context.strings;
    this.#badge.textContent = new Intl.NumberFormat(lang).format(count);
    if (this.#badge.parentElement !== launcher) launcher.append(this.#badge);
    launcher.ariaLabel = fill(plural(lang, extrasOf(context).unread, count), { open: words.open });
  }

  #receive(data: unknown): void {
    const { type, answer } = isRecord(data) ? data : {};
    if (type === "read") this.#unread.clear();
    if (type === "unread" && typeof answer === "string" && !isPanelShown(this.#host.root)) this.#unread.add(answer);
    if (type === "read" || type === "unread") this.#host.element.requestUpdate();
  }

  #tell(message: UnreadMessage): void {
    this.#channel?.postMessage(message);
  }

  #open(): void {
    if (this.#channel) return;
    const channel = attempt(() => new BroadcastChannel(this.#key("tabs")));
    channel?.addEventListener("message", ({ data }: MessageEvent<unknown>) => this.#receive(data));
    this.#channel = channel;
  }

  #close(): void {
    this.#channel?.close();
    this.#channel = undefined;
  }
}
