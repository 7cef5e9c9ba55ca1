// The worker is killed in mid-turn and started again on the same state: no conversation is lost, and none is ever stuck.
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

/** The beginning of a turn is not written before this time has passed, in milliseconds. */
const firstWriteMs = 500;

let upstream: FaultServer;
let worker: TestWorker;
let state: string;

before(async () => {
  upstream = await startFaultServer();
  state = await makeFolder("state");
  worker = await startTurnWorker(upstream, { state });
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
  worker = await startTurnWorker(upstream, { state });
  return killedAt;
}

function find(holds: (visitor: StoredVisitor) => boolean): StoredVisitor {
  const found = storedVisitors(state).find(holds);
  assert.ok(found, "it is not in storage");
  return found;
}

/** A turn that waits for the provider to accept: of a question, or of an edit of an earlier one. */
async function startPending(earlier?: string) {
  const visitor = await TestVisitor.arrive(worker.url, "plain");
  const [conversation, id] = [crypto.randomUUID(), crypto.randomUUID()];
  const replaces = earlier === undefined ? undefined : crypto.randomUUID();
  upstream.script();
  if (earlier !== undefined) await visitor.ask(earlier, { conversation, id: replaces });
  upstream.script({ steps: [{ stall: true }] });
  const count = upstream.requests.length;
  const question = { conversation, id, userPrompt: "Pending", replaces };
  visitor.send(routes.messages, { body: question }).catch(() => undefined); // the worker dies under it
  await upstream.waitForRequests(count + 1);
  return { visitor, question };
}

function announces(id: string): (visitor: StoredVisitor) => boolean {
  return ({ tables }) => tables.get("log")?.some((row) => String(row["frames"]).includes(id)) === true;
}

function holdsConversation(id: string): (visitor: StoredVisitor) => boolean {
  return ({ tables }) => tables.get("conversation")?.some((row) => row["id"] === id) === true;
}

test("killed in mid-turn", async () => {
  const running = await startTurn(upstream, worker.url);
  const absent = await startTurn(upstream, worker.url);
  for (const { conversation, seen } of [running, absent]) {
    await eventually(() => assert.ok(seen.length > 20));
    await eventually(() => find(holdsConversation(conversation)));
  }

  // One that has only just begun: the number of its first event is promised, and nothing of its log is kept.
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

  // And two whose provider has not answered yet, so that nothing was seen of them: a question, and an edit.
  const [asked, edited] = [await startPending(), await startPending("An earlier question")];

  const killedAt = await killAndRestart(() => {
    assert.equal(find(holdsConversation(absent.conversation)).tables.get("answer")?.[0]?.["status"], "running");
    passTime(state, find(holdsConversation(absent.conversation)), 16 * minuteMs);
  });

  await assertRecovered(running, { killedAt, upstream, url: worker.url });

  // Asked once more, the provider is not: nobody knows whether it has answered. There is one ending, and a new answer.
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

  // Nobody comes back to this one: the alarm ends it.
  const statusOf = () => find(holdsConversation(absent.conversation)).tables.get("answer")?.[0]?.["status"];
  await eventually(() => statusOf() === "failed");

  // A crash after the crash finds nothing more to end; and when its time has passed, the alarm takes all of it away.
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
      "its tables are there",
    ),
  );
});
