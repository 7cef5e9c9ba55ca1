import { ChatError, formatEventId } from "../../../protocol/index.ts";
import type { Answer, Conversation, ConversationList, Feedback, Message } from "../../../protocol/index.ts";
import { contentOf } from "./scripted-turn.ts";
import type { Turn } from "./scripted-turn.ts";

interface StoredQuestion {
  id: string;
  content: string;
  createdAt: number;
  turns: Turn[];
}

interface StoredConversation {
  id: string;
  visitor: string;
  title: string;
  createdAt: number;
  questions: StoredQuestion[];
}

/** The page sizes: smaller than the worker's, so that tests need few messages. */
const pageSize = { conversations: 12, questions: 6 };

/** The conversations of a scripted worker. */
export class ScriptedStore {
  readonly #conversations = new Map<string, StoredConversation>();
  readonly #feedback = new Map<string, Feedback>();

  /** Stores a turn. `body` is the question's request; without it, the turn is another answer to the last question. */
  begin(turn: Turn, visitor: string, body: unknown): void {
    const { conversation: id, createdAt } = turn;
    const stored = this.#conversations.get(id) ?? { id, visitor, title: "", createdAt, questions: [] };
    this.#conversations.set(id, stored);
    if (body === undefined) return void stored.questions.at(-1)?.turns.push(turn);
    const content = field(body, "userPrompt") ?? "";
    const replaced = stored.questions.findIndex((question) => question.id === field(body, "replaces"));
    if (replaced >= 0) stored.questions.splice(replaced);
    stored.title ||= content.slice(0, 60);
    stored.questions.push({ id: turn.question, content, createdAt, turns: [turn] });
  }

  /** One page of a visitor's conversations. */
  list(visitor: string, cursor: string | null): ConversationList {
    const from = Number(cursor ?? 0);
    const all = [...this.#conversations.values()]
      .filter((stored) => stored.visitor === visitor)
      .map(({ id, title, createdAt, questions }) => {
        const updatedAt = questions.at(-1)?.createdAt ?? createdAt;
        return { id, title, createdAt, updatedAt, messageCount: questions.length * 2 };
      })
      .toReversed()
      .toSorted((a, b) => b.updatedAt - a.updatedAt);
    const next = from + pageSize.conversations;
    return { conversations: all.slice(from, next), next: next < all.length ? String(next) : undefined };
  }

  /** Reads, renames or deletes a conversation. */
  serve(
    { method, conversation, before }: { method: string; conversation: string; before: string | null },
    body: unknown,
  ): Conversation | undefined {
    const stored = this.#conversations.get(conversation);
    if (!stored) throw new ChatError("not_found");
    if (method === "DELETE") this.#conversations.delete(conversation);
    else if (method === "PATCH") stored.title = field(body, "title") ?? "";
    else return this.#read(stored, before);
    return undefined;
  }

  rate(body: unknown): void {
    const answer = field(body, "message") ?? "";
    const rating = field(body, "rating");
    if (rating === "up" || rating === "down") this.#feedback.set(answer, { rating, comment: field(body, "comment") });
    else this.#feedback.delete(answer);
  }

  /** Deletes a visitor's conversations. */
  clear(visitor: string): void {
    for (const { id, visitor: owner } of this.#conversations.values()) {
      if (owner === visitor) this.#conversations.delete(id);
    }
  }

  #read({ id, title, questions }: StoredConversation, before: string | null): Conversation {
    const end = before === null ? questions.length : questions.findIndex((question) => question.id === before);
    const start = Math.max(0, end - pageSize.questions);
    const running = questions.at(-1)?.turns.find(({ isOver }) => !isOver);
    return {
      id,
      title,
      messages: questions.slice(start, end).flatMap((question) => this.#messages(question)),
      previous: start > 0 ? questions[start]?.id : undefined,
      active: running
        ? {
            messageId: running.answer,
            lastEventId: formatEventId({ answer: running.answer, seq: running.events.length }),
          }
        : null,
    };
  }

  #messages({ id, content, createdAt, turns }: StoredQuestion): Message[] {
    const versions = turns.map((turn) => this.#answer(turn));
    const newest = versions.pop();
    const question: Message = { id, role: "user", content, createdAt };
    return newest ? [question, { role: "assistant", replyTo: id, ...newest, versions }] : [question];
  }

  #answer(turn: Turn): Answer {
    const last = turn.events.at(-1);
    const isError = last?.type === "error";
    const finishReason = last?.type === "response" ? last.finishReason : undefined;
    const ended = isError ? "failed" : finishReason === "aborted" ? "aborted" : "complete";
    return {
      id: turn.answer,
      content: contentOf(turn),
      createdAt: turn.createdAt,
      status: turn.isOver ? ended : "running",
      finishReason,
      errorCode: isError ? last.code : undefined,
      citations: last?.type === "response" ? last.citations : [],
      sources: last?.type === "response" ? last.sources : [],
      suggestions: turn.events.findLast((event) => event.type === "suggestions")?.suggestions,
      warnings: [],
      feedback: this.#feedback.get(turn.answer),
    };
  }
}

function field(body: unknown, name: string): string | undefined {
  const value: unknown = Reflect.get(Object(body), name);
  return typeof value === "string" ? value : undefined;
}
