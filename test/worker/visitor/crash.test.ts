// The worker is killed during a turn and started again on the same state: no conversation is lost or stuck.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { reserveStep } from "../../../worker/turn/turn-storage.ts";
import { routes } from "../../../protocol/index.ts";
import { anthropicAnswer, stallAfter, startFaultServer, type FaultServer } from "../../fault-server/index.ts";
import { ending, readStream, TestVisitor, type Frame } from "../../support/client.ts";
import { eventually } from "../../support/eventually.ts";
import { makeFolder, removeFolder, type TestWorker } from "../../support/worker.ts";
import { assertRecovered, startTurn } from "../support/crash.ts";
import { startTurnWorker } from "../support/rig.ts";
import { passTime, rowCounts, storedVisitors, type StoredVisitor } from "../support/state.ts";

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** For how long after the question the worker does not write the turn's beginning, in milliseconds. */
const firstWriteMs = 500;

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

async function killAndRestart(meanwhile: () => void = () => undefined): Promise<number> {
  const killedAt = performance.now();
  await worker.kill();
  meanwhile();
  worker = await startTurnWorker(upstream, { state, isAlone: true });
  return killedAt;
}

function find(holds: (visitor: StoredVisitor) => boolean): StoredVisitor {
  const found = storedVisitors(state).find(holds);
  assert.ok(found, "no stored visitor matches");
  return found;
}

/** Starts a turn that waits for the provider to accept it. @param earlier a question that the turn's question edits */
async function startPending(earlier?: string) {
  const visitor = await TestVisitor.arrive(worker.url, "plain");
  const [conversation, id] = [crypto.randomUUID(), crypto.randomUUID()];
  const replaces = earlier === undefined ? undefined : crypto.randomUUID();
  upstream.script();
  if (earlier !== undefined) await visitor.ask(earlier, { conversation, id: replaces });
  upstream.script({ steps: [{ stall: true }] });
  const count = upstream.requests.length;
  const question = { conversation, id, userPrompt: "Pending", replaces };
  visitor.send(routes.messages, { body: question }).catch(() => undefined); // the worker is killed meanwhile
  await upstream.waitForRequests(count + 1);
  return { visitor, question };
}

function announces(id: string): (visitor: StoredVisitor) => boolean {
  return ({ tables }) => tables.get("log")?.some((row) => String(row["frames"]).includes(id)) === true;
}

function holdsConversation(id: string): (visitor: StoredVisitor) => boolean {
  return ({ tables }) => tables.get("conversation")?.some((row) => row["id"] === id) === true;
}

test("killed during a turn", async () => {
  const running = await startTurn(upstream, worker.url);
  const absent = await startTurn(upstream, worker.url);
  for (const { conversation, seen } of [running, absent]) {
    await eventually(() => assert.ok(seen.length > 20));
    await eventually(() => find(holdsConversation(conversation)));
  }

  // A turn that has just begun: the number of its first event is reserved, and nothing of its log is stored.
  upstream.script(stallAfter(1, anthropicAnswer()));
  const young = await TestVisitor.arrive(worker.url, "plain");
  const body = { conversation: crypto.randomUUID(), id: crypto.randomUUID(), userPrompt: "Hi" };
  const seen: Frame[] = [];
  const askedAt = performance.now();
  readStream(await young.send(routes.messages, { body }), (frame) => seen.push(frame)).catch(() => undefined);
  await eventually(() => seen.length > 0);
  const rows = rowCounts(find(announces(body.id)));
  const isEarly = performance.now() - askedAt < firstWriteMs;
  if (isEarly || rows["conversation"] === undefined) assert.deepEqual(rows, { log: 1 });

  // Two turns without any event, because the provider has not answered yet: a question and an edit.
  const [asked, edited] = [await startPending(), await startPending("An earlier question")];

  const killedAt = await killAndRestart(() => {
    assert.equal(find(holdsConversation(absent.conversation)).tables.get("answer")?.[0]?.["status"], "running");
    passTime(state, find(holdsConversation(absent.conversation)), 16 * minuteMs);
  });

  await assertRecovered(running, { killedAt, upstream, url: worker.url });

  // When the question is repeated, the provider is not asked again, because nobody knows whether it has answered. The
  // turn has one ending, and a new answer can be requested.
  for (const { visitor: earlier, question } of [asked, edited]) {
    const visitor = earlier.at(worker.url);
    upstream.reset();
    const repeated = ending(await readStream(await visitor.send(routes.messages, { body: question })));
    assert.deepEqual([repeated.type === "error" && repeated.code, upstream.requests.length], ["upstream_truncated", 0]);
    const { messages } = await visitor.read(question.conversation);
    assert.deepEqual(
      messages.map(({ id, content }) => [id, content]),
      [
        [question.id, "Pending"],
        [repeated.messageId, ""],
      ],
    );
    const wish = { conversation: question.conversation, message: question.id, id: crypto.randomUUID() };
    const again = ending(await readStream(await visitor.send(routes.regenerate, { body: wish })));
    assert.equal(again.content, "Hello.");
  }

  const younger = young.at(worker.url);
  const [, answer] = (await younger.read(body.conversation)).messages;
  assert.ok(answer?.role === "assistant");
  assert.deepEqual([answer.status, answer.errorCode, answer.content], ["failed", "upstream_truncated", ""]);
  const headers = { "last-event-id": seen.at(-1)?.id ?? "" };
  const rest = await readStream(await younger.send(routes.stream(body.conversation), { headers }));
  assert.deepEqual(
    rest.frames.map(({ id }) => id),
    [`${answer.id}.${reserveStep + 1}`],
  );

  // No visitor returns to this conversation: the alarm ends its turn.
  const statusOf = () => find(holdsConversation(absent.conversation)).tables.get("answer")?.[0]?.["status"];
  await eventually(() => statusOf() === "failed");

  // After a second crash there is nothing more to end. After the retention time, the alarm deletes everything.
  await killAndRestart(() => {
    const expired = find(holdsConversation(absent.conversation));
    assert.deepEqual(rowCounts(expired), {
      conversation: 1,
      message: 1,
      answer: 1,
      log: rowCounts(expired)["log"],
    });
    passTime(state, expired, 31 * dayMs);
  });
  assert.equal((await young.at(worker.url).read(body.conversation)).messages.length, 2);
  await eventually(() => !storedVisitors(state).some(holdsConversation(absent.conversation)));
  await eventually(() =>
    assert.ok(
      storedVisitors(state).some(({ tables }) => tables.size === 0),
      "the tables exist",
    ),
  );
});
