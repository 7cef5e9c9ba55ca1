import { ChatError, type ErrorCode, type Usage } from "../../protocol/index.ts";
import type { Assistant, AssistantModel } from "../assistants/assistant.ts";
import { log } from "../log.ts";
import type { LedgerReply, Reservation } from "./ledger.ts";
import { limitsOf } from "./limits.ts";
import { costOf, mostOf, type NanoUsd } from "./prices.ts";

/** The ledger of one assistant, as a turn sees it. */
export interface Ledger {
  reserve(wish: Reservation): Promise<LedgerReply>;
  settle(key: string, nanoUsd: NanoUsd): Promise<void>;
  reportRejection(assistant: string, detail: string): Promise<void>;
}

/** What a turn's spending goes by. */
export interface SpendingParts {
  ledger: Ledger;
  assistant: Assistant;
  /** Opaque ids of who asks, and from where. */
  visitor: string;
  address: string;
  /** Of everything that the provider reads, as UTF-8. */
  promptBytes: number;
  /** After so many milliseconds the turn cannot be running any more. */
  expiresInMs: number;
  /** Keeps the object alive until the ledger has been told. */
  keepAlive(told: Promise<void>): void;
}

/** How a turn ended, as far as money goes. */
export interface SpentTurn {
  usage: Usage;
  isFailed: boolean;
  /** What came in of the answer, as UTF-8: no token is shorter than a byte. */
  answerBytes: number;
}

/** Said with a status before anything was begun: it costs nothing. A 5xx may have cost something, so it is not here. */
const free: ReadonlySet<ErrorCode> = new Set([
  "provider_rejected",
  "provider_rate_limited",
  "provider_overloaded",
  "content_filtered",
]);

/** Tokens that a provider may have written between the last piece that came and the close that it noticed. */
const unseenTokens = 256;

/** The money of one turn: each attempt is reserved before it begins, and settled when it is known what it came to. */
export class TurnSpending {
  readonly #parts: SpendingParts;
  #open: { key: string; model: AssistantModel; reserved: NanoUsd } | undefined;
  #attempts = 0;

  constructor(parts: SpendingParts) {
    this.#parts = parts;
  }

  /**
   * Reserves the most that the next attempt can cost.
   * @throws ChatError `rate_limited` or `budget_exhausted`
   */
  async begin(model: AssistantModel): Promise<void> {
    const { ledger, assistant, visitor, address, promptBytes, expiresInMs } = this.#parts;
    this.#attempts += 1;
    const key = crypto.randomUUID();
    const reserved =
      assistant.budget && model.price ? mostOf(promptBytes, model.maxCompletionTokens ?? 0, model.price) : 0;
    const limits = limitsOf(assistant);
    const isFirst = this.#attempts === 1;
    const wish = { key, assistant: assistant.id, visitor, address, nanoUsd: reserved, expiresInMs, isFirst, limits };
    const answer = await ledger.reserve(wish);
    if (!answer.allowed) throw new ChatError(answer.code, { retryAfterMs: answer.retryAfterMs });
    this.#open = { key, model, reserved };
  }

  /** An attempt failed: what it reserved is given back where the provider refused before it began, and spent otherwise. */
  failed(error: unknown, wasAccepted: boolean): void {
    if (error instanceof ChatError && error.code === "provider_rejected") {
      const { ledger, assistant } = this.#parts;
      this.#tell(ledger.reportRejection(assistant.id, error.detail ?? ""));
    }
    const isFree = !wasAccepted && error instanceof ChatError && free.has(error.code);
    this.#settle((open) => (isFree ? 0 : open.reserved));
  }

  /** The turn ended with the attempt that is open. What is not known for sure is not counted low. */
  ended({ usage, isFailed, answerBytes }: SpentTurn): void {
    this.#settle(({ model, reserved }) => {
      if (model.price === undefined || isFailed) return reserved;
      if (usage.source === "provider") return costOf(usage, model.price);
      const { promptBytes } = this.#parts;
      const outputTokens = Math.min(answerBytes + unseenTokens, model.maxCompletionTokens ?? Infinity);
      return Math.min(costOf({ ...usage, inputTokens: promptBytes, outputTokens }, model.price), reserved);
    });
  }

  #settle(cost: (open: { model: AssistantModel; reserved: NanoUsd }) => NanoUsd): void {
    const open = this.#open;
    if (open === undefined) return;
    this.#open = undefined;
    const nanoUsd = this.#parts.assistant.budget ? cost(open) : 0;
    this.#tell(this.#parts.ledger.settle(open.key, nanoUsd));
  }

  /** Without an answer the reservation stays spent: nothing has to be done about it. */
  #tell(told: Promise<void>): void {
    const { assistant, keepAlive } = this.#parts;
    keepAlive(told.catch(() => log("error", "ledger_unreachable", { assistant: assistant.id })));
  }
}
