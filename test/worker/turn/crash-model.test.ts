// A model of the turn's log: the process is killed before every write, and the remaining state must be consistent.
import assert from "node:assert/strict";
import { describe, mock, test } from "node:test";
import { setImmediate } from "node:timers/promises";
import fc from "fast-check";
import { ChatError, isTerminal, parseChatEvent, parseEventId, type ChatEvent } from "../../../protocol/index.ts";
import type { LedgerReply } from "../../../worker/ledger/ledger.ts";
import type { ProviderEvent } from "../../../worker/providers/provider.ts";
import { AnswerDraft } from "../../../worker/turn/answer-draft.ts";
import { Follower } from "../../../worker/turn/follower.ts";
import { recoverTurns } from "../../../worker/visitor/recover.ts";
import { VisitorStore } from "../../../worker/visitor/store.ts";
import { framesAfter } from "../../../worker/turn/frames.ts";
import { TurnLog } from "../../../worker/turn/turn-log.ts";
import type { TurnMessage } from "../../../worker/turn/turn-storage.ts";
import { storeTurn } from "../../../worker/visitor/turn-storage.ts";
import { OpenStreams } from "../../../worker/turn/open-streams.ts";
import { Turn } from "../../../worker/turn/turn.ts";
import { TurnRegistry } from "../../../worker/visitor/turn-registry.ts";
import { VisitorGaps } from "../../../worker/visitor/visitor-gaps.ts";
import { textOf, textParts } from "../../../worker/prompt/parts.ts";
import { readSettings } from "../../../worker/settings.ts";
import { startFaultServer } from "../../fault-server/index.ts";
import { testSecret } from "../../support/worker.ts";
import { project } from "../turn-project/project.ts";
import { SqliteStorage } from "../support/sqlite-storage.ts";

/** What a provider does: an event, some milliseconds of silence, or a refusal. */
type Step = ProviderEvent | { type: "wait"; ms: number } | { type: "refuse" };

const answer = "00000000-0000-4000-8000-00000000000a";
const conversation = "00000000-0000-4000-8000-00000000000c";
const chatty = project.assistants.get("chatty") ?? assert.fail();
const settings = {
  turnTimeoutMs: 600_000,
  graceMs: 60_000,
  retentionMs: 1e9,
  heartbeatMs: 15_000,
  isDevelopment: true,
};

interface Frame {
  seq: number;
  text: string;
  event: ChatEvent;
}

/** Reads frames as a browser does: only complete ones, and no comments. */
function readFrames(text: string): Frame[] {
  return text
    .replaceAll(/^: still here\n\n?/gm, "")
    .split("\n\n")
    .filter((part) => part.startsWith("id: "))
    .map((part) => {
      const [id = "", , data = ""] = part.split("\n");
      const event = parseChatEvent(data.slice("data: ".length));
      assert.ok(event, data);
      const place = parseEventId(id.slice("id: ".length));
      assert.equal(place?.answer, answer);
      return { seq: place?.seq ?? 0, text: part, event };
    });
}

const question = { id: "00000000-0000-4000-8000-00000000000b", parts: textParts("Why?"), isNew: true };

/**
 * Runs a whole turn with a follower, in a process that may be killed at a write to this storage.
 * @returns what the follower had read when the process was killed, or at the end
 */
async function runTurn(
  storage: SqliteStorage,
  steps: readonly Step[],
  message: TurnMessage = question,
): Promise<Frame[]> {
  mock.timers.reset(); // a killed process has no timers left
  mock.timers.enable({ apis: ["setInterval", "setTimeout", "Date"], now: 1_000_000 });
  let read = "";
  let whenKilled: string | undefined;
  storage.onKill = () => (whenKilled = read);
  const assistant = chatty;
  const store = new VisitorStore(storage.storage);
  const subject = { conversation, message, answer, assistant };
  const turnStorage = storeTurn({ store, settings, wakeBy: () => undefined }, subject);
  const draft = new AnswerDraft("request", { estimatedTokens: 7, maxBytes: 28 });
  const turn = new Turn({ subject, draft, storage: turnStorage, settings, onEnd: () => undefined });
  const ended = turn.run(async () => {
    for (const step of steps) {
      // The follower reads as far as it can before the next step.
      await setImmediate();
      if (step.type === "refuse") throw new ChatError("provider_rejected");
      if (step.type !== "wait") turn.take(step);
      else if (whenKilled === undefined) mock.timers.tick(step.ms);
    }
  });
  const detach = turn.attach();
  const followed = turn.opened().then(async () => {
    const decoder = new TextDecoder();
    const stream = turn.follow(0, new OpenStreams());
    detach();
    for await (const bytes of stream) read += decoder.decode(bytes, { stream: true });
  });
  await ended;
  await followed.catch(() => undefined); // the turn can be refused before it begins
  return readFrames(whenKilled ?? read);
}

