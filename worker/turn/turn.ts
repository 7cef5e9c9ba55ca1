import { ChatError, type ChatEvent, type ProviderData, type TurnStatus } from "../../protocol/index.ts";
import type { AssistantModel } from "../assistants/assistant.ts";
import { describeBug, log } from "../log.ts";
import type { ProviderEvent } from "../providers/provider.ts";
import { terminalEvent, type AnswerEnd } from "./answer.ts";
import type { AnswerDraft, Ending } from "./answer-draft.ts";
import { DeltaBuffer } from "./delta-buffer.ts";
import { Follower } from "./follower.ts";
import { TurnLog } from "./turn-log.ts";
import type { TurnStorage, TurnSubject } from "./turn-storage.ts";
import { TurnWriter } from "./turn-writer.ts";

/**
 * How long the status line of the response waits for the provider to accept, in milliseconds. After that the stream
 * begins anyway.
 */
const gateMs = 3000;

/**
 * The one interval of a running turn, in milliseconds. While pieces come, reading them drives everything; the interval is
 * for pauses and for what depends on time alone: deltas and batches that are due, heartbeats, grace, time limits.
 */
const tickMs = 250;

/** Why a turn was ended before the provider ended it. */
export type StopReason = "stopped" | "unfollowed" | "full" | "timeout" | "unwritable";

/** Where a turn is. */
type TurnState =
  /** The gate is closed: events wait, nobody follows, and a refusal leaves nothing behind. */
  | { phase: "pending"; events: ChatEvent[] }
  /** The turn exists, may be followed, and will have an ending. No provider has accepted it yet. */
  | { phase: "open" }
  /** A provider has accepted it. */
  | { phase: "answering" }
  | { phase: "over" };

/** Limits of a turn. Times in milliseconds. */
export interface TurnSettings {
  /** A turn that takes longer ends as `provider_timeout`. */
  turnTimeoutMs: number;
  /** A turn that nobody follows for this long ends. */
  graceMs: number;
  heartbeatMs: number;
  /** Whether the browser may see what only concerns the operator. */
  isDevelopment: boolean;
}

/** What a turn is made of. */
export interface TurnParts {
  subject: TurnSubject;
  draft: AnswerDraft;
  storage: TurnStorage;
  settings: TurnSettings;
  /** Called once, when the turn has ended other than by a refusal. */
  onEnd: (end: AnswerEnd) => void;
}

/** Asks the provider and hands its events to the turn. It settles when there are no more, or after an abort. */
export type AnswerQuestion = (signal: AbortSignal) => Promise<void>;

/**
 * One running turn: takes the provider's events, numbers what the browser may see of them, and ends exactly once. It
 * belongs to the visitor's object, not to a request: followers come and go.
 */
export class Turn {
  readonly subject: TurnSubject;
  readonly #log: TurnLog;
  readonly #settings: TurnSettings;
  readonly #draft: AnswerDraft;
  readonly #writer: TurnWriter;
  readonly #onEnd: (end: AnswerEnd) => void;
  readonly #deltas = new DeltaBuffer((content, providerData) => this.#emitDelta(content, providerData));
  readonly #followers = new Set<Follower>();
  readonly #abort = new AbortController();
  readonly #gate = Promise.withResolvers<void>();
  readonly #startedAt = Date.now();
  #state: TurnState = { phase: "pending", events: [] };
  #status: TurnStatus | undefined;
  #finish: Ending | undefined;
  #hasFreshUsage = false;
  /** Followers, and requests that wait at the gate. */
  #attached = 0;
  /** Since when nobody is attached, in milliseconds since the epoch. */
  #unfollowedSince = Infinity;

  constructor({ subject, draft, storage, settings, onEnd }: TurnParts) {
    this.subject = subject;
    this.#draft = draft;
    this.#settings = settings;
    this.#onEnd = onEnd;
    this.#log = new TurnLog(subject.answer);
    const beginning = () => ({ subject, details: draft.details(subject.assistant) });
    this.#writer = new TurnWriter(storage, this.#log, beginning);
    this.#gate.promise.catch(() => undefined); // a refusal that nobody waits for is not an unhandled rejection
  }

  /** Whether it may be followed. */
  get isOpen(): boolean {
    return this.#state.phase === "open" || this.#state.phase === "answering";
  }

  /** Number of the newest event. */
  get lastSeq(): number {
    return this.#log.lastSeq;
  }

