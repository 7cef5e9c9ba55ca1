import { DurableObject } from "cloudflare:workers";
import {
  ChatError,
  parseEventId,
  replayWindowMs,
  type Conversation,
  type ConversationList,
} from "../../protocol/index.ts";
import { connect } from "../assistants/connect.ts";
import type { Assistant } from "../assistants/assistant.ts";
import type { Project } from "../assistants/project.ts";
import { readSettings, type Env } from "../env.ts";
import { assemblePrompt } from "../prompt/assemble.ts";
import type { Provider } from "../providers/provider.ts";
import { terminalEvent } from "./answer.ts";
import { AnswerDraft } from "./draft.ts";
import { followLog, replayFrames } from "./follower.ts";
import { reply, type Question, type Reply, type VisitorMethods } from "./methods.ts";
import { listConversations, readConversation } from "./pages.ts";
import { recoverTurns } from "./recover.ts";
import { VisitorStore } from "./store.ts";
import { answerEvents } from "./answer-events.ts";
import { titleOf } from "./title.ts";
import { framesAfter, writeFrame } from "./turn-log.ts";
import { Turn, type TurnOwner } from "./turn.ts";

type Bytes = ReadableStream<Uint8Array>;

/**
 * One visitor: his conversations, and the turns that are running in them. A turn belongs to this object, not to the
 * request that began it, so it goes on while tabs come and go.
 *
 * An operator's entry extends it: `export class Visitor extends VisitorObject { project = project }`.
 */
export abstract class VisitorObject extends DurableObject<Env> implements VisitorMethods {
  /** What `defineProject` returned. */
  abstract readonly project: Project;
  readonly #store: VisitorStore;
  /** Conversation id → its running turn. */
  readonly #turns = new Map<string, Turn>();

