import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ChatEvent } from "../../../protocol/index.ts";
import { reduce } from "../../../widget/conversation/reduce.ts";
import type { ChatAction } from "../../../widget/conversation/reduce.ts";
import { initialState } from "../../../widget/conversation/state.ts";
import type { ChatState } from "../../../widget/conversation/state.ts";

const usage = { inputTokens: 1, outputTokens: 1, source: "provider" } as const;
const timing = { contextMs: null, firstTokenMs: 1, totalMs: 2 };

const asked: ChatAction = { type: "sent", id: "q1", content: "Why?", at: 1 };

const received = (seq: number, event: ChatEvent, answer = "a1"): ChatAction => ({
  type: "received",
  answer,
  seq,
  event,
  at: 5,
});

const delta = (seq: number, content: string, answer?: string) => received(seq, { type: "delta", content }, answer);

const ended = (seq: number, content: string, answer = "a1") =>
  received(
    seq,
    { type: "response", messageId: answer, content, finishReason: "stop", usage, citations: [], sources: [], timing },
    answer,
  );

const failed = (seq: number, content: string): ChatAction =>
  received(seq, {
    type: "error",
    messageId: "a1",
    code: "upstream_truncated",
    message: "",
    requestId: "r",
    retryable: true,
    retryAfterMs: 10,
    usage,
    content,
  });

const after = (...actions: ChatAction[]): ChatState => actions.reduce(reduce, initialState("c1"));

describe("reduce", () => {
  it("joins deltas, and replaces them with the final text", () => {
    const running = after(asked, delta(1, "Be"), delta(2, "cau"));
    assert.equal(running.messages[1]?.content, "Becau");
    assert.equal(running.turn.phase, "answering");
    const done = reduce(running, ended(3, "Because."));
    assert.equal(done.messages[1]?.content, "Because.");
    assert.equal(done.turn.phase, "idle");
  });

  it("marks the question as delivered with the first event", () => {
    const [question] = after(asked, delta(1, "x")).messages;
    assert.deepEqual(question?.role === "user" && question.delivery, { state: "sent" });
  });

  it("titles the conversation after its first question, like the worker, unless it has a title", () => {
    assert.equal(after(asked).title, "");
    assert.equal(after(asked, delta(1, "x")).title, "Why?");
    assert.equal(after({ type: "renamed", title: "Reasons" }, asked, delta(1, "x")).title, "Reasons");
  });

  it("ignores repeated events and those of another turn", () => {
    const once = after(asked, delta(1, "a"), delta(2, "b"));
    assert.equal(reduce(once, delta(2, "b")), once);
    assert.equal(reduce(once, delta(1, "a")), once);
    assert.equal(reduce(once, delta(3, "c", "a2")), once);
    const done = reduce(once, ended(3, "ab"));
    assert.equal(reduce(done, ended(3, "ab")), done);
  });

  it("never changes the state that it is given", () => {
    const actions = [asked, delta(1, "a"), received(2, { type: "citation", index: 1, at: 0 }), ended(3, "a")];
    let state = initialState("c1");
    for (const action of actions) {
      const before = structuredClone(state);
      const next = reduce(state, action);
      assert.deepEqual(state, before);
      state = next;
    }
  });

  it("keeps the partial answer of an error, with the time of the next try", () => {
    const answer = after(asked, delta(1, "Half"), failed(2, "Half")).messages[1];
    assert.ok(answer?.role === "assistant");
    assert.equal(answer.content, "Half");
    assert.deepEqual(answer.failure, { code: "upstream_truncated", canRetry: true, requestId: "r", retryAt: 15 });
  });

  it("replaces a failed answer with the new one, and keeps it as a version", () => {
    const state = after(
      asked,
      delta(1, "Half"),
      failed(2, "Half"),
      { type: "retried", question: "q1" },
      ended(1, "Whole", "a2"),
    );
    assert.deepEqual(
      state.messages.map(({ id }) => id),
      ["q1", "a2"],
    );
    const answer = state.messages[1];
    assert.deepEqual(answer?.role === "assistant" && answer.versions.map(({ content }) => content), ["Half"]);
  });

  it("resumes after the last event when a broken stream is followed again", () => {
    const failure = { code: "interrupted", canRetry: true } as const;
    const broken = after(asked, delta(1, "a"), delta(2, "b"), { type: "broken", failure });
    const state = [{ type: "followed", answer: "a1" } as const, delta(2, "b"), delta(3, "c")].reduce(reduce, broken);
    assert.equal(state.messages[1]?.content, "abc");
  });

  it("keeps a refused question that can be retried, and sends it again with its id, as the last one", () => {
    const failure = { code: "internal", canRetry: true } as const;
    const refused = after(asked, { type: "refused", question: "q1", failure });
    assert.deepEqual(
      refused.messages.map(({ id }) => id),
      ["q1"],
    );
    assert.equal(refused.turn.phase, "idle");
    const later = [{ ...asked, id: "q2" }, ended(1, "Yes", "a2")].reduce(reduce, refused);
    const again = reduce(later, { type: "retried", question: "q1" });
    assert.deepEqual(
      again.messages.map(({ id }) => id),
      ["q2", "a2", "q1"],
    );
    assert.equal(again.turn.phase, "waiting");
  });

  it("returns a refused text to the composer if a retry cannot help", () => {
    const failure = { code: "prompt_too_long", canRetry: false } as const;
    const state = after(asked, { type: "refused", question: "q1", failure });
    assert.equal(state.draft, "Why?");
    assert.equal(state.messages.length, 0);
    assert.deepEqual(state.notice, failure);
    assert.equal(reduce(state, { type: "drafted", text: "Why" }).notice, undefined);
  });

  it("does not overwrite a newer draft", () => {
    const failure = { code: "prompt_too_long", canRetry: false } as const;
    const state = after(asked, { type: "drafted", text: "Next" }, { type: "refused", question: "q1", failure });
    assert.equal(state.draft, "Next");
    assert.equal(state.messages.length, 1);
    assert.equal(reduce(state, { type: "withdrawn", question: "q1" }).draft, "Why?\nNext");
  });

  it("marks the answer, not the question, if regenerating is refused", () => {
    const failure = { code: "rate_limited", canRetry: true } as const;
    const state = after(
      asked,
      failed(1, "Half"),
      { type: "retried", question: "q1" },
      { type: "refused", question: "q1", failure },
    );
    const [question, answer] = state.messages;
    assert.deepEqual(question?.role === "user" && question.delivery, { state: "sent" });
    assert.deepEqual(answer?.role === "assistant" && answer.failure, failure);
  });

  it("restarts with the same profile", () => {
    const state = reduce(after(asked), { type: "restarted", conversation: "c2" });
    assert.deepEqual(state, { ...initialState("c2") });
  });
});