  /** The answer so far: exactly the deltas up to the newest event. */
  snapshot(): { content: string; lastSeq: number } {
    this.#deltas.flush(Date.now());
    return { content: this.#draft.content, lastSeq: this.#log.lastSeq };
  }

  /** Stores the beginning of an open turn, so that readers of the storage find it. */
  writeBeginning(): void {
    if (this.isOpen) this.#writer.writeBeginning();
  }

  /**
   * Resolves when the stream may begin: the provider accepted, or 3 s have passed.
   * @throws ChatError if the turn was refused before that; nothing of it is stored then
   */
  opened(): Promise<void> {
    return this.#gate.promise;
  }

  /** Runs the turn to its end. It never rejects: whatever happens becomes the turn's one ending. */
  async run(answerQuestion: AnswerQuestion): Promise<void> {
    const interval = setInterval(() => this.#attempt(() => this.#tick(Date.now())), tickMs);
    try {
      const ending = answerQuestion(this.#abort.signal).then(
        () => this.#finish ?? this.#unfinished(),
        (error: unknown) => this.#failure(error),
      );
      // After the first request was sent: a request that is sent after a write waits for that write.
      this.#attempt(() => this.#writer.announce());
      this.#end(await ending);
    } catch (error) {
      this.#lose(error);
    } finally {
      clearInterval(interval);
      this.#state = { phase: "over" };
    }
  }

  /** Ends the turn with what it has. */
  stop(reason: StopReason): void {
    this.#abort.abort(reason);
  }

  /** Streams the turn after number `seq`, as it is written. */
  follow(seq: number): ReadableStream<Uint8Array> {
    const detach = this.attach();
    const onLeave = () => {
      this.#followers.delete(follower);
      detach();
    };
    const { heartbeatMs } = this.#settings;
    const follower = new Follower(this.#log, { seq, heartbeatMs, now: Date.now(), onLeave });
    this.#followers.add(follower);
    return follower.stream;
  }

  /** Counts somebody in who waits for the turn; the returned function counts them out, and the last one starts the grace. */
  attach(): () => void {
    this.#attached += 1;
    this.#unfollowedSince = Infinity;
    let isAttached = true;
    return () => {
      if (!isAttached) return;
      isAttached = false;
      this.#attached -= 1;
      if (this.#attached === 0) this.#unfollowedSince = Date.now();
    };
  }

  /** Records which model is asked next, so the turn can report which one answered, and bound its usage. */
  setAskedModel(model: AssistantModel): void {
    this.#draft.beginAttempt(model);
  }

  /** Emits what happened before or beside the provider: sources, warnings, a status. */
  emit(event: ChatEvent): void {
    if (event.type === "sources") this.#draft.sources = event.sources;
    if (event.type === "warning") this.#draft.warnings.push({ code: event.code, detail: event.detail });
    this.#deltas.flush(Date.now());
    this.#append(event);
  }

  /** Takes one event of the provider's. */
  take(event: ProviderEvent): void {
    if (this.#abort.signal.aborted) return;
    switch (event.type) {
      case "accepted":
        return this.#accept(event.model, event.providerData);
      case "reasoning":
        return this.#reason(event.content, event.providerData);
      case "delta":
        return this.#write(event.content, event.providerData);
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
      case "finish":
        this.#finish = { ...event, kind: "finished" };
    }
  }

  #accept(named: string | undefined, providerData: ProviderData | undefined): void {
    const asked = this.#draft.answeredBy;
    if (asked && named !== undefined) this.#draft.answeredBy = { ...asked, model: named };
    if (this.#state.phase === "answering") return; // a fallback took over; the terminal event says who answered
    this.#open({ phase: "answering" });
    const { message, answer: messageId, conversation: conversationId, assistant } = this.subject;
    const { provider, model } = this.#draft.details(assistant);
    const ids = { messageId, userMessageId: message.id, conversationId, assistant: assistant.id };
    this.emit({ type: "start", ...ids, provider, model, providerData: this.#exposed(providerData) });
    this.#gate.resolve();
  }

  #reason(content: string, providerData: ProviderData | undefined): void {
    this.#draft.addReasoning(content);
    this.#setStatus("reasoning");
    if (!this.subject.assistant.expose.reasoning) return;
    this.emit({ type: "reasoning", content, providerData: this.#exposed(providerData) });
  }

  #write(content: string, providerData: ProviderData | undefined): void {
    this.#setStatus("answering");
    this.#deltas.add(this.#draft.addDelta(content), this.#exposed(providerData), Date.now());
    if (!this.#draft.isFull) return;
    this.#finish = { kind: "finished", finishReason: "length", isCut: true };
    this.stop("full"); // closes the upstream
  }

  #warnOperator(code: string, detail: string): void {
    log("warning", code, { assistant: this.subject.assistant.id, detail });
    if (this.#settings.isDevelopment) this.emit({ type: "warning", code, detail });
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

  /** Numbers an event, pushes it to the followers, and stores what is due. */
  #append(event: ChatEvent): void {
    if (this.#state.phase === "pending") {
      this.#state.events.push(event);
      return;
    }
    const now = Date.now();
    this.#number(event, now);
    for (const follower of this.#followers) follower.push(now);
    this.#writer.writeIfDue(now);
  }

  #number(event: ChatEvent, now: number): void {
    const { streamVariable, resultVariable } = this.subject.assistant;
    const name = event.type === "error" ? "error" : event.type === "response" ? resultVariable : streamVariable;
    this.#writer.prepareAppend(now);
    this.#log.append(name, event);
  }

  #open(state: Extract<TurnState, { phase: "open" | "answering" }>): void {
    const early = this.#state.phase === "pending" ? this.#state.events : [];
    this.#state = state;
    for (const event of early) this.#append(event);
  }

  #tick(now: number): void {
    const { turnTimeoutMs, graceMs } = this.#settings;
    if (this.#state.phase === "pending" && now - this.#startedAt >= gateMs) this.#openGate();
    if (now - this.#startedAt >= turnTimeoutMs) this.stop("timeout");
    if (now - this.#unfollowedSince >= graceMs) this.stop("unfollowed");
    this.#deltas.flushIfDue(now);
    this.#writer.writeIfDue(now);
    for (const follower of this.#followers) follower.beat(now);
  }

  #openGate(): void {
    this.#open({ phase: "open" });
    if (this.#status === undefined) this.#setStatus("waiting");
    this.#gate.resolve();
  }

  /** For what must not fail silently, and has nobody to throw to: the turn ends, and the operator's log says where. */
  #attempt(work: () => void): void {
    try {
      work();
    } catch (error) {
      log("error", "turn_failed", { answer: this.subject.answer, ...describeBug(error) });
      this.stop("unwritable");
    }
  }

  #unfinished(): Ending {
    const { signal } = this.#abort;
    if (!signal.aborted) return { kind: "failed", error: new ChatError("upstream_truncated") };
    if (signal.reason === "timeout") return { kind: "failed", error: new ChatError("provider_timeout") };
    if (signal.reason === "unwritable") return { kind: "failed", error: new ChatError("internal") };
    return { kind: "finished", finishReason: "aborted" };
  }

  #failure(error: unknown): Ending {
    if (this.#abort.signal.aborted) return this.#finish ?? this.#unfinished(); // whatever it threw, it was ended from here
    if (error instanceof ChatError) return { kind: "failed", error };
    log("error", "turn_failed", { answer: this.subject.answer, ...describeBug(error) });
    return { kind: "failed", error: new ChatError("internal", { cause: error }) };
  }

  /** The one place where a turn ends. A failure before the stream has begun is a refusal and leaves nothing behind. */
  #end(ending: Ending): void {
    this.#deltas.flush(Date.now());
    if (this.#state.phase === "pending") {
      if (ending.kind === "failed") {
        this.#writer.withdraw();
        this.#gate.reject(ending.error);
        return;
      }
      this.#open({ phase: "open" });
    }
    const now = Date.now();
    const end = this.#draft.end(this.subject, ending);
    this.#number(terminalEvent(end), now);
    this.#writer.write(end); // before anybody sees it: after a crash the turn would get another ending
    this.#close(now);
    this.#gate.resolve();
    this.#onEnd(end);
  }

  /** Its end could not be written: it is ended as a broken turn, or by whoever finds it if that fails as well. */
  #lose(error: unknown): void {
    log("error", "turn_lost", { answer: this.subject.answer, ...describeBug(error) });
    this.#gate.reject(new ChatError("internal", { cause: error }));
    try {
      this.#writer.recover();
    } catch (again) {
      log("error", "turn_left", { answer: this.subject.answer, ...describeBug(again) });
    }
    this.#close(Date.now());
  }

  #close(now: number): void {
    this.#log.end();
    for (const follower of this.#followers) follower.push(now);
  }
}
