import { isErrorCode } from "../../protocol/index.ts";
import type { Answer, Conversation, ConversationList, ConversationSummary, Message } from "../../protocol/index.ts";
import { isRecord, number, text } from "./json.ts";

/**
 * Reads a stored conversation. Invalid messages are ignored, and fields that an older worker omits get a default.
 * @returns the conversation, or undefined if the value is not one
 */
export function readConversation(value: unknown): Conversation | undefined {
  if (!isRecord(value) || typeof value["id"] !== "string" || !Array.isArray(value["messages"])) return undefined;
  const { id, active, previous } = value;
  const isActive =
    isRecord(active) && typeof active["messageId"] === "string" && typeof active["lastEventId"] === "string";
  return {
    id,
    title: text(value["title"]) ?? "",
    messages: value["messages"].map(readMessage).filter((message) => message !== undefined),
    previous: text(previous),
    active: isActive ? { messageId: String(active["messageId"]), lastEventId: String(active["lastEventId"]) } : null,
  };
}

/** Reads a page of the list of conversations. Invalid entries are ignored. */
export function readList(value: unknown): ConversationList {
  if (!isRecord(value) || !Array.isArray(value["conversations"])) return { conversations: [] };
  const conversations = value["conversations"].map(readSummary).filter((summary) => summary !== undefined);
  return { conversations, next: text(value["next"]) };
}

function readSummary(value: unknown): ConversationSummary | undefined {
  if (!isRecord(value) || typeof value["id"] !== "string") return undefined;
  return {
    id: value["id"],
    title: text(value["title"]) ?? "",
    createdAt: number(value["createdAt"]) ?? 0,
    updatedAt: number(value["updatedAt"]) ?? 0,
    messageCount: number(value["messageCount"]) ?? 0,
  };
}

function readMessage(value: unknown): Message | undefined {
  if (!isRecord(value) || typeof value["id"] !== "string") return undefined;
  const { id, role, replyTo, versions } = value;
  if (role === "user")
    return { role, id, content: text(value["content"]) ?? "", createdAt: number(value["createdAt"]) ?? 0 };
  if (role !== "assistant" || typeof replyTo !== "string") return undefined;
  const earlier = Array.isArray(versions) ? versions.filter(isRecord).map(readAnswer) : undefined;
  return { role, replyTo, ...readAnswer(value), versions: earlier };
}

/** Fields of an unexpected shape are ignored: the view needs only the text. */
function readAnswer(value: Record<string, unknown>): Answer {
  const { status, finishReason, errorCode } = value;
  const answer: Answer = {
    id: String(value["id"]),
    content: text(value["content"]) ?? "",
    createdAt: number(value["createdAt"]) ?? 0,
    status: status === "running" || status === "aborted" || status === "failed" ? status : "complete",
    citations: records(value["citations"]).flatMap(({ index, quote, at }) =>
      typeof index === "number" && typeof at === "number" ? [{ index, at, quote: text(quote) }] : [],
    ),
    sources: records(value["sources"]).flatMap(({ index, id, title, url, snippet }) =>
      typeof index === "number" && typeof title === "string"
        ? [{ index, id: String(id), title, url: text(url), snippet: text(snippet) }]
        : [],
    ),
    warnings: [],
  };
  if (Array.isArray(value["suggestions"])) answer.suggestions = value["suggestions"].filter((each) => text(each));
  if (value["handover"] === true) answer.handover = true;
  const reason = (["stop", "length", "content_filter", "refusal", "aborted"] as const).find((r) => r === finishReason);
  if (reason) answer.finishReason = reason;
  if (isErrorCode(errorCode)) answer.errorCode = errorCode;
  const feedback = isRecord(value["feedback"]) ? value["feedback"] : {};
  const { rating } = feedback;
  if (rating === "up" || rating === "down") answer.feedback = { rating, comment: text(feedback["comment"]) };
  return answer;
}

function records(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
