// A visitor's object that an earlier version stored: everything is still there, and the next turn uses it.
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { makeTables, migrate, type Schema } from "../../../worker/storage/migrations.ts";
import { routes } from "../../../protocol/index.ts";
import { visitorSchema } from "../../../worker/visitor/schema.ts";
import { startFaultServer } from "../../fault-server/index.ts";
import { ending, readStream, TestVisitor } from "../../support/client.ts";
import { makeFolder, removeFolder } from "../../support/worker.ts";
import { startTurnWorker } from "../support/rig.ts";
import { SqliteStorage } from "../support/sqlite-storage.ts";
import { storedVisitors } from "../support/state.ts";
import { toVersion1 } from "./schema-1.ts";
import { toVersion2 } from "./schema-2.ts";
import { toVersion3 } from "./schema-3.ts";

test("the state of version 1 in a real workerd", async () => {
  await using upstream = await startFaultServer();
  const state = await makeFolder("state");
  const conversation = crypto.randomUUID();
  const question = 'An "old" question 🌊';
  let visitor: TestVisitor;
  {
    await using worker = await startTurnWorker(upstream, { state });
    visitor = await TestVisitor.arrive(worker.url, "plain");
    assert.equal(ending(await visitor.ask(question, { conversation })).content, "Hello.");
  }
  const [stored] = storedVisitors(state);
  assert.ok(stored);
  const announced = {
    conversation,
    message: crypto.randomUUID(),
    userPrompt: "Announced 'only'",
    answer: crypto.randomUUID(),
  };
  const replaced = crypto.randomUUID();
  {
    using database = new DatabaseSync(stored.file);
    toVersion1(database, announced, replaced);
  }

  await using worker = await startTurnWorker(upstream, { state });
  const again = new TestVisitor(worker.url, visitor.token);
  const { messages } = await again.read(conversation);
  assert.deepEqual(
    messages.map(({ content }) => content),
    [question, "Hello.", announced.userPrompt, ""],
  );
  assert.equal(messages[3]?.role === "assistant" && messages[3].errorCode, "upstream_truncated");
  assert.equal((await again.ask("x", { conversation, id: replaced })).error?.code, "conflict");
  assert.equal(ending(await again.ask("And now?", { conversation })).content, "Hello.");
  const sent: unknown = Reflect.get(Object(upstream.requests.at(-1)?.json), "messages");
  assert.deepEqual(sent, [
    { role: "user", content: question },
    { role: "assistant", content: "Hello." },
    { role: "user", content: "And now?" },
  ]);
  await removeFolder(state);
});

test("the state of version 2 in a real workerd: a visitor who has signed out stays signed out", async () => {
  await using upstream = await startFaultServer();
  const state = await makeFolder("state");
  let visitor: TestVisitor;
  {
    await using worker = await startTurnWorker(upstream, { state });
    visitor = await TestVisitor.arrive(worker.url, "plain");
    assert.equal((await visitor.send(routes.sessions, { method: "DELETE" })).status, 204);
  }
  const [stored] = storedVisitors(state);
  assert.ok(stored);
  {
    using database = new DatabaseSync(stored.file);
    toVersion2(database);
  }
  await using worker = await startTurnWorker(upstream, { state });
  assert.equal((await visitor.at(worker.url).send(routes.conversations)).status, 401);
  await removeFolder(state);
});

