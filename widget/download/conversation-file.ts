import type { AnswerStatus, Citation, Conversation, Feedback, Message, Source } from "../../protocol/index.ts";
import type { AssistantMessage, ErrorCode, FinishReason } from "../../protocol/index.ts";
import type { Question } from "../conversation/state.ts";
import { safeLink } from "../view/safe-link.ts";

/** A downloaded conversation. `docs/downloads.md` describes it; times are in ISO 8601. */
export interface ConversationFile {
  format: "rivulet-chat.conversation";
  /** Another number means that a field was removed or has another meaning. */
  version: 1;
  downloadedAt: string;
  assistant: { id: string; title: string };
  id: string;
  title: string;
  /** Oldest first. */
  messages: FileMessage[];
}

export type FileMessage = FileQuestion | FileAnswer;

export interface FileQuestion {
  role: "user";
  id: string;
  createdAt: string;
  content: string;
  /** Set if the worker has not received the message, which is then only in the browser. */
  isUndelivered?: true;
}

export interface FileAnswer extends AnswerVersion {
  role: "assistant";
  /** Id of the question. */
  replyTo: string;
  /** Earlier answers to the same question, oldest first. */
  versions?: AnswerVersion[];
}

interface AnswerVersion {
  id: string;
  createdAt: string;
  /** In Markdown. */
  content: string;
  status: AnswerStatus;
  finishReason?: FinishReason;
  errorCode?: ErrorCode;
  citations: Citation[];
  /** With full URLs. */
  sources: Source[];
  feedback?: Feedback;
  aiGenerated: true;
  digitalSourceType: typeof generated;
}

/** What a model has written. @see https://cv.iptc.org/newscodes/digitalsourcetype/ */
const generated = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";

/** What a conversation's file is made from. */
export interface FileParts {
  assistant: { id: string; title: string };
  stored: Pick<Conversation, "id" | "title" | "messages">;
  /** The questions that the worker does not have. */
  undelivered: readonly Question[];
  /** Milliseconds since the epoch. */
  now: number;
}

/** Makes the content of a conversation's file. */
export function conversationFile({ assistant, stored, undelivered, now }: FileParts): ConversationFile {
  const known = new Set(stored.messages.map(({ id }) => id));
  const others = undelivered.filter(({ id }) => !known.has(id));
  return {
    format: "rivulet-chat.conversation",
    version: 1,
    downloadedAt: iso(now),
    assistant,
    id: stored.id,
    title: stored.title || (others[0]?.content.slice(0, 60) ?? ""),
    messages: [
      ...stored.messages.map(messageOf),
      ...others.map((question): FileQuestion => ({ ...questionOf(question), isUndelivered: true })),
    ],
  };
}

function messageOf(message: Message): FileMessage {
  if (message.role === "user") return questionOf(message);
  const { replyTo, versions = [] } = message;
  const earlier = versions.length > 0 ? versions.map(versionOf) : undefined;
  return { role: "assistant", replyTo, ...versionOf(message), versions: earlier };
}

function questionOf({ id, createdAt, content }: Pick<Question, "id" | "createdAt" | "content">): FileQuestion {
  return { role: "user", id, createdAt: iso(createdAt), content };
}

function versionOf(answer: Omit<AssistantMessage, "role" | "replyTo" | "versions">): AnswerVersion {
  const { id, createdAt, content, status, finishReason, errorCode, citations, feedback } = answer;
  const sources = answer.sources.map((source) => ({ ...source, url: safeLink(source.url) }));
  return {
    ...{ id, createdAt: iso(createdAt), content, status, finishReason, errorCode, citations, sources, feedback },
    aiGenerated: true,
    digitalSourceType: generated,
  };
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
