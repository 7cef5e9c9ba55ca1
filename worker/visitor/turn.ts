import { ChatError, type ChatEvent, type ProviderData, type TurnStatus } from "../../protocol/index.ts";
import type { Assistant, AssistantModel } from "../assistants/assistant.ts";
import type { ProviderEvent } from "../providers/provider.ts";
import { describeBug, log } from "../log.ts";
import { after, type Cancel } from "../timer.ts";
import { terminalEvent, type AnswerDetails, type AnswerEnd } from "./answer.ts";
import type { AnswerDraft, Ending } from "./draft.ts";
import { DeltaGatherer } from "./gather.ts";
import { TurnLog, type LogStorage } from "./turn-log.ts";

/** So long the status line waits for the provider to accept, in milliseconds; after that the stream begins anyway. */
const gateMs = 3000;

/**
 * Events go to storage in batches, so many milliseconds apart: what a crash can lose at the most. Each batch is a written
 * row, and written rows are most of what a turn costs on the platform.
 */
const flushMs = 500;

/** Why a turn was ended before the provider ended it. */
export type StopReason = "stopped" | "unfollowed" | "full" | "timeout" | "unwritable";

/** What a turn is about. */
export interface TurnSubject {
  conversation: string;
  /** The user message: a new one, which may stand in the place of an earlier one, or one that is answered again. */
  message: { id: string; content: string; isNew: boolean; replacesPosition?: number };
  /** Id of the answer. */
  answer: string;
  assistant: Assistant;
}

/** What there is to write of a turn's beginning. */
export interface TurnBeginning {
  subject: TurnSubject;
  details: AnswerDetails;
}

/** What a turn needs from the object that owns it. */
export interface TurnOwner extends LogStorage {
  /** Writes down that the turn may begin, so that a crash leaves it to be found; nobody is shown it. */
  announce(beginning: TurnBeginning): void;
  /** Takes the announcement back: the turn was refused. */
  withdraw(answer: string): void;
  /** Writes what is not in storage yet of the log, and the beginning where it is given: both or neither. */
  keep(log: TurnLog, beginning: TurnBeginning | undefined): void;
  /** The same, together with the end. */
  end(answer: AnswerEnd, log: TurnLog, beginning: TurnBeginning | undefined): void;
  /** The end could not be written. */
  lose(answer: string): void;
  readonly settings: {
    /** After so many milliseconds a turn ends as `provider_timeout`. */
    turnTimeoutMs: number;
    /** After so many milliseconds a turn that nobody follows ends. */
    graceMs: number;
    /** Whether the browser may see what only concerns the operator. */
    isDevelopment: boolean;
  };
}

/** The provider's events for this turn. Ends quietly when the signal aborts. */
export type EventSource = (signal: AbortSignal) => AsyncIterable<ProviderEvent>;

/**
 * One running turn: it takes in the provider's events, numbers what the browser may see of them, and ends exactly once.
 * It belongs to the visitor's object, not to a request: followers come and go.
 */
export class Turn {
  readonly subject: TurnSubject;
  readonly log: TurnLog;
  readonly #owner: TurnOwner;
  readonly #draft: AnswerDraft;
  readonly #abort = new AbortController();
  readonly #gate = Promise.withResolvers<void>();
  readonly #deltas = new DeltaGatherer((content, providerData) => this.#emitDelta(content, providerData));
  readonly #early: ChatEvent[] = [];
  #hasBegun = false;
  #isKept = false;
  #hasStarted = false;
  #isOver = false;
  #hasFreshUsage = false;
  #status: TurnStatus | undefined;
  #followers = 0;
  #cancelGrace: Cancel | undefined;
  #cancelFlush: Cancel | undefined;

  constructor(subject: TurnSubject, draft: AnswerDraft, owner: TurnOwner) {
    this.subject = subject;
    this.#draft = draft;
    this.#owner = owner;
    this.log = new TurnLog(subject.answer, {
      reserve: (answer, seq) => {
        this.keep(); // what is not there can promise nothing
        owner.reserve(answer, seq);
      },
      append: (answer, first, last, frames) => owner.append(answer, first, last, frames),
    });
    this.#gate.promise.catch(() => undefined); // a refusal that nobody waits for is no unhandled one
  }

