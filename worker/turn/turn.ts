import { ChatError, type ChatEvent, type ProviderData, type TurnStatus } from "../../protocol/index.ts";
import type { AssistantModel } from "../assistants/assistant.ts";
import { describeBug, log } from "../log.ts";
import type { ProviderEvent, ProviderUsage } from "../providers/provider.ts";
import { terminalEvent, type AnswerEnd } from "./answer.ts";
import type { AnswerDraft, Ending } from "./answer-draft.ts";
import { AnswerText, type AskedMarks } from "./answer-text.ts";
import { DeltaBuffer, type PieceType } from "./delta-buffer.ts";
import { ExposedData } from "./exposed-data.ts";
import { Followers } from "./followers.ts";
import type { OpenStreams } from "./open-streams.ts";
import { OperatorWarnings } from "./operator-warnings.ts";
import { endingWithoutFinish, type StopReason } from "./stop-reason.ts";
import type { Suggested } from "./read-follow-ups.ts";
import { TurnLog } from "./turn-log.ts";
import type { AnswerQuestion, TurnParts, TurnSettings } from "./turn-parts.ts";
import type { TurnSubject } from "./turn-storage.ts";
import { TurnWriter } from "./turn-writer.ts";

/**
 * How long a response waits for the provider to accept the request, in milliseconds. After that, its stream begins
 * anyway.
 */
const gateMs = 3000;

/**
 * The one interval of a running turn, in milliseconds. While pieces arrive, reading them drives everything; the
 * interval is for pauses and for what depends on time alone: deltas and batches that are due, heartbeats, grace, time
 * limits.
 */
const tickMs = 250;

/** How often a turn may change its status: a model that thinks between steps does so a few times. */
const maxStatusChanges = 100;

