import type { ChatEvent, EventId } from "../../protocol/index.ts";
import { isErrorCode, isRetryable } from "../../protocol/index.ts";
import type { ChatApi } from "../transport/api.ts";
import { TransportError } from "../transport/failure.ts";
import { toFailure } from "./failure.ts";
import { followTurn } from "./follow-turn.ts";
import type { TurnSource } from "./follow-turn.ts";
import type { Outcome } from "./outcome.ts";
import type { ChatAction } from "./reduce.ts";
import { endedIn } from "./reduce-answer.ts";
import { findAnswer, findQuestion } from "./state.ts";
import type { ChatState, Failure } from "./state.ts";
import { loadHistoryChunk } from "./stored-conversations.ts";

/** Sends the request that starts a turn. Sending it again attaches to the same turn. */
type BeginTurn = (signal: AbortSignal) => Promise<ReadableStream<Uint8Array>>;

/** What a turn needs from its conversation. */
export interface TurnHost {
  state(): ChatState;
  dispatch(action: ChatAction): void;
  received(event: ChatEvent): void;
  failed(failure: Failure): void;
  /** Reads the conversation. Resolves to whether a turn is running in it. */
  read(): Promise<boolean>;
  /** A turn has started here that other tabs do not know about yet. */
  began(): void;
}

/** After this much silence, in milliseconds, the chat says that the answer is taking longer. */
const slowAfterMs = 10_000;

/** How long to wait for the terminal event of a stopped turn before closing the connection, in milliseconds. */
const stopPatienceMs = 5_000;

/**
 * Number of retries before the visitor sees the failure. They take about 10 s for a question, and about 70 s for an
 * answer.
 */
const maxRetries = { waiting: 4, answering: 9 };

/**
 * Runs the conversation's current turn on this page: sends it, follows its stream and stops it. There is at most one at
 * a time.
 */
export class TurnRunner {
  readonly #api: ChatApi;
  readonly #host: TurnHost;
  #connection: AbortController | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;

  constructor(api: ChatApi, host: TurnHost) {
    this.#api = api;
    this.#host = host;
  }

  /**
   * Follows the turn of a question to its end, across broken connections.
   * @param begin sends the request that starts the turn; not needed if the answer has started
   */
  async run(question: string, begin?: BeginTurn): Promise<Outcome> {
    const connection = new AbortController();
    this.#connection = connection;
    this.#watchSilence();
    try {
      const ending = await followTurn(this.#source(question, begin), connection.signal);
      if (!ending) return (await loadHistoryChunk(this.#api)).toOutcome(this.#host.state(), question);
      return ending.type === "response" ? { response: ending } : { failure: endedIn(ending, Date.now()) };
    } catch (error) {
      const { signal } = connection;
      const isDropped = signal.aborted && !(signal.reason instanceof TransportError);
      if (isDropped) return { failure: { code: "interrupted", canRetry: false } };
      return { failure: this.#fail(question, signal.aborted ? signal.reason : error) };
    } finally {
      if (this.#connection === connection) clearTimeout(this.#silence);
    }
  }

  /** Stops the running turn. The text so far stays; a question that was not sent returns to the composer. */
  stop(): void {
    const state = this.#host.state();
    const { turn } = state;
    if (turn.phase === "idle" || turn.isStopping) return;
    const isQueued = findQuestion(state, turn.question)?.delivery.state === "queued";
    const hasNoSession = turn.phase === "waiting" && !this.#api.hasSession; // a challenge may not be solved yet
    if (isQueued || hasNoSession) {
      this.drop();
      this.#host.dispatch({ type: "withdrawn", question: turn.question });
      return;
    }
    this.#host.dispatch({ type: "stopping" });
    const connection = this.#connection;
    setTimeout(() => connection?.abort(new TransportError("interrupted")), stopPatienceMs);
    if (turn.phase === "answering") void this.#sendStop(turn.answer);
  }

  /** Stops following the turn, without a failure. The turn continues in the worker. */
  drop(): void {
    this.#connection?.abort();
    clearTimeout(this.#silence);
  }

  /** Stops following the turn as if the connection had broken for good. */
  disconnect(): void {
    this.#connection?.abort(new TransportError("interrupted"));
  }

  #source(question: string, begin?: BeginTurn): TurnSource {
    return {
      open: (signal) => this.#open(signal, begin),
      take: ({ id, event }) => this.#take(id, event),
      read: () => this.#host.read(),
      lost: ({ code }) => this.#host.dispatch(code === "offline" ? { type: "queued", question } : { type: "lost" }),
      shouldRetry: (error, attempt) => this.#shouldRetry(error, attempt),
    };
  }

  /** Once the answer has an id, its stream is resumed after the last event. Before that, the request is sent again. */
  async #open(signal: AbortSignal, begin?: BeginTurn): Promise<ReadableStream<Uint8Array> | undefined> {
    const { turn, conversation } = this.#host.state();
    if (turn.phase !== "answering") return begin?.(signal);
    const seq = findAnswer(this.#host.state(), turn.answer)?.seq ?? 0;
    return this.#api.follow(conversation, { answer: turn.answer, seq }, signal);
  }

  /**
   * A question fails as soon as the worker refuses it. A running answer is retried if the refusal may be temporary. A
   * broken connection is retried in both cases.
   */
  #shouldRetry({ code }: TransportError, attempt: number): boolean {
    const { phase } = this.#host.state().turn;
    if (code === "offline") return true;
    if (phase === "idle" || code === "outdated" || code === "signed_out" || attempt >= maxRetries[phase]) return false;
    return !isErrorCode(code) || (phase === "answering" && isRetryable(code));
  }

  #take({ answer, seq }: EventId, event: ChatEvent): void {
    const { turn } = this.#host.state();
    this.#host.dispatch({ type: "received", answer, seq, event, at: Date.now() });
    const isFirst = turn.phase === "waiting" && this.#host.state().turn.phase !== "waiting";
    if (isFirst) this.#host.began();
    if (isFirst && turn.isStopping) void this.#sendStop(answer); // stop was pressed before the answer had an id
    this.#watchSilence();
    this.#host.received(event);
  }

  #fail(question: string, error: unknown): Failure {
    const failure = toFailure(error, Date.now());
    const isUnderWay = this.#host.state().turn.phase === "answering";
    this.#host.dispatch(isUnderWay ? { type: "broken", failure } : { type: "refused", question, failure });
    this.#host.failed(failure);
    return failure;
  }

  async #sendStop(messageId: string): Promise<void> {
    const { conversation } = this.#host.state();
    try {
      await this.#api.stop({ conversation, messageId });
    } catch (error) {
      // the turn then ends by itself, and the connection is closed after `stopPatienceMs`
      this.#host.failed(toFailure(error, Date.now()));
    }
  }

  #watchSilence(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#host.dispatch({ type: "slowed" }), slowAfterMs);
  }
}
