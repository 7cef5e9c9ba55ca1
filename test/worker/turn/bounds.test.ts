// A provider that sends too much besides the answer's text: what does not fit is left out, and the conversation
// continues, even after the worker was killed.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Answer } from "../../../protocol/index.ts";
import {
  anthropicAnswer,
  anthropicFrame,
  insertAfter,
  stallAfter,
  startFaultServer,
  type FaultServer,
  type Scenario,
  type Step,
} from "../../fault-server/index.ts";
import { ending, TestVisitor } from "../../support/client.ts";
import { eventually } from "../../support/eventually.ts";
import { makeFolder, removeFolder, type TestWorker } from "../../support/worker.ts";
import { startTurnWorker } from "../support/rig.ts";
import { storedVisitors } from "../support/state.ts";

/** The platform's limit for the size of a row, in bytes. */
const maxRowBytes = 2_000_000;

const text = ["High tide ", "is at four."];
const megabytes = (count: number) => "x".repeat(count * 1024 * 1024);

/** How many frames come before the citations, which follow the text. */
const framesOfText = 4;

function citation(words: string): Step {
  const place = { type: "search_result_location", search_result_index: 0, start_block_index: 0, end_block_index: 1 };
  const delta = { type: "citations_delta", citation: { ...place, cited_text: words, source: "s", title: "t" } };
  return anthropicFrame({ type: "content_block_delta", index: 0, delta });
}

const citations = Array.from({ length: 4000 }, (_, at) => citation(`${at} ${"太陽".repeat(500)}`));
const escaped = "\u0001".repeat(250_000);
const wholeText = text.join("");

/** What the provider sends, by name, with the answer's expected text and finish reason. */
const scenarios: Record<string, { scenario: Scenario; content: string; finishReason: string }> = {
  "citations of 12 MB": ended(insertAfter(framesOfText, citations, anthropicAnswer({ text }))),
  "a citation of 3 MB": ended(insertAfter(framesOfText, [citation(megabytes(3))], anthropicAnswer({ text }))),
  "details of the end with 3 MB": ended(anthropicAnswer({ text, stopDetails: { explanation: megabytes(3) } })),
  "usage of 3 MB": ended(anthropicAnswer({ text, usage: { output_tokens: 5, details: { more: megabytes(3) } } })),
  "a model's name of 3 MB": ended(anthropicAnswer({ text, model: megabytes(3) })),
  "reasoning of 5 MB in one piece": ended(anthropicAnswer({ text, thinking: [megabytes(5)] })),
  "reasoning of 5 MB in 5,000 pieces": ended(
    anthropicAnswer({ text, thinking: Array.from({ length: 5000 }, () => "y".repeat(1024)) }),
  ),
  "the longest answer, escaped, with citations of 12 MB": {
    scenario: insertAfter(2, citations, anthropicAnswer({ text: [escaped] })),
    content: escaped.slice(0, 200_000),
    finishReason: "length",
  },
};

function ended(scenario: Scenario) {
  return { scenario, content: wholeText, finishReason: "stop" };
}

let upstream: FaultServer;
let worker: TestWorker;
let state: string;

before(async () => {
  upstream = await startFaultServer();
  state = await makeFolder("state");
  worker = await startTurnWorker(upstream, { state, isAlone: true });
});
after(async () => {
  await worker.stop();
  await upstream.close();
  await removeFolder(state);
});

async function killAndRestart(): Promise<void> {
  await worker.kill();
  worker = await startTurnWorker(upstream, { state, isAlone: true });
}

async function storedAnswer(visitor: TestVisitor, conversation: string): Promise<Answer> {
  const [, answer] = (await visitor.at(worker.url).read(conversation)).messages;
  assert.ok(answer?.role === "assistant");
  return answer;
}

async function assertContinues(visitor: TestVisitor, conversation: string): Promise<void> {
  upstream.script();
  assert.equal(ending(await visitor.at(worker.url).ask("And then?", { conversation })).content, "Hello.");
}

/** The conversations, by scenario. */
const asked = new Map<string, { visitor: TestVisitor; conversation: string }>();

describe("a provider sends", () => {
  for (const [name, { scenario, content, finishReason }] of Object.entries(scenarios)) {
    test(name, async () => {
      upstream.script(scenario);
      // The assistant exposes reasoning and the provider's own data, so most of what is sent could reach the browser.
      const visitor = await TestVisitor.arrive(worker.url, "chatty-cited");
      const conversation = crypto.randomUUID();
      asked.set(name, { visitor, conversation });
      const streamed = await visitor.ask("When is high tide?", { conversation });
      const last = ending(streamed);
      assert.ok(last.type === "response", JSON.stringify(last).slice(0, 300));
      assert.deepEqual([last.finishReason, last.content === content], [finishReason, true]);
      const shown = streamed.frames.filter(({ event }) => event.type === "citation").length;
      assert.equal(last.citations.length, shown);
      assert.equal(last.citations.length > 0, name.includes("citation"));
      const warnings = streamed.frames.filter(({ event }) => event.type === "warning").length;
      assert.ok(warnings > 0 || name === "a model's name of 3 MB", "in development, a warning says what was left out");
      const answer = await storedAnswer(visitor, conversation);
      assert.deepEqual([answer.status, answer.content === content], ["complete", true]);
      assert.deepEqual(answer.citations, last.citations);
    });
  }

  test("after the worker was killed, every one of these conversations continues, and every row has room", async () => {
    await killAndRestart();
    assert.equal(asked.size, Object.keys(scenarios).length);
    for (const [name, { visitor, conversation }] of asked) {
      const { content } = await storedAnswer(visitor, conversation);
      assert.equal(content === scenarios[name]?.content, true, name);
      await assertContinues(visitor, conversation);
    }
    for (const { tables } of storedVisitors(state)) {
      for (const row of [...tables.values()].flat()) {
        const bytes = Object.values(row).reduce((sum: number, value) => sum + Buffer.byteLength(String(value)), 0);
        assert.ok(bytes < maxRowBytes, `a row of ${bytes} bytes`);
      }
    }
  });
});

test("killed during an answer with too many citations, the object wakes and ends it with its text", async () => {
  const twice = [...citations, ...citations];
  const answer = insertAfter(framesOfText, twice, anthropicAnswer({ text }));
  upstream.script(stallAfter(framesOfText + twice.length, answer));
  const visitor = await TestVisitor.arrive(worker.url, "chatty-cited");
  const [conversation, id] = [crypto.randomUUID(), crypto.randomUUID()];
  visitor.ask("When is high tide?", { conversation, id }).catch(() => undefined); // the worker is killed meanwhile
  await eventually(async () => {
    const running = await visitor.read(conversation);
    assert.equal(running.messages[1]?.content, wholeText);
  });
  await new Promise((resolve) => setTimeout(resolve, 3000)); // the log is stored once per second
  await killAndRestart();
  const stored = await storedAnswer(visitor, conversation);
  assert.deepEqual([stored.status, stored.errorCode, stored.content], ["failed", "upstream_truncated", wholeText]);
  assert.ok(stored.citations.length > 0);
  await assertContinues(visitor, conversation);
});
