import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ChatEvent, Conversation } from "../../../protocol/index.ts";
import { backoffMs } from "../../../widget/conversation/backoff.ts";
import { reduce } from "../../../widget/conversation/reduce.ts";
import type { ChatAction } from "../../../widget/conversation/reduce.ts";
import { loadNewest } from "../../../widget/conversation/reduce-history.ts";
import { readTabState } from "../../../widget/conversation/tab-state.ts";
import { initialState } from "../../../widget/conversation/state.ts";
import type { ChatState } from "../../../widget/conversation/state.ts";
import { groupByAge } from "../../../widget/conversation-list/group-by-age.ts";
import { readConversation } from "../../../widget/transport/conversation.ts";
import { HeldBackError, readEvents } from "../../../widget/transport/stream.ts";

const nothing = { citations: [], sources: [], warnings: [] };

function stored(content: string, seq?: number): Conversation {
  const isRunning = seq !== undefined;
  return {
    id: "c1",
    title: "Why",
    messages: [
      { id: "q1", role: "user", content: "Why?", createdAt: 1 },
      {
        ...{ id: "a1", role: "assistant", replyTo: "q1", content, createdAt: 2, ...nothing },
        status: isRunning ? "running" : "complete",
      },
    ],
    active: isRunning ? { messageId: "a1", lastEventId: `a1.${seq}` } : null,
  };
}

type Step = (state: ChatState) => ChatState;
const doing =
  (action: ChatAction): Step =>
  (state) =>
    reduce(state, action);
const load =
  (conversation: Conversation): Step =>
  (state) =>
    reduce(state, { type: "history-loaded", next: loadNewest(state, conversation) });
const delta = (seq: number, content: string): Step =>
  doing({ type: "received", ...{ answer: "a1", seq, at: 5, event: { type: "delta", content } } });
const after = (...steps: Step[]): ChatState => steps.reduce((state, step) => step(state), initialState("c1"));

describe("a stored conversation", () => {
  it("resumes just after the last event that it contains", () => {
    const state = after(
      load(stored("Be", 2)),
      doing({ type: "followed", answer: "a1" }),
      delta(2, "e"),
      delta(3, "cause"),
    );
    assert.equal(state.messages[1]?.content, "Because");
    assert.equal(state.title, "Why");
  });

  it("follows an answer without text from its beginning, for what it is doing and what its model thinks", () => {
    const event = (seq: number, event: ChatEvent) => doing({ type: "received", answer: "a1", seq, at: 5, event });
    const steps = [
      load(stored("", 3)),
      doing({ type: "followed", answer: "a1" }),
      event(1, { type: "status", status: "reasoning" }),
      event(2, { type: "reasoning", content: "Hm" }),
      event(3, { type: "reasoning", content: "…" }),
    ];
    const broken = doing({ type: "broken", failure: { code: "interrupted", canRetry: true } });
    for (const state of [after(...steps), after(...steps, broken, ...steps), after(...steps, load(stored("", 5)))]) {
      const [, answer] = state.messages;
      assert.ok(answer?.role === "assistant" && answer.status === "running");
      assert.deepEqual([answer.progress, answer.reasoning, answer.seq], ["reasoning", "Hm…", 3]);
    }
  });

  it("does not replace an answer that is further along here", () => {
    const ahead = after(load(stored("Be", 2)), doing({ type: "followed", answer: "a1" }), delta(3, "cause"));
    assert.equal(load(stored("Be", 2))(ahead).messages[1]?.content, "Because");
  });

  it("ends a turn whose stream cannot be followed", () => {
    const state = after(load(stored("Be", 2)), doing({ type: "followed", answer: "a1" }), load(stored("Because.")));
    assert.equal(state.turn.phase, "idle");
    assert.equal(state.messages[1]?.content, "Because.");
  });

  it("keeps undelivered questions, and restores the messages that a withdrawn edit replaced", () => {
    const edited = after(
      load(stored("Because.")),
      doing({ type: "sent", id: "q2", content: "How?", at: 3, replaces: "q1" }),
    );
    assert.deepEqual(
      edited.messages.map(({ id }) => id),
      ["q2"],
    );
    const read = load(stored("Because."))(edited);
    assert.deepEqual(
      read.messages.map(({ id }) => id),
      ["q2"],
    );
    const back = reduce(read, { type: "withdrawn", question: "q2" });
    assert.deepEqual(
      back.messages.map(({ id }) => id),
      ["q1", "a1"],
    );
  });

  it("ignores invalid messages", () => {
    const value = { id: "c1", messages: [null, { id: 3 }, { id: "q", role: "user", content: "x", createdAt: 1 }] };
    assert.deepEqual(
      readConversation(value)?.messages.map(({ id }) => id),
      ["q"],
    );
    assert.equal(readConversation("<html>"), undefined);
  });
});

describe("saved tab state", () => {
  it("restores questions that were being sent, with their ids", () => {
    const delivery = { state: "queued" };
    const tabState = readTabState({
      conversation: "c1",
      undelivered: [{ id: "q1", content: "Why?", createdAt: 1, delivery }],
    });
    assert.deepEqual(tabState?.undelivered[0]?.delivery, { state: "sending" });
    assert.equal(tabState?.undelivered[0]?.id, "q1");
    assert.equal(readTabState({ conversation: 1 }), undefined);
  });
});

describe("backoff", () => {
  it("doubles up to 15 s, with jitter of a half", () => {
    assert.deepEqual(
      [0, 1, 2, 3, 4, 9].map((attempt) => backoffMs(attempt, 1)),
      [1000, 2000, 4000, 8000, 15000, 15000],
    );
    assert.equal(backoffMs(0, 0), 500);
  });
});

describe("groupByAge", () => {
  it("groups by day, newest first", () => {
    const now = new Date(2026, 10, 21, 9).getTime();
    const at = (day: number) => new Date(2026, 10, day, 23).getTime();
    const list = [now, at(20), at(16), at(14)].map((updatedAt, id) => {
      return { id: String(id), title: "", createdAt: 0, updatedAt, messageCount: 1 };
    });
    assert.deepEqual(
      groupByAge(list, now).map(({ age }) => age),
      ["today", "yesterday", "thisWeek", "earlier"],
    );
  });
});

describe("a silent stream", () => {
  const silent = (first?: string) =>
    new ReadableStream<Uint8Array>({
      start: (controller) => (first ? controller.enqueue(new TextEncoder().encode(first)) : undefined),
    });
  const patience = { firstByteMs: 20, silenceMs: 40 };

  it("is held back if not even the first comment arrives", async () => {
    await assert.rejects(
      readEvents(silent(), () => undefined, patience),
      HeldBackError,
    );
  });

  it("is interrupted if the comments stop", async () => {
    const error: unknown = await readEvents(silent(": hello\n\n"), () => undefined, patience).catch((e: unknown) => e);
    assert.ok(error instanceof Error && !(error instanceof HeldBackError));
  });
});
