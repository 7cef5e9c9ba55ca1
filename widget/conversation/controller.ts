import type { ChatEvent, EventId, ResponseEvent } from "../../protocol/index.ts";
import type { ChatApi } from "../transport/api.ts";
import { TransportError } from "../transport/failure.ts";
import { readEvents } from "../transport/stream.ts";
import { endedIn, toFailure } from "./failure.ts";
import { reduce } from "./reduce.ts";
import type { ChatAction } from "./reduce.ts";
import { findAnswer, findQuestion, initialState } from "./state.ts";
import type { AnswerState, ChatState, Failure } from "./state.ts";
import { createUuid } from "./uuid.ts";

/** How a turn ended for who asked. */
export type Outcome = { response: ResponseEvent } | { failure: Failure };

/** Who is told of what happens in a conversation. */
export interface ConversationListener {
  /** The state is another one. */
  changed(action: ChatAction): void;
  /** An event of the turn has been taken in. */
  received(event: ChatEvent): void;
  /** Something did not work; the state says so as well. */
  failed(failure: Failure): void;
}

type OpenStream = (signal: AbortSignal) => Promise<ReadableStream<Uint8Array>>;

/** Silence after which the visitor is told that it takes longer, in milliseconds: about where one starts to doubt. */
const slowAfterMs = 7_000;

/** How long a stop may take to come back through the stream before the connection is dropped, in milliseconds. */
const stopPatienceMs = 5_000;

/** One conversation: takes requests, runs turns, keeps the state. It knows nothing of how it is shown. */
export class ConversationController {
  readonly #api: ChatApi;
  readonly #listener: ConversationListener;
  #state: ChatState = initialState(createUuid());
  #connection: AbortController | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;

  constructor(api: ChatApi, listener: ConversationListener) {
    this.#api = api;
    this.#listener = listener;
  }

  get state(): ChatState {
    return this.#state;
  }

  /** Takes in something that happened in the page. */
  dispatch(action: ChatAction): void {
    const next = reduce(this.#state, action);
    if (next === this.#state) return;
    this.#state = next;
    this.#listener.changed(action);
  }

  /** Fetches the assistant's profile, unless it is there or on its way. */
  async loadProfile(): Promise<void> {
    const { state } = this.#state.profile;
    if (state === "ready" || state === "loading") return;
    if (this.#api.assistant === "") return this.#failProfile(refusal("missing_assistant"));
    this.dispatch({ type: "profile-requested" });
    try {
      this.dispatch({ type: "profile-loaded", profile: await this.#api.profile() });
    } catch (error) {
      this.#failProfile(toFailure(error, Date.now()));
    }
  }

  #failProfile(failure: Failure): void {
    this.dispatch({ type: "profile-failed", failure });
    this.#listener.failed(failure);
  }

  /** Asks. `text` must not be empty, and no turn may be running. */
  send(text: string): Promise<Outcome> {
    if (this.#state.turn.phase !== "idle") return Promise.resolve({ failure: refusal("turn_in_progress") });
    const id = createUuid();
    this.dispatch({ type: "sent", id, content: text, at: Date.now() });
    return this.#post(id, text);
  }

  /** Tries once more what failed: a question is posted again under its id, an answer is continued or made anew. */
  async retry(id: string): Promise<void> {
    if (this.#state.turn.phase !== "idle") return;
    const question = findQuestion(this.#state, id);
    const answer = findAnswer(this.#state, id);
    if (question) {
      this.dispatch({ type: "retried", question: id });
      await this.#post(id, question.content);
    } else if (answer) {
      await this.#answerAgain(answer);
    }
  }

  /** Ends the running turn. What was written so far stays. */
  stop(): void {
    const { turn } = this.#state;
    if (turn.phase === "idle" || turn.isStopping) return;
    this.dispatch({ type: "stopping" });
    const connection = this.#connection;
    setTimeout(() => connection?.abort(new TransportError("interrupted")), stopPatienceMs);
    if (turn.phase === "answering") void this.#sendStop(turn.answer);
  }

  /** Begins an empty conversation. A turn that still runs is stopped first. */
  restart(): void {
    this.stop();
    this.#disconnect();
    this.dispatch({ type: "restarted", conversation: createUuid() });
  }

  /** Forgets the visitor. */
  async reset(): Promise<void> {
    this.restart();
    await this.#api.endSession().catch((error: unknown) => this.#listener.failed(toFailure(error, Date.now())));
  }

  /** Lets go of the stream. The turn itself goes on in the worker, and can be followed again. */
  disconnect(): void {
    this.#connection?.abort(new TransportError("interrupted"));
  }

  #disconnect(): void {
    this.#connection?.abort();
    clearTimeout(this.#silence);
  }

  #post(id: string, userPrompt: string): Promise<Outcome> {
    const { conversation } = this.#state;
    return this.#run((signal) => this.#api.message({ conversation, id, userPrompt }, signal), id);
  }

  /** Goes on after the last event where only the connection broke; else, or where nothing is left to follow, anew. */
  async #answerAgain(answer: AnswerState): Promise<void> {
    const { conversation } = this.#state;
    const message = answer.replyTo;
    const isUnfinished = answer.failure?.code === "interrupted";
    this.dispatch(isUnfinished ? { type: "followed", answer: answer.id } : { type: "retried", question: message });
    await this.#run(async (signal) => {
      const after = { answer: answer.id, seq: answer.seq };
      const rest = isUnfinished ? await this.#api.follow(conversation, after, signal) : undefined;
      if (rest) return rest;
      this.dispatch({ type: "retried", question: message });
      return this.#api.regenerate({ conversation, message, id: createUuid() }, signal);
    }, message);
  }

  /** Follows one turn to its end. */
  async #run(open: OpenStream, question: string): Promise<Outcome> {
    const connection = new AbortController();
    this.#connection = connection;
    this.#watchSilence();
    try {
      const body = await open(connection.signal);
      const ending = await readEvents(body, ({ id, event }) => {
        if (!connection.signal.aborted) this.#receive(id, event);
      });
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

  #receive({ answer, seq }: EventId, event: ChatEvent): void {
    const { turn } = this.#state;
    this.dispatch({ type: "received", answer, seq, event, at: Date.now() });
    const isFirst = turn.phase === "waiting" && this.#state.turn.phase === "answering";
    if (isFirst && turn.isStopping) void this.#sendStop(answer); // pressed before the answer had a name
    this.#watchSilence();
    this.#listener.received(event);
  }

  #fail(question: string, error: unknown): Failure {
    const failure = toFailure(error, Date.now());
    const isUnderWay = this.#state.turn.phase === "answering";
    this.dispatch(isUnderWay ? { type: "broken", failure } : { type: "refused", question, failure });
    this.#listener.failed(failure);
    return failure;
  }

  async #sendStop(messageId: string): Promise<void> {
    const { conversation } = this.#state;
    try {
      await this.#api.stop({ conversation, messageId });
    } catch (error) {
      // the turn is then left to end by itself, and the connection is dropped when patience ends
      this.#listener.failed(toFailure(error, Date.now()));
    }
  }

  #watchSilence(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.dispatch({ type: "slowed" }), slowAfterMs);
  }
}

function refusal(code: Failure["code"]): Failure {
  return { code, canRetry: false };
}
