// A visitor with more data than fits into memory or through one call: everything still works, and many requests at once
// take the memory of a few.
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { routes, type Conversation, type ConversationList } from "../../../protocol/index.ts";
import type { VisitorExport } from "../../../worker/visitor/export.ts";
import { anthropicAnswer, insertAfter } from "../../fault-server/index.ts";
import { findWorkerds, usageOf } from "../../prove/processes.ts";
import { jsonOf, readStream, testOrigin, TestVisitor, type Frame } from "../../support/client.ts";
import { eventually } from "../../support/eventually.ts";
import { makeFolder, removeFolder } from "../../support/worker.ts";
import { pieces, startRig, type Rig } from "../support/rig.ts";
import { storedVisitors, type StoredVisitor } from "../support/state.ts";
import { identitySecret, userToken } from "../support/user-token.ts";

const megabyte = 1024 * 1024;

/** UTF-16 units of each stored answer: near the longest that a turn writes. */
const answerChars = 190_000;

let rig: Rig;
let state: string;
/** Has 35 MB in one conversation. A call between objects can carry 32 MiB at most. */
let heavy: TestVisitor;
let conversation: string;
const heavyAnswers = 185;
/** Has one question whose answer has {@link heavyAnswers} further versions, all of them long. */
let undecided: TestVisitor;

before(async () => {
  state = await makeFolder("state");
  conversation = crypto.randomUUID();
  {
    await using first = await startRig({ state });
    const arrive = async () => {
      const visitor = await TestVisitor.arrive(first.worker.url, "plain");
      await visitor.ask("The first", { conversation });
      return visitor;
    };
    [heavy, undecided] = [await arrive(), await arrive()];
  }
  fill(storedOf(heavy), heavyAnswers, (at) => [at + 2, 1]);
  fill(storedOf(undecided), heavyAnswers, (at) => [1, at + 2]);
  rig = await startRig({ state, isAlone: true, variables: { IDENTITY_SECRET: identitySecret } });
  [heavy, undecided] = [heavy.at(rig.worker.url), undecided.at(rig.worker.url)];
});

after(async () => {
  await rig[Symbol.asyncDispose]();
  await removeFolder(state);
});

function storedOf({ token }: TestVisitor): StoredVisitor {
  const { sub }: { sub: string } = JSON.parse(atob(token.split(".")[1] ?? ""));
  return storedVisitors(state).find(({ name }) => name === `plain/${sub}`) ?? assert.fail();
}

/** Stores `count` long answers, as if that many turns had ended. `place` returns an answer's position and version. */
function fill({ file }: StoredVisitor, count: number, place: (at: number) => [number, number]): void {
  using database = new DatabaseSync(file);
  const question = database.prepare(`
    INSERT OR IGNORE INTO message (conversation, position, id, parts, created_at)
    SELECT conversation, ?, iif(position = ?1, id, ?), parts, created_at FROM message WHERE position = 1`);
  const answer = database.prepare(`
    INSERT INTO answer (conversation, message, version, id, created_at, ended_at, status, reserved_seq, last_seq, details,
      content)
    SELECT conversation, (SELECT id FROM message WHERE position = ?), ?, ?, created_at, ended_at, status, reserved_seq,
      last_seq, details, ? FROM answer LIMIT 1`);
  database.exec("BEGIN");
  for (let at = 0; at < count; at++) {
    const [position, version] = place(at);
    question.run(position, crypto.randomUUID());
    answer.run(position, version, crypto.randomUUID(), `${at} `.padEnd(answerChars, "x"));
  }
  database.exec("COMMIT");
}

test("an address can export ten times per minute, and still use everything else", async () => {
  const headers = { "cf-connecting-ip": "198.51.100.9" };
  const visitor = await TestVisitor.arrive(rig.worker.url, "plain");
  const statuses: number[] = [];
  // The platform counts approximately, and a minute can end in between.
  while (statuses.length < 30) statuses.push((await visitor.send(routes.visitorExport, { headers })).status);
  assert.deepEqual(new Set(statuses), new Set([200, 429]));
  assert.deepEqual(statuses.slice(0, 5), Array(5).fill(200));
  assert.equal((await visitor.send(routes.conversations, { headers })).status, 200);
  const elsewhere = { "cf-connecting-ip": "198.51.100.10" };
  assert.equal((await visitor.send(routes.visitorExport, { headers: elsewhere })).status, 200);
});

