import { isRecord, text } from "../transport/json.ts";
import type { Question, ScrollAnchor } from "./state.ts";

/** The state of a tab, which is kept from page to page. */
export interface TabState {
  /** The worker's reference to the visitor whose state this is; undefined before there is a session. */
  visitor?: string;
  /** Whether the panel is open; undefined if the visitor has neither opened nor closed it. */
  isOpen?: boolean;
  conversation: string;
  draft: string;
  /** The questions that the worker has not accepted yet. */
  undelivered: readonly Question[];
  /** Whether the worker has messages of the conversation. */
  isStored: boolean;
  /** Whether a turn is running. It continues even if the panel is closed. */
  isPending: boolean;
  scrollAnchor?: ScrollAnchor;
}

/**
 * Reads a tab's state from storage, which may contain anything.
 * @returns undefined if there is none
 */
export function readTabState(value: unknown): TabState | undefined {
  if (!isRecord(value) || typeof value["conversation"] !== "string") return undefined;
  const { visitor, conversation, isOpen, draft, undelivered, isStored, isPending, scrollAnchor } = value;
  const hasAnchor =
    isRecord(scrollAnchor) &&
    typeof scrollAnchor["message"] === "string" &&
    typeof scrollAnchor["offsetPx"] === "number";
  return {
    visitor: text(visitor),
    conversation,
    isOpen: typeof isOpen === "boolean" ? isOpen : undefined,
    draft: text(draft) ?? "",
    undelivered: Array.isArray(undelivered) ? undelivered.flatMap(readQuestion) : [],
    isStored: isStored === true,
    isPending: isPending === true,
    scrollAnchor: hasAnchor
      ? { message: String(scrollAnchor["message"]), offsetPx: Number(scrollAnchor["offsetPx"]) }
      : undefined,
  };
}

/** Reads a question. If sending it failed before, it can be tried again, because the reason may be gone. */
function readQuestion(value: unknown): Question[] {
  if (!isRecord(value)) return [];
  const { id, content, createdAt, delivery, replaced } = value;
  if (typeof id !== "string" || typeof content !== "string" || typeof createdAt !== "number") return [];
  const hasFailed = isRecord(delivery) && delivery["state"] === "failed";
  const first: unknown = Array.isArray(replaced) ? replaced[0] : undefined;
  const replaces = isRecord(first) ? text(first["id"]) : undefined;
  return [
    {
      role: "user",
      id,
      content,
      createdAt,
      delivery: hasFailed
        ? { state: "failed", failure: { code: "unreachable", canRetry: true } }
        : { state: "sending" },
      replaced: replaces === undefined ? undefined : [placeholder(replaces)],
    },
  ];
}

/** Stands for a question that is replaced. Only its id matters; the rest is read from the worker. */
function placeholder(id: string): Question {
  return { role: "user", id, content: "", createdAt: 0, delivery: { state: "sent" } };
}
