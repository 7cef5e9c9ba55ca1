import { ChatError, parseEventId, replayWindowMs } from "../../protocol/index.ts";
import type { Assistant } from "../assistants/assistant.ts";
import { pageResult } from "../context/page.ts";
import { connect } from "../assistants/connect.ts";
import type { Project } from "../assistants/project.ts";
import { reserveRequest } from "../ledger/reserve-request.ts";
import { TurnSpending, type Ledger, type TurnUse } from "../ledger/spending.ts";
import { measurePrompt } from "../prompt/assemble.ts";
import { maxContextSize } from "../prompt/context.ts";
import { firstPosition, fitHistory, type FittedHistory } from "../prompt/history.ts";
import { textOf, textParts } from "../prompt/parts.ts";
import type { ContextResult } from "../context/source.ts";
import type { Settings } from "../settings.ts";
import { terminalEvent, type AnswerEnd, type AnswerRecord } from "../turn/answer.ts";
import { AnswerDraft } from "../turn/answer-draft.ts";
import { answerQuestion, type ConnectedModel } from "../turn/answer-question.ts";
import { maxTranslationBytes } from "../turn/translate-question.ts";
import { writeFrame } from "../turn/frames.ts";
import type { OpenStreams } from "../turn/open-streams.ts";
import type { TurnMessage } from "../turn/turn-storage.ts";
import { Turn } from "../turn/turn.ts";
import type { VisitorStore } from "./store.ts";
import { followEnding, followStored } from "./stored-log.ts";
import { TurnRate } from "./turn-rate.ts";
import { storeTurn } from "./turn-storage.ts";
import type { VisitorGaps } from "./visitor-gaps.ts";
import type { Bytes, Question, Regeneration } from "./visitor-rpc.ts";

/** What turns need from the object that they run in. */
export interface TurnHost {
  project: Project;
  settings: Settings;
  store: VisitorStore;
  streams: OpenStreams;
  /** Keeps the questions that stay unanswered. */
  gaps: VisitorGaps;
  /** The worker's bindings and variables, for context sources. */
  env: Readonly<Record<string, unknown>>;
  /** The ledger of an assistant. */
  ledgerOf(assistant: string): Ledger;
  /** An opaque id of the visitor, for the ledger. */
  visitor: string;
  /** Makes sure that the object is awake by a time, in milliseconds since the epoch. */
  wakeBy(time: number): void;
  /** Keeps the object alive until something has ended: a turn, or what follows from it. */
  keepAlive(work: Promise<void>): void;
}

/** A turn that is to begin. */
interface TurnRequest {
  assistant: string;
  conversation: string;
  message: TurnMessage;
  /** Id of the answer. */
  answer: string;
  requestId: string;
  /** An opaque id of the IP address that the request came from. */
  address: string;
}

/** The visitor's running turns, at most one per conversation, and the streams of running and ended turns. */
export class TurnRegistry {
  readonly #host: TurnHost;
  readonly #rate: TurnRate;
  readonly #running = new Map<string, { turn: Turn; ended: Promise<void> }>();

  constructor(host: TurnHost) {
    this.#host = host;
    this.#rate = new TurnRate(host.store);
  }

  /** The conversation's running turn; undefined if there is none. */
  running(conversation: string): Turn | undefined {
    return this.#running.get(conversation)?.turn;
  }

