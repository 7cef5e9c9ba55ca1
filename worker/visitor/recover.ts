import { parseChatEvent } from "../../protocol/index.ts";
import { estimateTokens } from "../prompt/tokens.ts";
import { terminalEvent, type AnswerRecord } from "./answer.ts";
import type { VisitorStore } from "./store.ts";
import { frameData, writeFrame } from "./turn-log.ts";

/**
 * Ends the turns that a crash, a deploy or an eviction broke: as `upstream_truncated`, with what was saved of them. The
 * terminal event takes the first number that was never promised, so no follower can have seen another event under it.
 */
export function recoverTurns(store: VisitorStore, now: number): void {
  for (const record of store.runningAnswers()) {
    const content = savedContent(store, record);
    const usage = {
      inputTokens: record.details.estimatedInputTokens,
      outputTokens: estimateTokens(content),
      source: "estimated" as const,
    };
    const details = { ...record.details, errorCode: "upstream_truncated" as const, usage };
    const end = { id: record.id, status: "failed" as const, content, details };
    const lastSeq = record.reservedSeq + 1;
    store.append(record.id, lastSeq, lastSeq, writeFrame(record.id, lastSeq, "error", terminalEvent(end)));
    store.endTurn({ ...end, lastSeq }, now);
  }
}

function savedContent(store: VisitorStore, record: AnswerRecord): string {
  const data = store.batches(record.id).flatMap((batch) => frameData(batch.frames));
  return data
    .map(parseChatEvent)
    .map((event) => (event?.type === "delta" ? event.content : ""))
    .join("");
}