async function readExport(visitor: TestVisitor): Promise<string[]> {
  const response = await visitor.send(routes.visitorExport);
  assert.equal(response.status, 200);
  const { conversations } = await jsonOf<VisitorExport>(response);
  return conversations.flatMap(({ messages }) =>
    messages.flatMap(({ answers }) => answers.map(({ content }) => content)),
  );
}

/** How much more memory the worker uses at its peak while `work` runs, in MiB. */
async function peakOf(work: () => Promise<void>): Promise<number> {
  const workerd = findWorkerds();
  const before = usageOf(workerd).memoryKiB;
  let peak = before;
  const look = setInterval(() => (peak = Math.max(peak, usageOf(workerd).memoryKiB)), 50);
  await work();
  clearInterval(look);
  return (peak - before) / 1024;
}

describe("a visitor with 35 MB", () => {
  test("can export them", async () => {
    const contents = await readExport(heavy);
    assert.equal(contents.length, heavyAnswers + 1);
    assert.ok(contents.join("").length > 33 * megabyte);
    assert.equal(contents.at(-1)?.slice(0, 4), `${heavyAnswers - 1} `);
  });

  test("can export them 40 times at once, in bounded memory", async () => {
    const left = new AbortController();
    const peak = await peakOf(async () => {
      const begun = Array.from({ length: 40 }, () => heavy.send(routes.visitorExport, { signal: left.signal }));
      await Promise.all((await Promise.all(begun)).map((response) => readSome(response, 2 * megabyte)));
    });
    left.abort();
    console.log(`40 exports at once: ${Math.round(peak)} MiB`);
    assert.ok(peak < 256, `${peak} MiB`);
  });

  test("can read all of the conversation, in pages that are not too large", async () => {
    const contents: string[] = [];
    for (let path: string | undefined = routes.conversation(conversation); path !== undefined;) {
      const text = await (await heavy.send(path)).text();
      assert.ok(text.length < 2 * megabyte, `${text.length}`);
      const page: Conversation = JSON.parse(text);
      contents.unshift(...page.messages.filter(({ role }) => role === "assistant").map(({ content }) => content));
      path = page.previous && `${routes.conversation(conversation)}?before=${page.previous}`;
    }
    assert.equal(contents.length, heavyAnswers + 1);
    assert.equal(new Set(contents).size, heavyAnswers + 1);
  });

  test("can bring them along when signing in", async () => {
    const body = JSON.stringify({
      assistant: "plain",
      renew: heavy.token,
      userToken: userToken("heavy"),
      bringAlong: true,
    });
    const headers = { origin: testOrigin, "content-type": "application/json" };
    let token = "";
    const peak = await peakOf(async () => {
      const response = await fetch(rig.worker.url + routes.sessions, { method: "POST", headers, body });
      assert.equal(response.status, 201);
      ({ token } = await jsonOf<{ token: string }>(response));
    });
    console.log(`35 MB brought along: ${Math.round(peak)} MiB`);
    assert.ok(peak < 256, `${peak} MiB`);
    const named = new TestVisitor(rig.worker.url, token);
    assert.equal((await readExport(named)).length, heavyAnswers + 1);
    const { conversations } = await jsonOf<ConversationList>(named.send(routes.conversations));
    assert.deepEqual(
      conversations.map(({ messageCount }) => messageCount),
      [2 * (heavyAnswers + 1)],
    );
    assert.equal((await heavy.send(routes.conversations)).status, 401);
  });
});

/** Reads the first bytes of a response, and leaves the rest unread. */
async function readSome(response: Response, bytes: number): Promise<void> {
  assert.equal(response.status, 200);
  const reader = response.body?.getReader();
  for (let size = 0; size < bytes;) {
    const { value, done } = (await reader?.read()) ?? assert.fail();
    assert.ok(!done);
    size += value.byteLength;
  }
}