/**
 * Restarts on what the killed process left. The recovery is killed at its first write, the next one at its second
 * write, and so on, until a recovery succeeds.
 */
function recover({ database }: SqliteStorage): void {
  for (let killAt = 1; ; killAt += 1) {
    const next = new SqliteStorage(database, killAt);
    try {
      return recoverTurns(new VisitorStore(next.storage), Date.now());
    } catch (error) {
      if (next.writes < killAt) throw error;
    }
  }
}

/** Checks what is stored, and how the stream continues from what was seen. */
function assertConsistent({ database }: SqliteStorage, seen: readonly Frame[]): void {
  const store = new VisitorStore(new SqliteStorage(database).storage);
  const record = store.answer(answer);
  assert.deepEqual(store.announcedTurns(), []);
  if (record === undefined) {
    assert.deepEqual(seen, [], "events were seen of a turn that does not exist");
    return;
  }
  assert.notEqual(record.status, "running");
  const stored = readFrames(framesAfter(store.batches(answer), 0));
  const bySeq = new Map(seen.map((frame) => [frame.seq, frame.text]));
  for (const { seq, text } of stored)
    assert.equal(bySeq.get(seq) ?? text, text, `two different events have the number ${seq}`);
  for (const [at, { seq }] of stored.slice(0, -1).entries()) assert.equal(seq, at + 1, "a gap");
  const last = stored.at(-1);
  assert.ok(last && isTerminal(last.event), "no terminal event");
  assert.equal(last.seq, record.lastSeq);
  assert.ok(last.seq > (stored.at(-2)?.seq ?? 0));
  const saved = stored.map(({ event }) => (event.type === "delta" ? event.content : "")).join("");
  assert.equal(record.content, saved);
  assert.equal(last.event.type === "error" || last.event.type === "response" ? last.event.content : "", saved);
  assert.ok(record.details.usage);
  // A follower that resumes from any number it may have seen reads on to exactly one ending and gets no number twice.
  for (const from of [0, ...seen.map(({ seq }) => seq)].filter((seq) => seen.length < 50 || seq % 41 === 0)) {
    const stitched = [
      ...seen.filter(({ seq }) => seq <= from),
      ...readFrames(framesAfter(store.batches(answer), from)),
    ];
    assert.equal(stitched.filter(({ event }) => isTerminal(event)).length, 1, `endings after ${from}`);
    assert.ok(
      stitched.every(({ seq }, at) => at === 0 || seq > (stitched[at - 1]?.seq ?? 0)),
      "not in order",
    );
  }
}

/** @returns the highest number of events that a follower had seen when the process was killed */
async function assertSurvives(steps: readonly Step[]): Promise<number> {
  const whole = new SqliteStorage();
  const all = await runTurn(whole, steps);
  assertConsistent(whole, all);
  assert.deepEqual(all.map(({ seq }) => seq), all.map((_, at) => at + 1)); // prettier-ignore
  let mostSeen = 0;
  for (let killAt = 1; killAt <= whole.writes; killAt += 1) {
    const storage = new SqliteStorage(undefined, killAt);
    const seen = await runTurn(storage, steps);
    mostSeen = Math.max(mostSeen, seen.length);
    recover(storage);
    assertConsistent(storage, seen);
  }
  return mostSeen;
}

const accepted: Step = { type: "accepted", model: "m" };
const finish: Step = { type: "finish", finishReason: "stop" };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.string({ unit: "grapheme", minLength: 1 }).map((content) => ({ type: "delta" as const, content })),
  },
  { weight: 2, arbitrary: fc.string({ minLength: 1 }).map((content) => ({ type: "reasoning" as const, content })) },
  { weight: 1, arbitrary: fc.nat(500).map((outputTokens) => ({ type: "usage" as const, usage: { outputTokens } })) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 9 }).map((index) => ({ type: "citation" as const, index })) },
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 4000 }).map((ms) => ({ type: "wait" as const, ms })) },
);

