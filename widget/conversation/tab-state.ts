import type { Question, ScrollAnchor } from "./state.ts";

/** Where a visitor is in this tab. It goes with him from page to page. */
export interface TabState {
  /** Whether the panel is open; undefined where he has neither opened nor closed it. */
  isOpen?: boolean;
  conversation: string;
  draft: string;
  /** What the worker has not taken yet. */
  undelivered: readonly Question[];
  /** Whether the worker has messages of the conversation. */
  isStored: boolean;
  /** Whether there is something to be done even in a closed panel. */
  isPending: boolean;
  scrollAnchor?: ScrollAnchor;
}

/**
 * Reads a place from storage, where anything may have been put.
 * @returns undefined where there is none
 */
export function readTabState(value: unknown): TabState | undefined {
  if (!isRecord(value) || typeof value["conversation"] !== "string") return undefined;
  const { conversation, isOpen, draft, undelivered, isStored, isPending, scrollAnchor } = value;
  const hasAnchor =
    isRecord(scrollAnchor) &&
    typeof scrollAnchor["message"] === "string" &&
    typeof scrollAnchor["offsetPx"] === "number";
  return {
    conversation,
    isOpen: typeof isOpen === "boolean" ? isOpen : undefined,
    draft: typeof draft === "string" ? draft : "",
    undelivered: Array.isArray(undelivered) ? undelivered.flatMap(readQuestion) : [],
    isStored: isStored === true,
    isPending: isPending === true,
    scrollAnchor: hasAnchor
      ? { message: String(scrollAnchor["message"]), offsetPx: Number(scrollAnchor["offsetPx"]) }
      : undefined,
  };
}

/** A question that had failed has done so for reasons of that moment: it can be tried again. */
function readQuestion(value: unknown): Question[] {
  if (!isRecord(value)) return [];
  const { id, content, createdAt, delivery, replaced } = value;
  if (typeof id !== "string" || typeof content !== "string" || typeof createdAt !== "number") return [];
  const hasFailed = isRecord(delivery) && delivery["state"] === "failed";
  const first: unknown = Array.isArray(replaced) ? replaced[0] : undefined;
  const replaces = isRecord(first) && typeof first["id"] === "string" ? first["id"] : undefined;
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

/** Of what a question replaces, its id is all that counts: the rest is read from the worker. */
function placeholder(id: string): Question {
  return { role: "user", id, content: "", createdAt: 0, delivery: { state: "sent" } };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