test("an answer with many long versions is read with the newest ones", async () => {
  const { messages } = await undecided.read(conversation);
  const [, answer] = messages;
  assert.ok(answer?.role === "assistant");
  assert.equal(answer.content.slice(0, 4), `${heavyAnswers - 1} `);
  assert.equal(answer.versions, undefined, "there is no room for another one");
});

describe("streams", () => {
  /** How many streams one visitor can have open at most. */
  const maxStreams = 64;

  test("100 that nobody reads take the memory of a few", async () => {
    rig.upstream.script(anthropicAnswer({ text: pieces(15_000) }));
    const visitor = await TestVisitor.arrive(rig.worker.url, "chatty");
    const place = crypto.randomUUID();
    const { raw } = await visitor.ask("At length", { conversation: place });
    rig.upstream.reset();
    assert.ok(raw.length > 2 * megabyte);
    const left = new AbortController();
    const peak = await peakOf(async () => {
      for (let at = 0; at < 100; at++) {
        const response = await visitor.send(routes.stream(place), { signal: left.signal });
        assert.equal(response.status, 200);
      }
      await sleep(1000);
    });
    console.log(`100 unread replays: ${Math.round(peak)} MiB`);
    left.abort();
    assert.ok(peak < 128, `${peak} MiB`);
    const again = await readStream(await visitor.send(routes.stream(place)));
    assert.equal(again.raw.length, raw.length);
  });

  test("one too many ends the oldest, whose reader continues after its last event", async () => {
    rig.upstream.script(insertAfter(4, [{ hold: "end" }], anthropicAnswer({ text: ["one ", "two ", "three"] })));
    const visitor = await TestVisitor.arrive(rig.worker.url, "plain");
    const place = crypto.randomUUID();
    const id = crypto.randomUUID();
    const oldest = await visitor.send(routes.messages, { body: { conversation: place, id, userPrompt: "Hi" } });
    const seen: Frame[] = [];
    const read = readStream(oldest, (frame) => seen.push(frame)).catch(() => undefined); // its connection breaks
    await eventually(() => seen.some(({ event }) => event.type === "delta"));
    const others: Promise<Frame[] | undefined>[] = [];
    while (others.length < maxStreams) {
      const response = await visitor.send(routes.stream(place));
      others.push(
        readStream(response)
          .then(({ frames }) => frames)
          .catch(() => undefined),
      );
    }
    await read;
    assert.equal(
      seen.some(({ event }) => event.type === "response"),
      false,
    );
    const beyond = { "last-event-id": seen.at(-1)?.id.replace(/\d+$/, "1000") ?? "" };
    assert.equal((await visitor.send(routes.stream(place), { headers: beyond })).status, 204, "past what is written");
    rig.upstream.release("end");
    const headers = { "last-event-id": seen.at(-1)?.id ?? "" };
    const rest = await readStream(await visitor.send(routes.stream(place), { headers }));
    const whole = [...seen, ...rest.frames];
    const complete = (await Promise.all(others)).filter((frames) => frames !== undefined);
    assert.ok(complete.length >= maxStreams - 1, "only the oldest of them gives way to the one that came back");
    for (const frames of complete) assert.deepEqual(frames, whole);
    rig.upstream.reset();
  });

  test("a place past the end is 204", async () => {
    const visitor = await TestVisitor.arrive(rig.worker.url, "plain");
    const place = crypto.randomUUID();
    const { frames } = await visitor.ask("Hi", { conversation: place });
    const last = frames.at(-1)?.id ?? "";
    const follow = (id: string) => visitor.send(routes.stream(place), { headers: { "last-event-id": id } });
    assert.equal((await follow(frames.at(-2)?.id ?? "")).status, 200);
    for (const id of [last, last.replace(/\d+$/, "1000"), last.replace(/\d+$/, "9007199254740991")]) {
      assert.equal((await follow(id)).status, 204, id);
    }
  });
});