/** The phase of a turn. */
type TurnState =
  /** The response has not started: events are held, and a refusal stores nothing. */
  | { phase: "pending"; events: ChatEvent[] }
  /** The turn exists, may be followed, and will have an ending. No provider has accepted the request yet. */
  | { phase: "open" }
  /** A provider has accepted the request. */
  | { phase: "answering" }
  | { phase: "over" };

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
  readonly #deltas = new DeltaBuffer((type, content, providerData) => this.#emitPiece(type, content, providerData));
  readonly #text: AnswerText;
  readonly #exposed: ExposedData;
  readonly #warnings: OperatorWarnings;
  readonly #followers: Followers;
  readonly #abort = new AbortController();
  /** Whether the turn was aborted. `signal.aborted` is a call into the runtime, which is too slow for every piece. */
  #isAborted = false;
  readonly #gate = Promise.withResolvers<void>();
  readonly #startedAt = Date.now();
  #state: TurnState = { phase: "pending", events: [] };
  #status: TurnStatus | undefined;
  #statusChanges = 0;
  #finish: Ending | undefined;
  #hasFreshUsage = false;
  #hasUsageEvent = false;
  /** Whether the model that is asked thinks first. Some providers do not report that it does. */
  #isThinkingModel = false;

  constructor({ subject, draft, storage, settings, onEnd }: TurnParts) {
    this.subject = subject;
    this.#draft = draft;
    this.#settings = settings;
    this.#onEnd = onEnd;
    this.#log = new TurnLog(subject.answer);
    this.#followers = new Followers(this.#log, { heartbeatMs: settings.heartbeatMs, tickMs });
    this.#warnings = new OperatorWarnings(
      subject.assistant.id,
      settings.isDevelopment ? (warning) => this.emit(warning) : undefined,
    );
    this.#exposed = new ExposedData(subject.assistant.expose.providerData, () =>
      this.#warnings.warnOnce(
        "provider_data_dropped",
        "Some of the provider's own data was left out: it is too long for one event or for the whole turn.",
      ),
    );
    this.#text = new AnswerText({
      draft,
      deltas: this.#deltas,
      cite: (citation, providerData) => this.emit({ type: "citation", ...citation, providerData }),
      dropCitation: () =>
        this.#warnings.warnOnce("citations_dropped", "Some citations were left out: together they are too long."),
    });
    const beginning = () => ({ subject, details: draft.details(subject.assistant) });
    this.#writer = new TurnWriter(storage, this.#log, beginning);
    this.#gate.promise.catch(() => undefined); // a refusal that nobody waits for is not an unhandled rejection
  }

  /** Whether the turn can be followed: its response has begun, and it has not ended. */
  get isOpen(): boolean {
    return this.#state.phase === "open" || this.#state.phase === "answering";
  }

  /** Number of the newest event. */
  get lastSeq(): number {
    return this.#log.lastSeq;
  }

  /** The text of the answer up to the newest event, and the number of that event. */
  snapshot(): { content: string; lastSeq: number } {
    this.#deltas.flush(Date.now());
    return { content: this.#draft.content, lastSeq: this.#log.lastSeq };
  }

  /** Stores the beginning of an open turn, so that readers of the storage find it. */
  writeBeginning(): void {
    if (this.isOpen) this.#writer.writeBeginning();
  }

  /**
   * Resolves when the stream may begin: the provider has accepted, 3 s have passed, or the turn was stopped.
   * @throws ChatError if the turn was refused before that, in which case nothing of it is stored, or if it could not be
   *   stored
   */
  opened(): Promise<void> {
    return this.#gate.promise;
  }

  /** Runs the turn to its end. It never rejects: whatever happens becomes the turn's one ending. */
  async run(answerQuestion: AnswerQuestion): Promise<void> {
    const interval = setInterval(() => this.#attempt(() => this.#tick(Date.now())), tickMs);
    try {
      const ending = answerQuestion(this.#abort.signal).then(
        () => this.#finish ?? endingWithoutFinish(this.#abort.signal),
        (error: unknown) => this.#failure(error),
      );
      // Written after the request to the ledger is sent, because the output gate holds requests until earlier writes
      // are confirmed.
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
    this.#isAborted = true;
    this.#abort.abort(reason);
  }

  /**
   * Streams the turn's events after number `seq`, as they are written.
   * @param streams the visitor's open streams, to which this one is added
   */
  follow(seq: number, streams: OpenStreams): ReadableStream<Uint8Array> {
    return this.#followers.follow(seq, streams);
  }

  /**
   * Registers a follower or a waiting request. Returns a function that unregisters it; when none is left, the grace
   * period starts.
   */
  attach(): () => void {
    return this.#followers.attach();
  }

  /**
   * Records which model is asked next, so that the turn can report which one answered, and how much it can have used.
   * @param marks what the model was asked to write besides its answer
   */
  beginAttempt(model: AssistantModel, marks: AskedMarks): void {
    this.#draft.beginAttempt(model);
    this.#text.begin(marks);
    this.#isThinkingModel = model.thinking?.isOn ?? false;
  }

  /** Reports that the context is being searched. */
  beginRetrieval(): void {
    this.#setStatus("retrieving");
  }

  /** Ends the turn with a text of our own. No model was asked. */
  answerByItself(text: string): void {
    this.#draft.answerByItself();
    this.take({ type: "accepted" });
    this.take({ type: "delta", content: text });
    this.take({ type: "finish", finishReason: "stop" });
  }

  /** Emits an event that does not come from the provider: sources, a warning, a status. */
  emit(event: ChatEvent): void {
    this.#draft.note(event);
    this.#deltas.flush(Date.now());
    this.#append(event);
  }

  /** Handles one provider event. */
  take(event: ProviderEvent): void {
    if (this.#isAborted) return;
    switch (event.type) {
      case "accepted":
        return this.#accept(event.model, event.providerData);
      case "reasoning":
        return this.#reason(event.content, event.providerData);
      case "delta":
        return this.#write(event.content, event.providerData);
      case "citation":
        return this.#text.cite(event.index, event.quote, this.#exposed.of(event.providerData));
      case "usage":
        return this.#report(event.usage, event.providerData);
      case "warning":
        return this.#warnings.warn(event.code, event.detail);
      case "finish":
        this.#text.end();
        this.#finish = { ...event, kind: "finished", providerData: this.#exposed.of(event.providerData) };
        if (event.finishReason === "length" && this.#draft.isBlank) this.#warnOfEmptyAnswer();
        return this.#suggest(this.#text.suggestedAfter(event.finishReason, this.subject));
    }
  }

  #suggest(suggested: Suggested): void {
    if (suggested.suggestions.length > 0 || suggested.handover) this.emit({ type: "suggestions", ...suggested });
  }

  #accept(named: string | undefined, providerData: ProviderData | undefined): void {
    if (named !== undefined) this.#draft.nameModel(named);
    if (this.#state.phase === "answering") return; // a fallback took over; the terminal event says who answered
    this.#open({ phase: "answering" });
    const { message, answer: messageId, conversation: conversationId, assistant } = this.subject;
    const { provider, model } = this.#draft.details(assistant);
    const ids = { messageId, userMessageId: message.id, conversationId, assistant: assistant.id };
    this.emit({ type: "start", ...ids, provider, model, providerData: this.#exposed.of(providerData) });
    if (this.#isThinkingModel) this.#setStatus("reasoning");
    this.#gate.resolve();
  }

  /** @param content empty if the provider only says that its model thinks */
  #reason(content: string, providerData: ProviderData | undefined): void {
    const shown = this.#draft.addReasoning(content);
    this.#setStatus("reasoning");
    if (!this.subject.assistant.expose.reasoning) return;
    if (shown !== content) this.#warnings.warnOnce("reasoning_cut", "The reasoning is too long to be shown in full.");
    if (shown !== "") this.#deltas.add("reasoning", shown, this.#exposed.of(providerData), Date.now());
  }

  /** Usage is sent with the next delta, because some providers report it with every piece. */
  #report(reported: ProviderUsage, reportedData: ProviderData | undefined): void {
    this.#draft.addUsage(reported);
    this.#hasFreshUsage = true;
    const providerData = this.#exposed.of(reportedData);
    if (providerData === undefined) return;
    this.#hasUsageEvent = true;
    this.emit({ type: "usage", usage: this.#draft.usage(true), providerData });
  }

  #write(content: string, providerData: ProviderData | undefined): void {
    this.#setStatus("answering");
    this.#text.write(content, this.#exposed.of(providerData));
    if (!this.#draft.isFull) return;
    this.#finish = { kind: "finished", finishReason: "length", isCut: true };
    this.stop("full"); // closes the upstream
  }

  /**
   * Warns that the model reached its token limit before it wrote an answer, because it used the tokens for thinking.
   * Visitors can then ask for less.
   */
  #warnOfEmptyAnswer(): void {
    const { assistant } = this.subject;
    log("warning", "thought_too_long", { assistant: assistant.id, model: this.#draft.answeredBy?.model });
    const detail = "The model used its whole limit for thinking and wrote no answer.";
    this.emit({ type: "warning", code: "thought_too_long", detail });
  }

  #setStatus(status: TurnStatus): void {
    if (this.#status === status || this.#statusChanges === maxStatusChanges) return;
    this.#status = status;
    this.#statusChanges += 1;
    this.emit({ type: "status", status });
  }

  #emitPiece(type: PieceType, content: string, providerData?: ProviderData): void {
    if (type === "reasoning") return this.#append({ type, content, providerData });
    const usage = this.#hasFreshUsage ? this.#draft.usage(true) : undefined;
    this.#hasFreshUsage = false;
    this.#append({ type, content, usage, providerData });
  }

  /**
   * Numbers an event, pushes it to the followers, and stores what is due. A pending turn holds its events until it
   * opens.
   */
  #append(event: ChatEvent): void {
    if (this.#state.phase === "pending") {
      this.#state.events.push(event);
      return;
    }
    const now = Date.now();
    this.#number(event, now);
    this.#followers.push(now);
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
    if (now - this.#followers.unfollowedSince >= graceMs) this.stop("unfollowed");
    this.#deltas.flushIfDue(now);
    this.#writer.writeIfDue(now);
    this.#followers.beat(now);
  }

  #openGate(): void {
    this.#open({ phase: "open" });
    if (this.#status === undefined) this.#setStatus("waiting");
    this.#gate.resolve();
  }

  /** Runs work whose errors no caller can catch. On an error the turn ends and the error is logged. */
  #attempt(work: () => void): void {
    try {
      work();
    } catch (error) {
      log("error", "turn_failed", { answer: this.subject.answer, ...describeBug(error) });
      this.stop("unwritable");
    }
  }

  #failure(error: unknown): Ending {
    if (this.#isAborted) return this.#finish ?? endingWithoutFinish(this.#abort.signal); // the error is a consequence of our own abort
    if (error instanceof ChatError) return { kind: "failed", error };
    log("error", "turn_failed", { answer: this.subject.answer, ...describeBug(error) });
    return { kind: "failed", error: new ChatError("internal", { cause: error }) };
  }

  /** The one place where a turn ends. A failure before the stream has begun is a refusal and leaves nothing behind. */
  #end(ending: Ending): void {
    this.#text.end();
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
    // Usage that no delta carried, for clients that read usage events.
    if (this.#hasFreshUsage && !this.#hasUsageEvent)
      this.#number({ type: "usage", usage: this.#draft.usage(true) }, now);
    const end = this.#draft.end(this.subject, ending);
    this.#number(terminalEvent(end), now);
    this.#writer.write(end); // before anybody sees the end: a crash in between would give the turn another end
    this.#close(now);
    this.#gate.resolve();
    this.#onEnd(end);
  }

  /**
   * The end could not be stored. Ends the turn like one interrupted by a crash; if that also fails, the object does so
   * when it next wakes.
   */
  #lose(error: unknown): void {
    log("error", "turn_lost", { answer: this.subject.answer, ...describeBug(error) });
    this.#gate.reject(new ChatError("internal", { cause: error }));
    try {
      this.#writer.recover();
    } catch (recoveryError) {
      log("error", "turn_recovery_failed", { answer: this.subject.answer, ...describeBug(recoveryError) });
    }
    this.#close(Date.now());
  }

  #close(now: number): void {
    this.#log.end();
    this.#followers.push(now);
  }
}