test("the state of version 3 in a real workerd: its messages have no page, and the next one has", async () => {
  await using upstream = await startFaultServer();
  const state = await makeFolder("state");
  const [conversation, id] = [crypto.randomUUID(), crypto.randomUUID()];
  let visitor: TestVisitor;
  {
    await using worker = await startTurnWorker(upstream, { state });
    visitor = await TestVisitor.arrive(worker.url, "plain");
    await visitor.ask("Before?", { conversation, id });
  }
  const [stored] = storedVisitors(state);
  assert.ok(stored);
  {
    using database = new DatabaseSync(stored.file);
    toVersion3(database);
  }
  await using worker = await startTurnWorker(upstream, { state });
  const again = visitor.at(worker.url);
  const regenerate = { conversation, message: id, id: crypto.randomUUID() };
  assert.equal(ending(await readStream(await again.send(routes.regenerate, { body: regenerate }))).content, "Hello.");
  const pageContext = { url: "https://example.com/", title: "Tides", text: "High tide is at four." };
  const question = { conversation, id: crypto.randomUUID(), userPrompt: "After?", pageContext };
  await readStream(await again.send(routes.messages, { body: question }));
  const body = await (await again.send(routes.visitorExport)).text();
  assert.match(body, /"content":"Before\?","createdAt":\d+,"answers"/);
  assert.ok(body.includes(JSON.stringify(pageContext)), body);
  await removeFolder(state);
});

/** The columns of every table, and its keys. */
function shapeOf(storage: SqliteStorage): unknown {
  const tables = storage.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name");
  return tables.map(({ name }) => [name, storage.rows(`SELECT name, type, "notnull", pk FROM pragma_table_info('${String(name)}')`)]); // prettier-ignore
}

test("migrated tables have the shape of new ones", () => {
  const fresh = new SqliteStorage();
  makeTables(fresh.storage, visitorSchema);
  const old = new SqliteStorage();
  makeTables(old.storage, visitorSchema);
  const ids = { conversation: "c", message: "m", userPrompt: "?", answer: "a" };
  toVersion1(old.database, ids, "r");
  assert.notDeepEqual(shapeOf(old), shapeOf(fresh));
  migrate(old.storage, visitorSchema);
  assert.deepEqual(shapeOf(old), shapeOf(fresh));
});

test("so have those of version 2", () => {
  const fresh = new SqliteStorage();
  makeTables(fresh.storage, visitorSchema);
  const old = new SqliteStorage();
  makeTables(old.storage, visitorSchema);
  toVersion2(old.database);
  assert.notDeepEqual(shapeOf(old), shapeOf(fresh));
  migrate(old.storage, visitorSchema);
  assert.deepEqual(shapeOf(old), shapeOf(fresh));
});

test("so have those of version 3", () => {
  const fresh = new SqliteStorage();
  makeTables(fresh.storage, visitorSchema);
  const old = new SqliteStorage();
  makeTables(old.storage, visitorSchema);
  toVersion3(old.database);
  assert.notDeepEqual(shapeOf(old), shapeOf(fresh));
  migrate(old.storage, visitorSchema);
  assert.deepEqual(shapeOf(old), shapeOf(fresh));
});

const counting: Schema = {
  tables: "CREATE TABLE thing (a, b, c);",
  migrations: ["ALTER TABLE thing ADD COLUMN b", "ALTER TABLE thing ADD COLUMN c"],
};

test("each step runs once, from any version of an object, and a crash in between leaves the old version", () => {
  for (let killAt = 1; killAt < 4; killAt += 1) {
    const { database } = new SqliteStorage();
    database.exec("CREATE TABLE thing (a); INSERT INTO thing VALUES (1)");
    try {
      migrate(new SqliteStorage(database, killAt).storage, counting);
    } catch {
      assert.equal(killAt, 1, "a migration is one write");
      assert.deepEqual({ ...database.prepare("SELECT * FROM thing").get() }, { a: 1 });
      migrate(new SqliteStorage(database).storage, counting);
    }
    assert.deepEqual({ ...database.prepare("SELECT * FROM thing").get() }, { a: 1, b: null, c: null });
    const untouched = new SqliteStorage(database, 1);
    migrate(untouched.storage, counting); // there is nothing to migrate: the storage would fail at the first write
  }
});

test("an object of a later version is not changed: the code was rolled back", () => {
  const storage = new SqliteStorage();
  storage.database.exec("CREATE VIEW schema_version AS SELECT 9 AS version");
  assert.throws(() => migrate(storage.storage, visitorSchema), /version 9.*only version \d/);
});