describe("killed before every write", () => {
  test("a turn with more events than are reserved at once", async (t) => {
    t.after(() => mock.timers.reset());
    t.mock.method(console, "error", () => undefined); // a failing turn logs an error
    const pieces = Array.from({ length: 600 }, (_, at): Step[] => [
      { type: "delta", content: `${at} 🌊`, providerData: {} },
      { type: "wait", ms: 9 },
    ]);
    const mostSeen = await assertSurvives([accepted, ...pieces.flat(), finish]);
    assert.ok(mostSeen > 512, `only ${mostSeen} events were seen: the model no longer covers enough`);
  });

  test("a turn with more events than are reserved at once, before its beginning would be written", async (t) => {
    t.after(() => mock.timers.reset());
    t.mock.method(console, "error", () => undefined); // a failing turn logs an error
    const pieces = Array.from({ length: 600 }, (_, at): Step => ({
      type: "delta",
      content: `${at}`,
      providerData: {},
    }));
    const mostSeen = await assertSurvives([accepted, ...pieces, { type: "wait", ms: 600 }, finish]);
    assert.ok(mostSeen > 512, `only ${mostSeen} events were seen: the model no longer covers enough`);
  });

  test("a turn that is refused leaves nothing", async (t) => {
    t.after(() => mock.timers.reset());
    t.mock.method(console, "error", () => undefined);
    const steps: Step[] = [{ type: "wait", ms: 10 }, { type: "refuse" }];
    await assertSurvives(steps);
    const whole = new SqliteStorage();
    assert.deepEqual(await runTurn(whole, steps), []);
    assert.equal(new VisitorStore(whole.storage).isEmpty(), true);
  });

  for (const [outcome, steps] of Object.entries({
    answered: [{ type: "wait", ms: 10 }, accepted, { type: "delta", content: "Because." }, finish],
    refused: [{ type: "wait", ms: 10 }, { type: "refuse" }],
  } satisfies Record<string, Step[]>)) {
    test(`an edit that is ${outcome}: either the old branch or the new one is there`, async (t) => {
      t.after(() => mock.timers.reset());
      t.mock.method(console, "error", () => undefined);
      const edit = {
        id: "00000000-0000-4000-8000-00000000000e",
        parts: textParts("Why not?"),
        isNew: true,
        replacesPosition: 1,
      };
      const found: string[] = [];
      for (let killAt = 1, isWhole = false; !isWhole; killAt += 1) {
        const { database } = new SqliteStorage();
        new VisitorStore(new SqliteStorage(database).storage).beginTurn({
          conversation: { id: conversation, assistant: "chatty", title: "Why?" },
          message: question,
          answer: {
            id: "00000000-0000-4000-8000-00000000000d",
            details: new AnswerDraft("request", { estimatedTokens: 7, maxBytes: 28 }).details(chatty),
          },
          now: 1_000_000,
        });
        recover(new SqliteStorage(database)); // ends the answer of the old branch
        const storage = new SqliteStorage(database, killAt);
        await runTurn(storage, steps, edit);
        isWhole = storage.writes < killAt;
        recover(storage);
        const store = new VisitorStore(new SqliteStorage(database).storage);
        assert.deepEqual([store.announcedTurns(), store.runningAnswers()], [[], []]);
        const kept = store.messages(conversation, Number.MAX_SAFE_INTEGER, 10).map(({ parts }) => textOf(parts));
        found.push(kept.join());
      }
      // Before the first write nothing has happened. If the process is killed later, nobody knows whether the provider
      // was asked.
      const last = outcome === "refused" ? "Why?" : "Why not?";
      assert.deepEqual([found[0], found.at(-1)], ["Why?", last]);
      assert.ok(
        found.every((kept) => kept === "Why?" || kept === "Why not?"),
        found.join("; "),
      );
    });
  }

  test("any turn", async (t) => {
    t.after(() => mock.timers.reset());
    t.mock.method(console, "error", () => undefined); // a failing turn logs an error
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        await assertSurvives([{ type: "wait", ms: 10 }, accepted, ...steps, finish]);
      }),
      { numRuns: 150 },
    );
  });
});

test("during silence a comment is sent in two writes, because only a write shows that a follower left", async () => {
  const log = new TurnLog(answer);
  let now = 0;
  const follower = new Follower(log, { seq: 0, beatMs: 4000, now, onLeave: () => undefined });
  const reader = follower.stream.getReader();
  const written: string[] = [];
  const read = async () => {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read())
      written.push(new TextDecoder().decode(chunk.value));
  };
  const reading = read();
  const pass = async (ms: number) => {
    await setImmediate();
    now += ms;
    follower.beat(now);
    await setImmediate();
    return written.splice(0);
  };
  assert.deepEqual(await pass(3999), ["retry: 1000\n: rivulet\n\n"]);
  assert.deepEqual(await pass(1), [": still here\n"]);
  assert.deepEqual(await pass(4000), ["\n"]);
  assert.deepEqual(await pass(4000), [": still here\n"]);
  log.append("message", { type: "status", status: "waiting" });
  follower.push(now);
  const [frame = ""] = await pass(0);
  assert.ok(frame.startsWith("id: "));
  assert.deepEqual(await pass(4000), [": still here\n"]);
  log.end();
  follower.push(now);
  await reading;
});

