import { ChatError, type ErrorCode, type Usage } from "../../protocol/index.ts";
import type { Assistant, AssistantModel } from "../assistants/assistant.ts";
import { log } from "../log.ts";
import type { LedgerReply, Reservation } from "./ledger.ts";
import { limitsOf } from "./limits.ts";
import { costOf, upperBoundOf, type NanoUsd } from "../models/prices.ts";
import { maxOutputTokensOf } from "../models/max-output-tokens.ts";

/** The ledger of one assistant, as a turn sees it. */
export interface Ledger {
  reserve(reservation: Reservation): Promise<LedgerReply>;
  settle(key: string, nanoUsd: NanoUsd): Promise<void>;
  reportRejection(assistant: string, detail: string): Promise<void>;
}

/** Parameters of a turn's spending. */
export interface SpendingParts {
  ledger: Ledger;
  assistant: Assistant;
  /** Opaque ids of the visitor and of their address. */
  visitor: string;
  address: string;
  /** Upper bound of everything that the provider reads, in bytes of UTF-8. */
  maxPromptBytes: number;
  /** Whether the first attempt counts towards the limits on turns. A request that only helps a turn does not. */
  isTurn: boolean;
  /** After this many milliseconds the turn cannot be running any more. */
  expiresInMs: number;
  /** Keeps the object alive until the ledger has received an update. */
  keepAlive(update: Promise<void>): void;
}

/** Usage of a turn's last request. */
export interface TurnUse {
  /** What the provider reported, limited to what the request can have used, or an estimate. */
  usage: Usage;
  isFailed: boolean;
  /** Whether reasoning has arrived, or the provider has reported reasoning tokens. */
  hasReasoned: boolean;
  /** Length of the text that arrived, in bytes of UTF-8, shown or not. No token is shorter than a byte. */
  writtenBytes: number;
}

/**
 * Refusals that cost nothing, because the provider had not begun. `provider_unavailable`, the code for most 5xx
 * responses, is not among them, because such a request may have cost something.
 */
const freeRefusals: ReadonlySet<ErrorCode> = new Set([
  "provider_rejected",
  "provider_rate_limited",
  "provider_overloaded",
  "content_filtered",
]);

/**
 * How many tokens a provider may have written after the last piece that arrived, before it noticed that the connection
 * was closed.
 */
const unseenTokens = 256;

/** Tracks the cost of one turn: each attempt is reserved before it begins, and settled when its cost is known. */
export class TurnSpending {
  readonly #parts: SpendingParts;
  #open: { key: string; model: AssistantModel; reserved: NanoUsd } | undefined;
  #attempts = 0;

  constructor(parts: SpendingParts) {
    this.#parts = parts;
  }

  /**
   * Reserves the upper bound of what the next attempt can cost. If it is reserved already, nothing happens: the first
   * attempt is reserved before the prompt is assembled.
   * @throws ChatError `rate_limited` or `budget_exhausted`
   */
  async reserve(model: AssistantModel): Promise<void> {
    if (this.#open !== undefined) return;
    const { ledger, assistant, visitor, address, maxPromptBytes, isTurn, expiresInMs } = this.#parts;
    this.#attempts += 1;
    const key = crypto.randomUUID();
    const { price } = model;
    const nanoUsd = assistant.budget && price ? upperBoundOf(maxPromptBytes, maxOutputTokensOf(model), price) : 0;
    const isFirst = isTurn && this.#attempts === 1;
    const limits = limitsOf(assistant);
    const who = { assistant: assistant.id, visitor, address };
    const reply = await ledger.reserve({ key, ...who, nanoUsd, expiresInMs, isFirst, limits });
    if (!reply.allowed) throw new ChatError(reply.code, { retryAfterMs: reply.retryAfterMs, detail: reply.detail });
    this.#open = { key, model, reserved: nanoUsd };
  }

  /**
   * An attempt failed: its reservation is released if the provider refused before it began, and is spent otherwise.
   * @param hasBegun whether the provider accepted the request, or reported that it used tokens
   */
  failed(error: unknown, hasBegun: boolean): void {
    if (error instanceof ChatError && error.code === "provider_rejected") {
      const { ledger, assistant } = this.#parts;
      this.#sendUpdate(ledger.reportRejection(assistant.id, error.detail ?? ""));
    }
    const isFree = !hasBegun && error instanceof ChatError && freeRefusals.has(error.code);
    this.#settle((open) => (isFree ? 0 : open.reserved));
  }

  /**
   * The turn ended with the open attempt. After a failure, the attempt counts as having cost its whole reservation.
   * Otherwise its cost is computed from the usage that the provider reported. Without such a report, the cost is an
   * upper bound. If the model may have reasoned, that is the whole reservation. If not, the output is estimated from
   * the usage known so far or from the length of the text that arrived, whichever gives more.
   */
  ended({ usage, isFailed, hasReasoned, writtenBytes }: TurnUse): void {
    this.#settle(({ model, reserved }) => {
      if (model.price === undefined || isFailed) return reserved;
      if (usage.source === "provider") return costOf(usage, model.price);
      if (hasReasoned || !model.thinking.isOff) return reserved;
      const outputTokens = Math.max(usage.outputTokens, writtenBytes + unseenTokens);
      const inputTokens = this.#parts.maxPromptBytes;
      return Math.min(costOf({ ...usage, inputTokens, outputTokens }, model.price), reserved);
    });
  }

  /** The turn ended without a request: its answer costs nothing. */
  release(): void {
    this.#settle(() => 0);
  }

  #settle(cost: (open: { model: AssistantModel; reserved: NanoUsd }) => NanoUsd): void {
    const open = this.#open;
    if (open === undefined) return;
    this.#open = undefined;
    const nanoUsd = this.#parts.assistant.budget ? cost(open) : 0;
    this.#sendUpdate(this.#parts.ledger.settle(open.key, nanoUsd));
  }

  /** If the ledger cannot be reached, the reservation counts as spent, so the failure is only logged. */
  #sendUpdate(update: Promise<void>): void {
    const { assistant, keepAlive } = this.#parts;
    keepAlive(update.catch(() => log("error", "ledger_unreachable", { assistant: assistant.id })));
  }
}