  /** Stores the beginning of each open turn, unless it is stored already, so that readers of the store find it. */
  writeBeginnings(): void {
    for (const { turn } of this.#running.values()) turn.writeBeginning();
  }

  /** Starts a turn for a question, or attaches to the one that was started for it. */
  async ask(question: Question): Promise<Bytes> {
    return this.#attachToQuestion(question) ?? (await this.#answer(question));
  }

  /** Starts a turn for another answer, or attaches to the one that was started for it. */
  async regenerate(request: Regeneration): Promise<Bytes> {
    return this.#attachToAnswer(request) ?? (await this.#answerAgain(request));
  }

  /**
   * Follows the running turn, or the last one while its log is kept; null if there is nothing to follow. `after` is a
   * `Last-Event-ID`; undefined follows from the start.
   */
  async follow(conversation: string, after: string | undefined): Promise<Bytes | null> {
    const turn = this.running(conversation);
    if (turn) await turn.opened().catch(() => undefined); // refused before it began: nothing to follow
    const place = after === undefined ? undefined : parseEventId(after);
    if (after !== undefined && place === undefined) return null;
    const seq = place?.seq ?? 0;
    if (turn?.isOpen) {
      if (place && (place.answer !== turn.subject.answer || seq > turn.lastSeq)) return null;
      return turn.follow(seq, this.#host.streams);
    }
    const last = this.#host.store.lastAnswer(conversation);
    if (!last?.endedAt || last.endedAt < Date.now() - replayWindowMs) return null;
    if (seq >= last.lastSeq || (place && place.answer !== last.id)) return null;
    return followStored(this.#host.store, last, seq, this.#host.streams);
  }

  /** Ends a turn; returns whether it was running. `message` is the id of the turn's answer or of its user message. */
  stop(conversation: string, message: string): boolean {
    const turn = this.running(conversation);
    if (!turn || (turn.subject.answer !== message && turn.subject.message.id !== message)) return false;
    turn.stop("stopped");
    return true;
  }

  /**
   * Ends the running turn of one conversation, or of all conversations if it is omitted, and waits until those turns
   * are stored. Turns that begin during the wait are ended as well, so none is running afterwards.
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
      if (this.#host.store.isReplaced(id)) throw new ChatError("conflict");
      return undefined;
    }
    const place = running?.subject.conversation ?? this.#host.store.message(id)?.conversation;
    if (place !== conversation || textOf(earlier.parts) !== userPrompt) throw new ChatError("conflict");
    if (running) return this.#stream(running);
    const [first] = this.#host.store.answersTo(conversation, id); // later answers belong to other turns
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

  #answer({ assistant, conversation, id, userPrompt, pageContext, replaces, ...request }: Question): Promise<Bytes> {
    if (this.#running.has(conversation)) throw new ChatError("turn_in_progress");
    const known = this.#host.store.conversation(conversation);
    if (known?.isDeleted || (known && known.assistant !== assistant)) throw new ChatError("not_found");
    const replacesPosition = this.#positionOf(conversation, replaces);
    const page = this.#acceptsPage(assistant) ? pageContext : undefined; // what is not used is not stored either
    const message = { id, parts: textParts(userPrompt), pageContext: page, isNew: true, replacesPosition };
    return this.#stream(this.#start({ assistant, conversation, message, answer: crypto.randomUUID(), ...request }));
  }

  #answerAgain({ assistant, conversation, message: id, id: answer, ...request }: Regeneration): Promise<Bytes> {
    if (this.#running.has(conversation)) throw new ChatError("turn_in_progress");
    const known = this.#host.store.conversation(conversation);
    const last = this.#host.store.messages(conversation, Number.MAX_SAFE_INTEGER, 1).at(0);
    if (known === undefined || known.isDeleted || known.assistant !== assistant) throw new ChatError("not_found");
    if (last?.id !== id) throw new ChatError("invalid_request", { field: "message: must be the last one." });
    const message = { id, parts: last.parts, pageContext: last.pageContext, isNew: false };
    return this.#stream(this.#start({ assistant, conversation, message, answer, ...request }));
  }

  #acceptsPage(assistant: string): boolean {
    return this.#host.project.assistants.get(assistant)?.pageContext !== undefined;
  }

  #positionOf(conversation: string, replaces: string | undefined): number | undefined {
    if (replaces === undefined) return undefined;
    const message = this.#host.store.message(replaces);
    if (message?.conversation === conversation) return message.position;
    throw new ChatError("invalid_request", { field: "replaces: must be a message of this conversation." });
  }

  #start({ assistant: id, conversation, message, answer, requestId, address }: TurnRequest): Turn {
    const { settings, store, gaps, visitor, keepAlive, wakeBy } = this.#host;
    const assistant = this.#host.project.assistants.get(id);
    if (assistant === undefined) throw new ChatError("not_found");
    const models = this.#connected(assistant);
    this.#rate.count(assistant.limits, Date.now());
    const prompt = { assistant, history: this.#history(assistant, conversation, message), question: message.parts };
    const page = pageOf(message, assistant);
    const size = measurePrompt(prompt, maxContextSize(assistant.context, page));
    const expiresInMs = settings.turnTimeoutMs + settings.graceMs;
    const common = { ledger: this.#host.ledgerOf(id), assistant, visitor, address, expiresInMs, keepAlive };
    const spending = new TurnSpending({ ...common, isTurn: true, maxPromptBytes: size.maxBytes });
    const translationSpending = new TurnSpending({ ...common, isTurn: false, maxPromptBytes: maxTranslationBytes });
    const draft = new AnswerDraft(requestId, size);
    const subject = { conversation, message, answer, assistant };
    const storage = storeTurn({ store, settings, wakeBy }, subject);
    const isEdit = message.replacesPosition !== undefined;
    if (isEdit) gaps.oweRemoval();
    const onEnd = (end: AnswerEnd) => {
      spending.ended(useOf(end, draft));
      if (end.details.isUnanswered) gaps.keep(id, { message: message.id, reason: "nothing_found" });
      if (isEdit) keepAlive(gaps.removeOld());
    };
    const turn = new Turn({ subject, draft, storage, settings, onEnd });
    const reserve = (nanoUsd: number) => reserveRequest(common, nanoUsd);
    const retrieval = { env: this.#host.env, translationSpending, reserve, page };
    const parts = { turn, draft, prompt, models, spending, retrieval, keepAlive };
    const ended = turn.run((signal) => answerQuestion(parts, signal)).finally(() => this.#running.delete(conversation));
    this.#running.set(conversation, { turn, ended });
    keepAlive(ended);
    return turn;
  }

  #history(assistant: Assistant, conversation: string, message: TurnMessage): FittedHistory {
    const { store } = this.#host;
    const known = message.isNew ? message.replacesPosition : store.message(message.id)?.position;
    const last = store.messages(conversation, Number.MAX_SAFE_INTEGER, 1).at(0)?.position ?? 0;
    const position = known ?? last + 1;
    const first = firstPosition(position, assistant.history);
    const { turns, isTrimmed } = fitHistory(store.history(conversation, first, position), assistant.history);
    return { turns, isTrimmed: isTrimmed || first > 1 };
  }

  /** The assistant's models whose connections are configured, in the order in which they are tried. */
  #connected(assistant: Assistant): [ConnectedModel, ...ConnectedModel[]] {
    const { project, settings } = this.#host;
    const all = assistant.models.map((model) => ({ model, connected: connect(project, model.connection, settings) }));
    const [first, ...others] = all.flatMap(({ model, connected }): ConnectedModel[] =>
      "provider" in connected ? [{ model, ...connected }] : [],
    );
    if (first !== undefined) return [first, ...others];
    const problems = all.flatMap(({ connected }) => ("problems" in connected ? connected.problems : []));
    throw new ChatError("not_configured", { detail: problems.join("; ") });
  }

  /** Streams a turn from its start, once it is open. */
  async #stream(turn: Turn): Promise<Bytes> {
    const detach = turn.attach();
    try {
      await turn.opened();
      return turn.follow(0, this.#host.streams);
    } finally {
      detach();
    }
  }

  /** Streams a turn that has ended: its log while that is stored, and only its terminal event after that. */
  #replay(answer: AnswerRecord): Bytes {
    const { store, streams } = this.#host;
    if (store.batchAfter(answer.id, 0) !== undefined) return followStored(store, answer, 0, streams);
    const event = terminalEvent(answer);
    const name = event.type === "error" ? "error" : (this.#assistantOf(answer)?.resultVariable ?? "response");
    return followEnding(writeFrame(answer.id, answer.lastSeq, name, event), streams);
  }

  #assistantOf({ conversation }: AnswerRecord): Assistant | undefined {
    return this.#host.project.assistants.get(this.#host.store.conversation(conversation)?.assistant ?? "");
  }

  #find(matches: (turn: Turn) => boolean): Turn | undefined {
    return [...this.#running.values()].map(({ turn }) => turn).find(matches);
  }
}

/** What the visitor was looking at when they asked, if the assistant uses it. */
function pageOf({ pageContext }: TurnMessage, assistant: Assistant): ContextResult | undefined {
  if (pageContext === undefined || assistant.pageContext === undefined) return undefined;
  return pageResult(pageContext, assistant.pageContext.maxBytes);
}

/** What the last request of a turn used. Earlier requests have already been settled. */
function useOf({ details, status }: AnswerEnd, draft: AnswerDraft): TurnUse {
  return {
    usage: draft.requestUsage(details.usage?.source === "provider"),
    isFailed: status === "failed",
    hasReasoned: draft.hasReasoned,
    writtenBytes: draft.writtenBytes,
  };
}