test("a follower that does not read gets one batch and no heartbeats, and everything else once it reads", async () => {
  const log = new TurnLog(answer);
  const follower = new Follower(log, { seq: 0, beatMs: 4000, now: 0, onLeave: () => undefined });
  const size = 2_000;
  for (let count = 0; count < size; count += 1) {
    log.append("message", { type: "delta", content: "x".repeat(1000) });
    follower.push(0);
    follower.beat(count * 60_000);
  }
  log.end();
  follower.push(0);
  let text = "";
  let largest = 0;
  const decoder = new TextDecoder();
  for await (const bytes of follower.stream) {
    largest = Math.max(largest, bytes.byteLength);
    text += decoder.decode(bytes);
  }
  assert.equal(readFrames(text).length, size);
  assert.ok(largest < 70_000, `${largest} bytes at once`);
  assert.ok(!text.includes("still here"));
});

test("a refused turn leaves no timer, which would keep the object awake and be billed", async () => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
  const before = timers();
  const assistant = project.assistants.get("plain");
  assert.ok(assistant);
  const store = new VisitorStore(new SqliteStorage().storage);
  const message = { id: "m", parts: textParts("Why?"), isNew: true };
  const subject = { conversation, message, answer, assistant };
  const storage = storeTurn({ store, settings, wakeBy: () => undefined }, subject);
  const turn = new Turn({
    subject,
    draft: new AnswerDraft("request", { estimatedTokens: 7, maxBytes: 28 }),
    storage,
    settings,
    onEnd: () => undefined,
  });
  const followed = turn.opened().finally(turn.attach());
  const refused = async () => {
    await setImmediate();
    throw new ChatError("provider_rejected");
  };
  await turn.run(refused);
  await assert.rejects(followed, ChatError);
  assert.equal(timers(), before);
  assert.equal(store.isEmpty(), true);
});

/** The turns of a visitor. The ledger is another object and is not available here. */
function startTurns(storage: SqliteStorage, baseUrl: string, reserve: () => Promise<LedgerReply>) {
  const common = {
    env: {},
    settings: readSettings({ SESSION_SECRET: testSecret, ANTHROPIC_API_KEY: "k", ANTHROPIC_BASE_URL: baseUrl }),
    store: new VisitorStore(storage.storage),
    visitor: "visitor",
    keepAlive: () => undefined,
  };
  const turns = new TurnRegistry({
    ...common,
    project,
    streams: new OpenStreams(),
    gaps: new VisitorGaps({ ...common, isKeeping: () => false }),
    wakeBy: () => undefined,
    ledgerOf: () => ({ reserve, settle: () => Promise.resolve(), reportRejection: () => Promise.resolve() }),
  });
  const ask = (place: string) => {
    const asked = { assistant: "plain", conversation: place, id: `${place}-question`, userPrompt: "Why?" };
    return turns.ask({ ...asked, requestId: "request", address: "address" });
  };
  return { turns, ask };
}

test("the ledger is asked before the first write, and nothing is written between its approval and the first token", async (t) => {
  t.mock.method(console, "log", () => undefined);
  await using upstream = await startFaultServer();
  const storage = new SqliteStorage();
  const before: number[] = [];
  const allowed = Promise.withResolvers<LedgerReply>();
  const { ask } = startTurns(storage, upstream.url, () => {
    before.push(storage.writes);
    return allowed.promise;
  });
  const asked = ask("one");
  await setImmediate();
  const announced = storage.writes;
  assert.ok(announced > 0);
  assert.deepEqual(before, [0]);
  allowed.resolve({ allowed: true });
  const reader = (await asked).getReader();
  for (let text = ""; !text.includes('"delta"');) {
    assert.equal(storage.writes, announced, text);
    const { value } = await reader.read();
    text += new TextDecoder().decode(value);
  }
  while (!(await reader.read()).done);
  assert.ok(storage.writes > announced);
});

test("a turn that cannot be announced is refused with an error", async (t) => {
  const errors = t.mock.method(console, "error", () => undefined);
  await using upstream = await startFaultServer();
  const { ask } = startTurns(new SqliteStorage(undefined, 1), upstream.url, () => Promise.resolve({ allowed: true }));
  await assert.rejects(ask("one"), (error) => error instanceof ChatError && error.code === "internal");
  assert.ok(errors.mock.callCount() > 0);
});

test("settling also ends a turn that begins while it waits", async (t) => {
  t.mock.method(console, "log", () => undefined);
  await using upstream = await startFaultServer();
  upstream.script({ steps: [{ stall: true }] });
  const allow = () => Promise.resolve<LedgerReply>({ allowed: true });
  const { turns, ask } = startTurns(new SqliteStorage(), upstream.url, allow);
  const first = ask("first");
  await upstream.waitForRequests(1);
  const settled = turns.settle();
  const second = ask("second");
  assert.ok(turns.running("second"));
  await settled;
  assert.deepEqual([turns.running("first"), turns.running("second")], [undefined, undefined]);
  await Promise.all([first, second]);
});
