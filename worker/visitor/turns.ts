import { ChatError, parseEventId, replayWindowMs } from "../../protocol/index.ts";
import { connect } from "../assistants/connect.ts";
import type { Assistant } from "../assistants/assistant.ts";
import type { Project } from "../assistants/project.ts";
import type { Settings } from "../env.ts";
import { assemblePrompt } from "../prompt/assemble.ts";
import { TurnSpending, type Ledger } from "../ledger/spending.ts";
import { answerEvents, type ConnectedModel } from "./answer-events.ts";
import { terminalEvent, type AnswerRecord } from "./answer.ts";
import { AnswerDraft } from "./draft.ts";
import { followLog, replayFrames } from "./follower.ts";
import type { Bytes, Question, Regeneration } from "./methods.ts";
import { Pace } from "./pace.ts";
import { framesAfter, writeFrame } from "./turn-log.ts";
import { turnOwner, type TurnKeeper } from "./turn-owner.ts";
import { Turn, type TurnSubject } from "./turn.ts";

/** What the turns need of the object that they run in. */
export interface TurnsHost extends TurnKeeper {
  project: Project;
  settings: Settings;
  /** The ledger of an assistant. */
  ledgerOf(assistant: string): Ledger;
  /** An opaque id of the visitor, for the ledger. */
  visitor: string;
  /** Keeps the object alive until something has ended: a turn, or what follows from it. */
  keepAlive(work: Promise<void>): void;
}

/** A turn that wants to begin. */
interface TurnWish {
  assistant: string;
  conversation: string;
  message: TurnSubject["message"];
  /** Id of the answer. */
  answer: string;
  requestId: string;
  /** An opaque id of the address that asks. */
  address: string;
}

/** The visitor's running turns, one a conversation at the most, and the streams of them and of those that are over. */
export class Turns {
  readonly #host: TurnsHost;
  readonly #pace: Pace;
  readonly #running = new Map<string, { turn: Turn; ended: Promise<void> }>();

  constructor(host: TurnsHost) {
    this.#host = host;
    this.#pace = new Pace(host.store);
  }

  /** The conversation's running turn. */
  running(conversation: string): Turn | undefined {
    return this.#running.get(conversation)?.turn;
  }

