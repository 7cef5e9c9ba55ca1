// Questions that stay unanswered: what the worker keeps of them in D1, and that every way to delete them works.
import assert from "node:assert/strict";
import { globSync } from "node:fs";
import { basename, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, afterEach, before, describe, test } from "node:test";
import { routes } from "../../../protocol/index.ts";
import { openLocalDatabase } from "../../../scripts/lib/ingest/local-database.ts";
import { DocumentStore } from "../../../worker/context/full-text/store.ts";
import type { VisitorExport } from "../../../worker/visitor/export.ts";
import { anthropicAnswer } from "../../fault-server/index.ts";
import { ending, jsonOf, readStream, testOrigin, TestVisitor } from "../../support/client.ts";
import { eventually } from "../../support/eventually.ts";
import { makeFolder, removeFolder, testSecret, type TestWorker } from "../../support/worker.ts";
import { startRig, startTurnWorker, type Rig } from "../support/rig.ts";
import { passTime, storedVisitors } from "../support/state.ts";
import { identitySecret, userToken } from "../support/user-token.ts";

const options = { entry: "test/worker/gaps-project/entry.ts", variables: { IDENTITY_SECRET: identitySecret } };
const unanswered = "What is the capital of Peru?";
const answered = "How heavy are the Duo's panels?";

let rig: Rig;
let worker: TestWorker;
let state: string;

before(async () => {
  state = await makeFolder("state");
  rig = await startRig({ ...options, state });
  worker = rig.worker;
});
after(async () => {
  await worker.stop();
  await rig[Symbol.asyncDispose]();
  await removeFolder(state);
});
afterEach(() => rig.upstream.reset());

interface Row {
  visitor: string;
  message: string;
  reason: string;
  assistant: string;
  question: string;
  asked_at: number;
}

/** Runs a statement on the database file directly: a second workerd would now and then lock the first one out. */
function run(statement: string): Row[] {
  const [file = ""] = globSync(join(state, "v3/d1/miniflare-D1DatabaseObject/*.sqlite")).filter(
    (path) => basename(path) !== "metadata.sqlite",
  );
  using database = new DatabaseSync(file, { timeout: 10_000 });
  return database.prepare(statement).all() as unknown as Row[]; // what the worker has written
}

/** The kept questions that contain a word. Every test uses a word of its own. */
function kept(word: string): [question: string, reason: string][] {
  const rows = run(`SELECT * FROM unanswered_questions WHERE question LIKE '%${word}%' ORDER BY question, reason`);
  return rows.map(({ question, reason }) => [question, reason]);
}

const arrive = (assistant = "keeping") => TestVisitor.arrive(worker.url, assistant);

/** Asks, and returns the ids. */
async function ask(visitor: TestVisitor, question: string, conversation = crypto.randomUUID(), extra = {}) {
  const id = crypto.randomUUID();
  const body = { conversation, id, userPrompt: question, ...extra };
  const last = ending(await readStream(await visitor.send(routes.messages, { body })));
  assert.equal(last.type, "response");
  return { conversation, message: id, answer: last.messageId };
}

async function rate(
  visitor: TestVisitor,
  { conversation, answer }: { conversation: string; answer: string },
  rating: string | null,
) {
  const { status } = await visitor.send(routes.feedback, { body: { conversation, message: answer, rating } });
  assert.equal(status, 204);
}

const remove = async (visitor: TestVisitor, path: string) => (await visitor.send(path, { method: "DELETE" })).status;

test("without the table the answer is the same, and the log says what to do", async () => {
  const visitor = await arrive("shelf");
  rig.upstream.script(anthropicAnswer({ text: "Lima." }));
  const conversation = crypto.randomUUID();
  const last = ending(await visitor.ask(unanswered, { conversation }));
  assert.ok(last.type === "response" && last.content === "Lima.");
  await worker.printed(
    /"event":"gap_not_kept".*"The database has no table for unanswered questions yet. Run: npm run gaps -- shelf"/,
  );
  const exported = await jsonOf<VisitorExport>(visitor.send(routes.visitorExport));
  assert.deepEqual([exported.conversations.length, exported.unansweredQuestions], [1, []]);
  assert.equal(await remove(visitor, routes.conversation(conversation)), 204);
  assert.equal(await remove(visitor, routes.visitor), 204);
  assert.ok(!(await worker.wholeLog()).includes("gaps_not_removed"));
});

