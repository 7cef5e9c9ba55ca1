import { parseChatEvent, type ChatEvent, type Citation } from "../../protocol/index.ts";
import { estimateTokens } from "../prompt/tokens.ts";
import { fitDetails, terminalEvent, type AnswerRecord } from "../turn/answer.ts";
import type { TurnStart } from "./records.ts";
import type { VisitorStore } from "./store.ts";
import { frameData, writeFrame } from "../turn/frames.ts";

/**
 * Ends the turns that a crash, a deploy or an eviction broke. A turn that was only announced counts as begun: the
 * provider may have been asked, and a follower may have seen its first events.
 * @param now milliseconds since the epoch
 * @param answer ends only the turn of this answer; without it, all of them
 */
export function recoverTurns(store: VisitorStore, now: number, answer?: string): void {
  const isMeant = (id: string) => answer === undefined || id === answer;
  for (const start of store.announcedTurns()) if (isMeant(start.answer.id)) beginAnnounced(store, start);
  for (const record of store.runningAnswers()) if (isMeant(record.id)) recoverTurn(store, record, now);
}

/**
 * Begins a turn that was only announced. If its ids are in use by now, the turn is dropped instead. Recovery runs in
 * the object's constructor, so an error there would keep the object from ever starting again.
 */
function beginAnnounced(store: VisitorStore, start: TurnStart): void {
  const { message, answer } = start;
  const isFree = store.answer(answer.id) === undefined && !(message.isNew && store.message(message.id));
  store.transaction(() => {
    store.withdrawTurn(answer.id);
    if (isFree) store.beginTurn(start);
  });
}

/**
 * Ends a turn that nothing writes to any longer. It ends as `upstream_truncated`, with the part of the answer that was
 * stored. The terminal event takes the first number that was never reserved, so no follower can have seen another event
 * with that number.
 * @param now milliseconds since the epoch
 */
function recoverTurn(store: VisitorStore, record: AnswerRecord, now: number): void {
  const events = savedEvents(store, record);
  const pieces = events.map((event) => (event.type === "delta" ? event.content : ""));
  const content = pieces.join("").toWellFormed();
  const citations = events.flatMap((event): Citation[] => (event.type === "citation" ? [toCitation(event)] : []));
  const suggested = events.findLast((event) => event.type === "suggestions");
  const { suggestions, handover } = suggested ?? {};
  const usage = {
    inputTokens: record.details.estimatedInputTokens,
    outputTokens: estimateTokens(content),
    source: "estimated" as const,
  };
  const details = fitDetails({
    ...record.details,
    citations,
    suggestions,
    handover,
    errorCode: "upstream_truncated",
    usage,
  });
  const end = { id: record.id, status: "failed" as const, content, details };
  const lastSeq = record.reservedSeq + 1;
  store.transaction(() => {
    const frames = writeFrame(record.id, lastSeq, "error", terminalEvent(end));
    store.append(record.id, { firstSeq: lastSeq, lastSeq, frames });
    store.endAnswer({ ...end, lastSeq }, record, now);
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
