import { ChatError } from "../../protocol/index.ts";
import type { Assistant } from "../assistants/assistant.ts";
import { textFor } from "../assistants/localized.ts";
import type { HandoverAddress } from "../handover/address.ts";
import { deliver } from "../handover/deliver.ts";
import type { SentConversation } from "../handover/handover.ts";
import { openHandover } from "../handover/open-handover.ts";
import { handoverLimitsOf, type HandoverLimits } from "../ledger/handover-limits.ts";
import type { HandoverSender, LedgerReply } from "../ledger/ledger.ts";
import { log } from "../log.ts";
import type { Settings } from "../settings.ts";
import type { HandoverMarks } from "./handover-marks.ts";
import type { HandoverPress } from "./visitor-rpc.ts";

/** The part of an assistant's ledger that counts messages to a person. */
interface HandoverLedger {
  countHandover(by: HandoverSender, limits: HandoverLimits): Promise<LedgerReply>;
  uncountHandover(by: HandoverSender): Promise<void>;
}

/** What deliveries need from the visitor's object. */
export interface HandoverHost {
  settings: Settings;
  marks: HandoverMarks;
  /** The object's id. */
  visitor: string;
  assistantOf(id: string): Assistant | undefined;
  ledgerOf(assistant: string): HandoverLedger;
  /** Keeps the object alive until something has ended. */
  keepAlive(work: Promise<unknown>): void;
}

/**
 * The visitor's messages to a person. A delivery belongs to this object: it continues if the request that began it is
 * cut off, and a request that is sent again waits for the same delivery. All that is stored of a message is that it was
 * delivered.
 */
export class VisitorHandovers {
  readonly #host: HandoverHost;
  readonly #running = new Map<string, Promise<void>>();
  #stopped = new AbortController();

  constructor(host: HandoverHost) {
    this.#host = host;
  }

  /**
   * Delivers a message, unless it has been delivered.
   * @param read reads the conversation that the visitor sends along. It is not called for a message that is sent again,
   *   because the conversation may be gone by then
   * @throws ChatError `not_found` if the assistant has no handover, `not_configured`, `rate_limited` or
   *   `handover_failed`
   */
  async deliver(press: HandoverPress, read: () => SentConversation | undefined): Promise<void> {
    const { signal } = this.#stopped;
    const assistant = this.#host.assistantOf(press.assistant);
    if (assistant?.handover === undefined) throw new ChatError("not_found");
    const id = await this.#idOf(press);
    if (this.#host.marks.has(id)) return undefined;
    return this.#running.get(id) ?? this.#start(id, { press, assistant, conversation: read() }, signal);
  }

  /** Ends all running deliveries and forgets them: the visitor has deleted everything. */
  stop(): void {
    this.#stopped.abort(new ChatError("handover_failed", { detail: "the visitor deleted everything meanwhile" }));
    this.#stopped = new AbortController();
    this.#running.clear();
  }

  #start(id: string, parts: DeliveryParts, signal: AbortSignal): Promise<void> {
    const running = this.#deliver(id, parts, signal).finally(() => this.#running.delete(id));
    this.#running.set(id, running);
    this.#host.keepAlive(running.catch(() => undefined)); // whoever waits for it handles the error
    return running;
  }

  async #deliver(id: string, { press, assistant, conversation }: DeliveryParts, signal: AbortSignal): Promise<void> {
    const { settings, marks, visitor, ledgerOf } = this.#host;
    const address = addressOf(assistant, settings);
    const by = { visitor: `visitor ${visitor}`, address: press.address };
    const ledger = ledgerOf(assistant.id);
    const reply = await ledger.countHandover(by, handoverLimitsOf(assistant));
    if (!reply.allowed) throw new ChatError(reply.code, { retryAfterMs: reply.retryAfterMs, detail: reply.detail });
    const { message, contact } = press;
    const about = { sentAt: Date.now(), assistant: assistant.id, title: textFor(assistant.title), conversation };
    try {
      const bounds = { timeoutMs: settings.handoverTimeoutMs, signal };
      await deliver(address, { id, message, contact: contact.trim(), ...about }, bounds);
    } catch (error) {
      this.#host.keepAlive(
        ledger.uncountHandover(by).catch(() => log("error", "ledger_unreachable", { assistant: assistant.id })),
      );
      throw error;
    }
    if (!signal.aborted) marks.add({ id, deliveredAt: Date.now() });
  }

  /**
   * The id under which a message is delivered. It depends on everything that the visitor sends, so that a request with
   * the same id and a different text is another message. It also depends on the visitor, so that nobody else can use up
   * the id.
   */
  async #idOf({ id, message, contact, conversation }: HandoverPress): Promise<string> {
    const text = JSON.stringify([this.#host.visitor, id, message, contact, conversation ?? null]);
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    const hex = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return `handover_${hex.slice(0, 32)}`;
  }
}

interface DeliveryParts {
  press: HandoverPress;
  assistant: Assistant;
  conversation: SentConversation | undefined;
}

function addressOf({ handover }: Assistant, { variable }: Settings): HandoverAddress {
  if (handover === undefined) throw new ChatError("not_found");
  const opened = openHandover(handover, variable);
  if ("problems" in opened) throw new ChatError("not_configured", { detail: opened.problems.join("; ") });
  return opened.address;
}