  /** Writes the beginnings that are not written yet, so that whoever reads finds every turn that has begun. */
  keepBegun(): void {
    for (const { turn } of this.#running.values()) turn.keep();
  }

  /** Starts a turn for a question, or attaches to the one that was started for it. */
  async ask(question: Question): Promise<Bytes> {
    return this.#attachToQuestion(question) ?? (await this.#answer(question));
  }

  /** Starts a turn for another answer, or attaches to the one that was started for it. */
  async regenerate(wish: Regeneration): Promise<Bytes> {
    return this.#attachToAnswer(wish) ?? (await this.#answerAgain(wish));
  }

  /** Follows the running turn, or the last one while its log is kept; null where there is nothing to follow. */
  async follow(conversation: string, after: string | undefined): Promise<Bytes | null> {
    const turn = this.running(conversation);
    if (turn) await turn.begun().catch(() => undefined); // refused before it began: nothing to follow
    const place = after === undefined ? undefined : parseEventId(after);
    if (after !== undefined && place === undefined) return null;
    const seq = place?.seq ?? 0;
    if (turn?.hasBegun && !turn.log.ended) {
      if (place && (place.answer !== turn.log.answer || seq > turn.log.lastSeq)) return null;
      return this.#follow(turn, seq);
    }
    const last = this.#host.store.lastAnswer(conversation);
    if (!last?.endedAt || last.endedAt < Date.now() - replayWindowMs) return null;
    if (place && place.answer !== last.id) return null;
    return replayFrames(framesAfter(this.#host.store.batches(last.id), seq));
  }

  /** Ends a turn; whether it was running. `message` is the id of its answer, or of its user message. */
  stop(conversation: string, message: string): boolean {
    const turn = this.running(conversation);
    if (!turn || (turn.subject.answer !== message && turn.subject.message.id !== message)) return false;
    turn.stop("stopped");
    return true;
  }

  /**
   * Ends the turn of one conversation, or of all, and waits until it is settled and stored. No turn is running then: one
   * that began while this waited is ended as well.
   */
  async settle(conversation?: string): Promise<void> {
    const matching = () => [...this.#running].filter(([id]) => conversation === undefined || id === conversation);
    for (let all = matching(); all.length > 0; all = matching()) {
      for (const [, { turn }] of all) turn.stop("stopped");
      await Promise.all(all.map(([, { ended }]) => ended));
    }
  }

  #attachToQuestion({ conversation, id, userPrompt }: Question): Promise<Bytes> | Bytes | undefined {
    const running = this.#find(({ subject: { message } }) => message.isNew && message.id === id);
    const earlier = running?.subject.message ?? this.#host.store.message(id);
    if (earlier === undefined) {
      if (this.#host.store.isSpent(id)) throw new ChatError("conflict");
      return undefined;
    }
    const place = running?.subject.conversation ?? this.#host.store.message(id)?.conversation;
    if (place !== conversation || earlier.content !== userPrompt) throw new ChatError("conflict");
    if (running) return this.#stream(running);
    const [first] = this.#host.store.answersTo(conversation, id); // later ones are of other turns
    if (first === undefined) throw new ChatError("conflict");
    return this.#replay(first);
  }

  #attachToAnswer({ conversation, message, id }: Regeneration): Promise<Bytes> | Bytes | undefined {
    const running = this.#find((turn) => turn.subject.answer === id);
    const stored = this.#host.store.answer(id);
    const place = running
      ? { conversation: running.subject.conversation, message: running.subject.message.id }
      : stored && { conversation: stored.conversation, message: stored.message };
    if (place === undefined) return undefined;
    if (place.conversation !== conversation || place.message !== message) throw new ChatError("conflict");
    if (running) return this.#stream(running);
    return stored && this.#replay(stored);
  }

  #answer({ assistant, conversation, id, userPrompt, replaces, ...request }: Question): Promise<Bytes> {
    if (this.#running.has(conversation)) throw new ChatError("turn_in_progress");
    const known = this.#host.store.conversation(conversation);
    if (known?.isDeleted || (known && known.assistant !== assistant)) throw new ChatError("not_found");
    const message = {
      id,
      content: userPrompt,
      isNew: true,
      replacesPosition: this.#positionOf(conversation, replaces),
    };
    return this.#stream(this.#start({ assistant, conversation, message, answer: crypto.randomUUID(), ...request }));
  }

  #answerAgain({ assistant, conversation, message: id, id: answer, ...request }: Regeneration): Promise<Bytes> {
    if (this.#running.has(conversation)) throw new ChatError("turn_in_progress");
    const known = this.#host.store.conversation(conversation);
    const last = this.#host.store.messages(conversation, Number.MAX_SAFE_INTEGER, 1).at(0);
    if (known === undefined || known.isDeleted || known.assistant !== assistant) throw new ChatError("not_found");
    if (last?.id !== id) throw new ChatError("invalid_request", { field: "message: it must be the last one." });
    const message = { id, content: last.content, isNew: false };
    return this.#stream(this.#start({ assistant, conversation, message, answer, ...request }));
  }

  #positionOf(conversation: string, replaces: string | undefined): number | undefined {
    if (replaces === undefined) return undefined;
    const message = this.#host.store.message(replaces);
    if (message?.conversation === conversation) return message.position;
    throw new ChatError("invalid_request", { field: "replaces: it is not a message of this conversation." });
  }

  #start({ assistant: id, conversation, message, answer, requestId, address }: TurnWish): Turn {
    const { settings, store } = this.#host;
    const assistant = this.#host.project.assistants.get(id);
    if (assistant === undefined) throw new ChatError("not_found");
    const models = this.#connected(assistant);
    this.#pace.take(assistant.limits, Date.now());
    const position = message.replacesPosition ?? store.message(message.id)?.position ?? Number.MAX_SAFE_INTEGER;
    const history = store.history(conversation, position, assistant.history.maxTurns + 1);
    const prompt = assemblePrompt({ assistant, history, context: assistant.context, userPrompt: message.content });
    const { visitor, keepAlive } = this.#host;
    const ledger = this.#host.ledgerOf(id);
    const expiresInMs = settings.turnTimeoutMs + settings.graceMs;
    const money = { ledger, assistant, visitor, address, promptBytes: prompt.bytes, expiresInMs, keepAlive };
    const spending = new TurnSpending(money);
    const draft = new AnswerDraft(requestId, prompt.estimatedInputTokens);
    const owner = turnOwner(this.#host, {
      begun: () => this.#pace.keep(),
      ended: (spent) => spending.ended(spent),
    });
    const turn = new Turn({ conversation, message, answer, assistant }, draft, owner);
    const parts = { turn, prompt, models, spending };
    const ended = turn.run((signal) => answerEvents(parts, signal)).finally(() => this.#running.delete(conversation));
    this.#running.set(conversation, { turn, ended });
    keepAlive(ended);
    return turn;
  }

  /** The assistant's models that have their keys, in the order in which they are tried. */
  #connected(assistant: Assistant): ConnectedModel[] {
    const { project, settings } = this.#host;
    const all = assistant.models.map((model) => ({ model, connected: connect(project, model.connection, settings) }));
    const models = all.flatMap(({ model, connected }) => ("provider" in connected ? [{ model, ...connected }] : []));
    if (models.length > 0) return models;
    const problems = all.flatMap(({ connected }) => ("problems" in connected ? connected.problems : []));
    throw new ChatError("not_configured", { detail: problems.join("; ") });
  }

  /** Streams a turn from its start, once it has begun. */
  async #stream(turn: Turn): Promise<Bytes> {
    const leave = turn.attach();
    try {
      await turn.begun();
      return this.#follow(turn, 0);
    } finally {
      leave();
    }
  }

  #follow(turn: Turn, seq: number): Bytes {
    return followLog(turn.log, { seq, heartbeatMs: this.#host.settings.heartbeatMs, onLeave: turn.attach() });
  }

  /** The stream of a turn that is over: its log while that is kept, and its terminal event alone after. */
  #replay(answer: AnswerRecord): Bytes {
    const frames = framesAfter(this.#host.store.batches(answer.id), 0);
    if (frames !== "") return replayFrames(frames);
    const event = terminalEvent(answer);
    const name = event.type === "error" ? "error" : (this.#assistantOf(answer)?.resultVariable ?? "response");
    return replayFrames(writeFrame(answer.id, answer.lastSeq, name, event));
  }

  #assistantOf({ conversation }: AnswerRecord): Assistant | undefined {
    return this.#host.project.assistants.get(this.#host.store.conversation(conversation)?.assistant ?? "");
  }

  #find(isIt: (turn: Turn) => boolean): Turn | undefined {
    return [...this.#running.values()].map(({ turn }) => turn).find(isIt);
  }
}