  /** Everything shown so far: exactly the deltas up to the log's newest event. */
  snapshot(): { content: string } {
    this.#deltas.flush();
    return { content: this.#draft.content };
  }

  /** Whether it may be followed: from here on it exists, and will have an ending. */
  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  /**
   * Writes the beginning, unless it is written or there is none yet. It is not written at once: the object's output gate
   * would hold the first token until storage has confirmed it, and what was announced serves after a crash.
   */
  keep(): void {
    if (this.#hasBegun && !this.#isKept) this.#flush();
  }

  /**
   * Resolves when the stream may begin: the provider accepted, or 3 s have passed.
   * @throws ChatError where the turn was refused before that; then nothing of it was stored
   */
  begun(): Promise<void> {
    return this.#gate.promise;
  }

  /** Runs the turn to its end. It never rejects: whatever happens becomes the turn's one ending. */
  async run(source: EventSource): Promise<void> {
    const cancelGate = after(gateMs, () => this.#openGate());
    const cancelTurn = after(this.#owner.settings.turnTimeoutMs, () => this.stop("timeout"));
    try {
      const ending = this.#consume(source).catch((error: unknown) => this.#failure(error));
      this.#announce(); // after the source has sent its first request: what is sent after a write waits for that write
      this.#end(await ending);
    } catch (error) {
      this.#lose(error);
    } finally {
      this.#isOver = true;
      cancelGate();
      cancelTurn();
      this.#cancelGrace?.();
      this.#cancelFlush?.();
    }
  }

  /** Ends the turn with what it has. */
  stop(reason: StopReason): void {
    this.#abort.abort(reason);
  }

  /** Emits what happened before or beside the provider: sources, warnings, a status. */
  emit(event: ChatEvent): void {
    if (event.type === "sources") this.#draft.sources = event.sources;
    if (event.type === "warning") this.#draft.warnings.push({ code: event.code, detail: event.detail });
    this.#deltas.flush();
    this.#append(event);
  }

  /** Counts a follower in; the returned function counts it out. The last one to leave starts the grace period. */
  attach(): () => void {
    this.#followers += 1;
    this.#cancelGrace?.();
    let isAttached = true;
    return () => {
      if (!isAttached) return;
      isAttached = false;
      this.#followers -= 1;
      if (this.#followers > 0 || this.#isOver) return;
      this.#cancelGrace = after(this.#owner.settings.graceMs, () => this.stop("unfollowed"));
    };
  }

  async #consume(source: EventSource): Promise<Ending> {
    const { signal } = this.#abort;
    for await (const event of source(signal)) {
      if (signal.aborted) break;
      if (event.type === "finish") return { ...event, kind: "finished" };
      this.#take(event);
      if (this.#draft.isFull) {
        this.stop("full"); // closes the upstream
        return { kind: "finished", finishReason: "length", isCut: true };
      }
    }
    return signal.aborted ? this.#aborted() : { kind: "failed", error: new ChatError("upstream_truncated") };
  }

  #aborted(): Ending {
    const reason: unknown = this.#abort.signal.reason;
    if (reason === "timeout") return { kind: "failed", error: new ChatError("provider_timeout") };
    if (reason === "unwritable") return { kind: "failed", error: new ChatError("internal") };
    return { kind: "finished", finishReason: "aborted" };
  }

  #failure(error: unknown): Ending {
    if (this.#abort.signal.aborted) return this.#aborted(); // whatever it threw, it was ended from here
    if (error instanceof ChatError) return { kind: "failed", error };
    log("error", "turn_failed", { answer: this.subject.answer, ...describeBug(error) });
    return { kind: "failed", error: new ChatError("internal", { cause: error }) };
  }

  #take(event: Exclude<ProviderEvent, { type: "finish" }>): void {
    switch (event.type) {
      case "accepted":
        return this.#accept(event.model, event.providerData);
      case "reasoning":
        return this.#reason(event.content, event.providerData);
      case "delta": {
        this.#setStatus("answering");
        return this.#deltas.add(this.#draft.addDelta(event.content), this.#exposed(event.providerData));
      }
      case "citation": {
        const citation = { index: event.index, quote: event.quote, at: this.#draft.content.length };
        this.#draft.citations.push(citation);
        return this.emit({ type: "citation", ...citation, providerData: this.#exposed(event.providerData) });
      }
      case "usage": {
        this.#hasFreshUsage = true;
        const usage = this.#draft.addUsage(event.usage);
        return this.emit({ type: "usage", usage, providerData: this.#exposed(event.providerData) });
      }
      case "warning":
        return this.#warnOperator(event.code, event.detail);
    }
  }

  /** Says which model is asked next, for who answers. */
  askedOf({ provider, model }: AssistantModel): void {
    this.#draft.answeredBy = { provider, model };
  }

  #accept(named: string | undefined, providerData: ProviderData | undefined): void {
    const asked = this.#draft.answeredBy;
    if (asked && named !== undefined) this.#draft.answeredBy = { ...asked, model: named };
    if (this.#hasStarted) return; // a fallback took over: who answered is in the terminal event
    this.#hasStarted = true;
    const { message, answer: messageId, conversation: conversationId, assistant } = this.subject;
    const { provider, model } = this.#draft.details(assistant);
    const ids = { messageId, userMessageId: message.id, conversationId, assistant: assistant.id };
    this.#begin();
    this.emit({ type: "start", ...ids, provider, model, providerData: this.#exposed(providerData) });
    this.#gate.resolve();
  }

  #reason(content: string, providerData: ProviderData | undefined): void {
    this.#draft.addReasoning(content);
    this.#setStatus("reasoning");
    if (!this.subject.assistant.expose.reasoning) return;
    this.emit({ type: "reasoning", content, providerData: this.#exposed(providerData) });
  }

  #warnOperator(code: string, detail: string): void {
    log("warning", code, { assistant: this.subject.assistant.id, detail });
    if (this.#owner.settings.isDevelopment) this.emit({ type: "warning", code, detail });
  }

  #setStatus(status: TurnStatus): void {
    if (this.#status === status) return;
    this.#status = status;
    this.emit({ type: "status", status });
  }

  #emitDelta(content: string, providerData?: ProviderData): void {
    const usage = this.#hasFreshUsage ? this.#draft.usage(true) : undefined;
    this.#hasFreshUsage = false;
    this.#append({ type: "delta", content, usage, providerData });
  }

  #exposed(providerData: ProviderData | undefined): ProviderData | undefined {
    return this.subject.assistant.expose.providerData ? providerData : undefined;
  }

  #openGate(): void {
    this.#begin();
    if (this.#status === undefined) this.#setStatus("waiting");
    this.#gate.resolve();
  }

  #announce(): void {
    try {
      this.#owner.announce(this.#beginning());
    } catch (error) {
      log("error", "turn_failed", { answer: this.subject.answer, ...describeBug(error) });
      this.stop("unwritable");
    }
  }

  #beginning(): TurnBeginning {
    return { subject: this.subject, details: this.#draft.details(this.subject.assistant) };
  }

  #begin(): void {
    if (this.#hasBegun) return;
    this.#hasBegun = true;
    for (const event of this.#early.splice(0)) this.#append(event);
  }

  #append(event: ChatEvent): void {
    if (!this.#hasBegun) {
      this.#early.push(event);
      return;
    }
    const { streamVariable, resultVariable } = this.subject.assistant;
    const name = event.type === "error" ? "error" : event.type === "response" ? resultVariable : streamVariable;
    this.log.append(name, event);
    this.#cancelFlush ??= after(flushMs, () => this.#flush());
  }

  #flush(): void {
    this.#cancelFlush?.();
    this.#cancelFlush = undefined;
    this.#owner.keep(this.log, this.#isKept ? undefined : this.#beginning());
    this.#isKept = true;
  }

  /** The one place where a turn ends. A failure before the stream has begun is a refusal, and leaves nothing behind. */
  #end(ending: Ending): void {
    this.#deltas.flush();
    if (!this.#hasBegun && ending.kind === "failed") {
      this.#owner.withdraw(this.subject.answer);
      return this.#gate.reject(ending.error);
    }
    this.#begin();
    const record = this.#record(ending);
    this.#append(terminalEvent(record));
    this.#owner.end(record, this.log, this.#isKept ? undefined : this.#beginning());
    this.log.end();
    this.#gate.resolve();
  }

  /** Its end could not be written: it is ended as a broken one, or by the next who finds it if that does not work either. */
  #lose(error: unknown): void {
    log("error", "turn_lost", { answer: this.subject.answer, ...describeBug(error) });
    this.#gate.reject(new ChatError("internal", { cause: error }));
    try {
      this.#owner.lose(this.subject.answer);
    } catch (again) {
      log("error", "turn_left", { answer: this.subject.answer, ...describeBug(again) });
    }
    this.log.end();
  }

  #record(ending: Ending): AnswerEnd {
    const isAborted = ending.kind === "finished" && ending.finishReason === "aborted";
    return {
      id: this.subject.answer,
      status: ending.kind === "failed" ? "failed" : isAborted ? "aborted" : "complete",
      content: this.#draft.content,
      details: this.#draft.details(this.subject.assistant, ending),
    };
  }
}
