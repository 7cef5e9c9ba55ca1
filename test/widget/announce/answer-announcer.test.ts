import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Conversation } from "../../../protocol/index.ts";
import type { AnnounceMode } from "../../../widget/announce/announce-mode.ts";
import { AnswerAnnouncer } from "../../../widget/announce/answer-announcer.ts";
import { reduce } from "../../../widget/conversation/reduce.ts";
import type { ChatAction } from "../../../widget/conversation/reduce.ts";
import { loadNewest } from "../../../widget/conversation/reduce-history.ts";
import { initialState } from "../../../widget/conversation/state.ts";
import { english as strings } from "../../../widget/strings/languages.ts";

const usage = { inputTokens: 1, outputTokens: 1, source: "provider" } as const;

/** A chat without a view, whose announcements are tested. */
function createChat(announce: AnnounceMode = "sentences") {
  let state = initialState("c");
  let wakes = 0;
  const speech = new AnswerAnnouncer(
    () => (wakes += 1),
    () => [],
  );
  return {
    happens(action: ChatAction): void {
      state = reduce(state, action);
      speech.changed(action, { state, strings, pageLang: "en" }, announce);
    },
    /** Loads a stored conversation. */
    reads(stored: Conversation): void {
      this.happens({ type: "history-loaded", next: loadNewest(state, stored) });
    },
    next: () => speech.next()?.text,
    /** Everything that can be announced by now. */
    says(): string {
      const said: string[] = [];
      for (let words = speech.next()?.text; words !== undefined; words = speech.next()?.text) said.push(words);
      return said.join(" ");
    },
    get wakes() {
      return wakes;
    },
  };
}

function sent(id: string): ChatAction {
  return { type: "sent", id, content: "?", at: 0 };
}

function delta(answer: string, seq: number, content: string): ChatAction {
  return { type: "received", answer, seq, at: 0, event: { type: "delta", content } };
}

function ended(answer: string, seq: number, content: string): ChatAction {
  const timing = { contextMs: null, firstTokenMs: 1, totalMs: 2 };
  const event = { type: "response", messageId: answer, content, finishReason: "stop", usage } as const;
  return { type: "received", answer, seq, at: 0, event: { ...event, citations: [], sources: [], timing } };
}

function stored(content: string, status: "running" | "complete", id = "a"): Conversation {
  const answer = { id, createdAt: 0, status, content, citations: [], sources: [], warnings: [] };
  const messages: Conversation["messages"] = [
    { id: "q", role: "user", content: "?", createdAt: 0 },
    { role: "assistant", replyTo: "q", ...answer },
  ];
  const active = status === "running" ? { messageId: id, lastEventId: `${id}.5` } : null;
  return { id: "c", title: "", messages, active };
}

describe("announcing an answer", () => {
  it("announces an answer that was read instead of streamed", () => {
    const chat = createChat();
    chat.happens(sent("q"));
    chat.reads(stored("One. Two. Three is", "running"));
    assert.equal(chat.says(), "One. Two.");
    chat.reads(stored("One. Two. Three is.", "complete"));
    assert.equal(chat.says(), "Three is.");
  });

  it("announces nothing of stored messages", () => {
    const chat = createChat();
    chat.reads(stored("One. Two. Three is.", "complete"));
    assert.deepEqual([chat.says(), chat.wakes], ["", 0]);
  });

  it("never announces an earlier answer as the new one", () => {
    const chat = createChat();
    chat.happens(sent("q"));
    chat.happens(ended("a", 1, "One."));
    assert.equal(chat.says(), "One.");
    chat.happens({ type: "retried", question: "q" });
    chat.reads(stored("One.", "complete"));
    assert.equal(chat.says(), "");
    chat.happens(ended("b", 1, "Two."));
    assert.equal(chat.says(), "Two.");
  });

  it("continues after a reconnect, and drops the announcement of the broken connection", () => {
    const chat = createChat();
    chat.happens(sent("q"));
    chat.happens(delta("a", 1, "One. Two. Three is"));
    chat.happens({ type: "broken", failure: { code: "interrupted", canRetry: true } });
    chat.happens({ type: "followed", answer: "a" });
    assert.equal(chat.says(), "One. Two.");
    chat.happens(ended("a", 2, "One. Two. Three is."));
    assert.equal(chat.says(), "Three is.");
    assert.equal(chat.says(), "");
  });

  it("announces a broken connection after the text so far", () => {
    const chat = createChat();
    chat.happens(sent("q"));
    chat.happens(delta("a", 1, "One. Two. Three is"));
    chat.happens({ type: "broken", failure: { code: "interrupted", canRetry: true } });
    assert.equal(chat.says(), `One. Two. ${strings.failures.interrupted}`);
  });

  it("drops text that was not announced before the next question", () => {
    const chat = createChat();
    chat.happens(sent("q"));
    chat.happens(ended("a", 1, "One. Two."));
    assert.equal(chat.next(), "One. Two.");
    chat.happens(sent("r"));
    chat.happens(ended("b", 1, "Three."));
    chat.happens(sent("s"));
    chat.happens(ended("c", 1, "Four. Five."));
    assert.equal(chat.says(), "Four. Five.");
  });

  it("announces the whole answer after a reload if nothing was announced before", () => {
    const chat = createChat("answer");
    chat.reads(stored("One. Two. Three is", "running"));
    chat.happens({ type: "followed", answer: "a" });
    chat.happens(delta("a", 6, " here"));
    assert.equal(chat.says(), "");
    chat.happens(ended("a", 7, "One. Two. Three is here."));
    assert.equal(chat.says(), "One. Two. Three is here.");
  });
});