describe("with the table", () => {
  before(async () => {
    const { database, close } = await openLocalDatabase("DOCUMENTS", state);
    for (const assistant of ["keeping", "refusing", "plain"]) {
      const store = new DocumentStore(database, assistant, "en");
      await store.migrate();
      const chunks = [{ headings: [], content: "The Duo's panels weigh 42 kilograms. They are heavy." }];
      await store.put({ path: "duo.md", title: "Duo", hash: "1", chunks });
    }
    await close();
  });

  test("a question for which nothing was found is kept, and one that is answered is not", async () => {
    const visitor = await arrive();
    const since = Date.now();
    await ask(visitor, answered);
    const { message } = await ask(visitor, `${unanswered} first`);
    const [row, ...others] = await eventually(() => {
      const rows = run("SELECT * FROM unanswered_questions");
      return rows.length > 0 && rows;
    });
    assert.deepEqual(others, []);
    const { visitor: hash, asked_at: askedAt, ...fields } = row ?? assert.fail();
    const expected = { message, reason: "nothing_found", assistant: "keeping", question: `${unanswered} first` };
    assert.deepEqual(fields, expected);
    assert.ok(askedAt >= since && askedAt <= Date.now());
    assert.match(hash, /^[0-9a-f]{32}$/);
    assert.ok(!visitor.token.includes(hash) && storedVisitors(state).every(({ file }) => !file.includes(hash)));
  });

  test("so is one that the assistant refuses to answer, and one of a source that is no database", async () => {
    await ask(await arrive("refusing"), `${unanswered} refused`);
    await ask(await arrive("shelf"), `${unanswered} shelf`);
    await eventually(() => {
      assert.deepEqual(kept("Peru? refused"), [[`${unanswered} refused`, "nothing_found"]]);
      assert.deepEqual(kept("Peru? shelf"), [[`${unanswered} shelf`, "nothing_found"]]);
    });
  });

  test("a source that fails leaves nothing, because nobody knows what it would have found", async () => {
    const visitor = await arrive("shelf");
    await ask(visitor, `${unanswered} [broken]`);
    await ask(visitor, `${unanswered} after`);
    await eventually(() => assert.equal(kept("after").length, 1));
    assert.deepEqual(kept("broken"), []);
  });

  test("by default nothing is kept, whatever happens", async () => {
    const visitor = await arrive("plain");
    const asked = await ask(visitor, `${unanswered} default`);
    await rate(visitor, asked, "down");
    const exported = await jsonOf<VisitorExport>(visitor.send(routes.visitorExport)); // waits for what is being written
    assert.deepEqual(exported.unansweredQuestions, []);
    assert.deepEqual(kept("default"), []);
  });

  test("a long question is cut, and a lone half of a character does no harm", async () => {
    await ask(await arrive(), `cutlong ${"🌊".repeat(600)}`);
    const [[question] = []] = await eventually(() => {
      const rows = kept("cutlong");
      return rows.length > 0 && rows;
    });
    assert.equal(question, `cutlong ${"🌊".repeat(496)}`);
  });

  test("rated down it is kept; taken back or rated up it is not", async () => {
    const visitor = await arrive();
    const [one, other] = [await ask(visitor, `${answered} rated`), await ask(visitor, `${answered} again rated`)];
    for (const asked of [one, other]) await rate(visitor, asked, "down");
    const both = [
      [`${answered} again rated`, "rated_down"],
      [`${answered} rated`, "rated_down"],
    ];
    await eventually(() => assert.deepEqual(kept("rated"), both));
    await rate(visitor, one, null);
    await eventually(() => assert.deepEqual(kept("rated"), both.slice(0, 1)));
    await rate(visitor, other, "up");
    await eventually(() => assert.deepEqual(kept("rated"), []));
  });

  test("both reasons are two entries, and the visitor's export names them", async () => {
    const visitor = await arrive();
    const asked = await ask(visitor, `${unanswered} exported`);
    await rate(visitor, asked, "down");
    const exported = await jsonOf<VisitorExport>(visitor.send(routes.visitorExport));
    const askedAt = exported.conversations[0]?.messages[0]?.createdAt;
    assert.deepEqual(
      exported.unansweredQuestions.toSorted((a, b) => a.reason.localeCompare(b.reason)),
      ["nothing_found", "rated_down"].map((reason) => ({ question: `${unanswered} exported`, askedAt, reason })),
    );
    await rate(visitor, asked, null);
    await eventually(() => assert.deepEqual(kept("exported"), [[`${unanswered} exported`, "nothing_found"]]));
  });

  test("a question that is edited is replaced", async () => {
    const visitor = await arrive();
    const { conversation, message } = await ask(visitor, "Capitl of Peru, edited?");
    await eventually(() => assert.equal(kept("edited").length, 1));
    await ask(visitor, "Capital of Peru, edited?", conversation, { replaces: message });
    await eventually(() => assert.deepEqual(kept("edited"), [["Capital of Peru, edited?", "nothing_found"]]));
  });

  test("a conversation is deleted: its questions are gone, and others stay", async () => {
    const visitor = await arrive();
    const { conversation } = await ask(visitor, `${unanswered} gone`);
    await ask(visitor, `${answered} gone`, conversation).then((asked) => rate(visitor, asked, "down"));
    await ask(visitor, `${unanswered} stays, not gone`);
    await eventually(() => assert.equal(kept("gone").length, 3));
    assert.equal(await remove(visitor, routes.conversation(conversation)), 204);
    assert.deepEqual(kept("gone"), [[`${unanswered} stays, not gone`, "nothing_found"]]);
  });

  test("a visitor is deleted: theirs are gone, also one that was just being written", async () => {
    const [visitor, other] = [await arrive(), await arrive()];
    await ask(other, `${unanswered} forgotten, of somebody else`);
    await ask(visitor, `${unanswered} forgotten`);
    await rate(visitor, await ask(visitor, `${answered} forgotten`), "down");
    await ask(visitor, `${unanswered} forgotten, at last`);
    assert.equal(await remove(visitor, routes.visitor), 204);
    await eventually(() =>
      assert.deepEqual(kept("forgotten"), [[`${unanswered} forgotten, of somebody else`, "nothing_found"]]),
    );
  });

  test("signing in brings them along, and deleting the signed-in visitor removes them", async () => {
    const anonymous = await arrive();
    await ask(anonymous, `${unanswered} brought`);
    const { conversation } = await ask(anonymous, `${unanswered} brought, then deleted`);
    const body = {
      assistant: "keeping",
      renew: anonymous.token,
      bringAlong: true,
      userToken: userToken("anna", { claims: { aud: "keeping" } }),
    };
    const headers = { origin: testOrigin, "content-type": "application/json" };
    const response = fetch(worker.url + routes.sessions, { method: "POST", headers, body: JSON.stringify(body) });
    const named = new TestVisitor(worker.url, (await jsonOf<{ token: string }>(response)).token);
    const exported = await jsonOf<VisitorExport>(named.send(routes.visitorExport));
    assert.equal(exported.unansweredQuestions.length, 2);
    assert.equal(kept("brought").length, 2);
    assert.equal(await remove(named, routes.conversation(conversation)), 204);
    assert.deepEqual(kept("brought"), [[`${unanswered} brought`, "nothing_found"]]);
    assert.equal(await remove(named, routes.visitor), 204);
    assert.deepEqual(kept("brought"), []);
  });

  test("what the database cannot remove is removed by the alarm, also after a restart", async () => {
    const [visitor, other] = [await arrive(), await arrive()];
    const { conversation } = await ask(other, `${unanswered} owed, in one conversation`);
    await ask(visitor, `${unanswered} owed`);
    await eventually(() => assert.equal(kept("owed").length, 2));
    run("CREATE TABLE outage (id)");
    const asked = await ask(other, `${unanswered} owed, during the outage`);
    assert.equal((await other.send(routes.visitorExport)).status, 500, "an export is complete or refused");
    assert.equal(await remove(visitor, routes.visitor), 204);
    assert.equal(await remove(other, routes.conversation(conversation)), 204);
    await worker.printed(/"event":"gap_not_kept"/);
    await worker.printed(/"event":"gaps_not_removed"/);
    assert.equal((await other.read(asked.conversation)).messages.length, 2);
    assert.equal(kept("owed").length, 2);
    await worker.stop();
    run("DROP TABLE outage");
    for (const stored of storedVisitors(state)) passTime(state, stored, 11 * 60_000);
    worker = await startTurnWorker(rig.upstream, { ...options, state });
    await eventually(() => assert.deepEqual(kept("owed"), []));
    assert.equal(kept("stays, not gone").length, 1, "others stay");
  });

  test("retention removes them with their conversation, also after the secret was changed", async () => {
    const visitor = await arrive();
    await ask(visitor, `${unanswered} retained`);
    await eventually(() => assert.equal(kept("retained").length, 1));
    await worker.stop();
    for (const stored of storedVisitors(state)) passTime(state, stored, 31 * 86_400_000);
    const secrets = { SESSION_SECRET: "another-secret-of-32-characters-or-more", SESSION_SECRET_PREVIOUS: testSecret };
    worker = await startTurnWorker(rig.upstream, { ...options, state, variables: secrets });
    await eventually(() => assert.deepEqual(run("SELECT * FROM unanswered_questions"), []));
  });
});
