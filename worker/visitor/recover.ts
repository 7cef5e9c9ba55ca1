import { parseChatEvent, type ChatEvent, type Citation } from "../../protocol/index.ts";
import { estimateTokens } from "../prompt/tokens.ts";
import { terminalEvent, type AnswerRecord } from "./answer.ts";
import type { VisitorStore } from "./store.ts";
import { frameData, writeFrame } from "./turn-log.ts";

/**
 * Ends the turns that a crash, a deploy or an eviction broke.
 * @param now milliseconds since the epoch
 */
export function recoverTurns(store: VisitorStore, now: number): void {
  for (const record of store.runningAnswers()) recoverTurn(store, record, now);
}

/**
 * Ends a turn that nothing is writing any more: as `upstream_truncated`, with what was saved of it. The terminal event
 * takes the first number that was never promised, so no follower can have seen another event under it.
 * @param now milliseconds since the epoch
 */
export function recoverTurn(store: VisitorStore, record: AnswerRecord, now: number): void {
  const events = savedEvents(store, record);
  const content = events.map((event) => (event.type === "delta" ? event.content : "")).join("");
  const citations = events.flatMap((event): Citation[] => (event.type === "citation" ? [toCitation(event)] : []));
  const usage = {
    inputTokens: record.details.estimatedInputTokens,
    outputTokens: estimateTokens(content),
    source: "estimated" as const,
  };
  const details = { ...record.details, citations, errorCode: "upstream_truncated" as const, usage };
  const end = { id: record.id, status: "failed" as const, content, details };
  const lastSeq = record.reservedSeq + 1;
  store.transaction(() => {
    store.append(record.id, lastSeq, lastSeq, writeFrame(record.id, lastSeq, "error", terminalEvent(end)));
    store.endTurn({ ...end, lastSeq }, now);
  });
}

function savedEvents(store: VisitorStore, record: AnswerRecord): ChatEvent[] {
  return store
    .batches(record.id)
    .flatMap((batch) => frameData(batch.frames))
    .flatMap((data) => parseChatEvent(data) ?? []);
}

function toCitation({ index, quote, at }: Citation): Citation {
  return { index, quote, at };
}