  constructor(context: DurableObjectState, env: Env) {
    super(context, env);
    this.#store = new VisitorStore(context.storage);
    recoverTurns(this.#store, Date.now());
  }

  /** An object that was ended in mid-turn is woken by its alarm, and the constructor has then ended that turn. */
  override alarm(): void {
    this.#store.pruneLogs(Date.now() - replayWindowMs);
  }

  ask(question: Question): Promise<Reply<Bytes>> {
    return reply(async () => this.#attached(question) ?? (await this.#answered(question)));
  }

  follow(conversation: string, after: string | undefined): Promise<Reply<Bytes | null>> {
    return reply(async () => {
      const turn = this.#turns.get(conversation);
      if (turn) await turn.begun().catch(() => undefined); // refused before it began: nothing to follow
      return this.#followed(conversation, after);
    });
  }

  stop(conversation: string, message: string): Promise<Reply<boolean>> {
    return reply(() => {
      const turn = this.#turns.get(conversation);
      if (!turn || (turn.subject.answer !== message && turn.subject.message !== message)) return false;
      turn.stop("stopped");
      return true;
    });
  }

  list(cursor: string | undefined): Promise<Reply<ConversationList>> {
    return reply(() => listConversations(this.#store, cursor));
  }

  read(conversation: string, before: string | undefined): Promise<Reply<Conversation>> {
    return reply(() => readConversation(this.#store, conversation, before, this.#turns.get(conversation)));
  }

  /** The stream of a question that was asked before under this id; undefined where it is a new one. */
  #attached(question: Question): Promise<Bytes> | Bytes | undefined {
    const { conversation, id, userPrompt } = question;
    const running = [...this.#turns.values()].find((turn) => turn.subject.message === id);
    const earlier = running?.subject ?? this.#store.message(id);
    if (earlier === undefined) return undefined;
    const text = "userPrompt" in earlier ? earlier.userPrompt : earlier.content;
    if (earlier.conversation !== conversation || text !== userPrompt) throw new ChatError("conflict");
    return running ? this.#streamed(running) : this.#replayed(conversation, id);
  }

  async #answered(question: Question): Promise<Bytes> {
    if (this.#turns.has(question.conversation)) throw new ChatError("turn_in_progress");
    const conversation = this.#store.conversation(question.conversation);
    if (conversation?.isDeleted || (conversation && conversation.assistant !== question.assistant)) {
      throw new ChatError("not_found");
    }
    return this.#streamed(this.#startTurn(question));
  }

  async #streamed(turn: Turn, after = 0): Promise<Bytes> {
    const leave = turn.attach();
    try {
      await turn.begun();
    } catch (error) {
      leave();
      throw error;
    }
    return followLog(turn.log, after, leave);
  }

  #startTurn({ assistant: id, conversation, id: message, userPrompt, requestId }: Question): Turn {
    const assistant = this.project.assistants.get(id);
    if (assistant === undefined) throw new ChatError("not_found");
    const provider = this.#provider(assistant);
    const history = this.#store.history(conversation, assistant.history.maxTurns + 1);
    const prompt = assemblePrompt({ assistant, history, context: assistant.context, userPrompt });
    const subject = { conversation, message, userPrompt, answer: crypto.randomUUID(), assistant };
    const turn = new Turn(subject, new AnswerDraft(requestId, prompt.estimatedInputTokens), this.#owner());
    this.#turns.set(conversation, turn);
    const ledger = this.env.LEDGER.get(this.env.LEDGER.idFromName(id));
    const ending = turn.run((signal) => answerEvents({ turn, prompt, provider, ledger }, signal));
    this.ctx.waitUntil(ending.finally(() => this.#turns.delete(conversation)));
    return turn;
  }

  #provider(assistant: Assistant): Provider {
    const connected = connect(this.project, assistant.connection, readSettings(this.env));
    if ("provider" in connected) return connected.provider;
    throw new ChatError("not_configured", { detail: connected.problems.join("; ") });
  }

  #owner(): TurnOwner {
    const store = this.#store;
    const settings = readSettings(this.env);
    return {
      settings,
      reserve: (answer, seq) => store.reserve(answer, seq),
      append: (answer, first, last, frames) => store.append(answer, first, last, frames),
      begin: ({ subject }, details) => {
        const { conversation, message, userPrompt, answer, assistant } = subject;
        const now = Date.now();
        store.pruneLogs(now - replayWindowMs);
        store.beginTurn({
          conversation: { id: conversation, assistant: assistant.id, title: titleOf(userPrompt) },
          message: { id: message, content: userPrompt },
          answer: { id: answer, details },
          now,
        });
        // Wakes the object when it was ended in mid-turn and nobody comes back.
        void this.ctx.storage.setAlarm(now + settings.turnTimeoutMs + replayWindowMs);
      },
      end: (answer) => store.endTurn(answer, Date.now()),
    };
  }

  #followed(conversation: string, after: string | undefined): Bytes | null {
    const place = after === undefined ? undefined : parseEventId(after);
    if (after !== undefined && place === undefined) return null;
    const turn = this.#turns.get(conversation);
    const last = turn ? undefined : this.#store.lastAnswer(conversation);
    const answer = turn?.log.answer ?? last?.id;
    if (answer === undefined || (place && place.answer !== answer)) return null;
    const seq = place?.seq ?? 0;
    if (turn) return seq > turn.log.lastSeq ? null : followLog(turn.log, seq, turn.attach());
    if (!last?.endedAt || last.endedAt < Date.now() - replayWindowMs) return null;
    return replayFrames(framesAfter(this.#store.batches(answer), seq));
  }

  /** The stream of a message whose turn is over: its log while that is kept, and its terminal event alone after. */
  #replayed(conversation: string, message: string): Bytes {
    const last = this.#store.answersTo(conversation, message).at(-1);
    if (last === undefined) throw new ChatError("conflict");
    const frames = framesAfter(this.#store.batches(last.id), 0);
    if (frames !== "") return replayFrames(frames);
    const event = terminalEvent(last);
    const name = event.type === "error" ? "error" : this.#resultVariable(conversation);
    return replayFrames(writeFrame(last.id, last.lastSeq, name, event));
  }

  #resultVariable(conversation: string): string {
    const assistant = this.project.assistants.get(this.#store.conversation(conversation)?.assistant ?? "");
    return assistant?.resultVariable ?? "response";
  }
}
