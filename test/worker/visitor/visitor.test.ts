// Who a visitor is and what is stored about them, checked in the files on the disk and not only through the API.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, afterEach, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { sign } from "hono/jwt";
import { routes, type ConversationList } from "../../../protocol/index.ts";
import type { VisitorExport } from "../../../worker/visitor/export.ts";
import { anthropicAnswer, insertAfter, slowly } from "../../fault-server/index.ts";
import { readStream, testOrigin, TestVisitor } from "../../support/client.ts";
import { eventually } from "../../support/eventually.ts";
import { makeFolder, removeFolder, testSecret } from "../../support/worker.ts";
import { pieces, startRig, type Rig } from "../support/rig.ts";
import { rowCounts, storedVisitors, type StoredVisitor } from "../support/state.ts";
import { identitySecret, userToken, type TokenParts } from "../support/user-token.ts";

/** How long a conversation is kept in tests that wait for its deletion, in milliseconds. */
const retentionMs = 5000;

let rig: Rig;
let state: string;

before(async () => {
  state = await makeFolder("state");
  rig = await startRig({ state, variables: { IDENTITY_SECRET: identitySecret } });
});
after(async () => {
  await rig[Symbol.asyncDispose]();
  await removeFolder(state);
});
afterEach(() => rig.upstream.reset());

interface SessionWish {
  assistant?: string;
  renew?: string;
  userToken?: string;
  bringAlong?: boolean;
}

async function enter(wish: SessionWish): Promise<{ status: number; visitor: TestVisitor; reference?: string }> {
  const response = await fetch(rig.worker.url + routes.sessions, {
    method: "POST",
    headers: { origin: testOrigin, "content-type": "application/json" },
    body: JSON.stringify({ assistant: "plain", ...wish }),
  });
  const { token = "", visitor } = (await response.json()) as { token?: string; visitor?: string };
  return { status: response.status, visitor: new TestVisitor(rig.worker.url, token), reference: visitor };
}

async function enterAs(sub: string, wish: SessionWish = {}): Promise<TestVisitor> {
  const { status, visitor } = await enter({ userToken: userToken(sub), ...wish });
  assert.equal(status, 201);
  return visitor;
}

async function list(visitor: TestVisitor): Promise<string[]> {
  const response = await visitor.send(routes.conversations);
  assert.equal(response.status, 200);
  const { conversations }: ConversationList = JSON.parse(await response.text());
  return conversations.map(({ title }) => title);
}

function find(conversation: string): StoredVisitor | undefined {
  return storedVisitors(state).find(({ tables }) => tables.get("conversation")?.some(({ id }) => id === conversation));
}

describe("a visitor who is signed in to the site", () => {
  test("has the same conversations in two browsers, and no other visitor sees them", async () => {
    const [phone, laptop] = [await enterAs("anna"), await enterAs("anna")];
    const conversation = crypto.randomUUID();
    await phone.ask("From the phone", { conversation });
    await laptop.ask("From the laptop", { conversation });
    assert.deepEqual(await list(phone), ["From the phone"]);
    assert.deepEqual(await laptop.read(conversation), await phone.read(conversation));
    assert.equal((await laptop.read(conversation)).messages.length, 4);
    assert.deepEqual(await list(await enterAs("bert")), []);
    assert.deepEqual(await list(await TestVisitor.arrive(rig.worker.url, "plain")), []);
    const name = find(conversation)?.name ?? "";
    assert.match(name, /^plain\/user-[0-9a-f]{64}$/);
  });

  const wrong: Record<string, TokenParts> = {
    "another secret": { secret: "somebody-else's" },
    "a truncated signature": { signature: "AAAA" },
    "no signature": { signature: "" },
    "alg none": { header: { alg: "none" }, signature: "" },
    "alg none, but signed": { header: { alg: "none" } },
    HS512: { header: { alg: "HS512" } },
    "RS256, signed with the secret as HS256 would": { header: { alg: "RS256" } },
    "no alg": { header: { alg: undefined } },
    "no aud": { without: ["aud"] },
    "no exp": { without: ["exp"] },
    "no iat": { without: ["iat"] },
    "no sub": { without: ["sub"] },
    "an empty sub": { claims: { sub: "" } },
    "a sub that is not a string": { claims: { sub: 7 } },
    "another assistant's": { claims: { aud: "other" } },
    expired: { claims: { iat: now() - 700, exp: now() - 100 } },
    "an exp that is not a number": { claims: { exp: "never" } },
    "not valid yet": { claims: { nbf: now() + 600 } },
    "from the future": { claims: { iat: now() + 600, exp: now() + 900 } },
    "valid for more than an hour": { claims: { exp: now() + 7200 } },
  };
  for (const [name, parts] of Object.entries(wrong)) {
    test(`is refused with ${name}`, async () => {
      assert.equal((await enter({ userToken: userToken("anna", parts) })).status, 401);
    });
  }

  test("is refused with a value that is not a token", async () => {
    for (const bad of ["", "a.b", "a.b.c", "..", "é"]) assert.equal((await enter({ userToken: bad })).status, 401);
  });

  test("is accepted with an aud that lists the assistant", async () => {
    await enterAs("carla", { userToken: userToken("carla", { claims: { aud: ["elsewhere", "plain"] } }) });
  });
});

function now(): number {
  return Math.floor(Date.now() / 1000);
}

describe("a named visitor's session", () => {
  /** What is in a token. */
  const claimsOf = ({ token }: TestVisitor): Record<string, number | string> =>
    JSON.parse(atob(token.split(".")[1] ?? ""));

  test("is renewed only with a fresh userToken, however old or new its token is", async () => {
    const visitor = await enterAs("nora");
    await visitor.ask("Mine");
    const claims = claimsOf(visitor);
    const days = 20 * 86_400;
    const old = await sign({ ...claims, iat: now() - days, exp: now() - days + 600, fst: now() - days }, testSecret);
    for (const renew of [old, visitor.token]) {
      assert.equal((await enter({ renew })).status, 401);
      assert.equal((await enter({ renew, bringAlong: true })).status, 401);
      const stale = userToken("nora", { claims: { iat: now() - 700, exp: now() - 100 } });
      assert.equal((await enter({ renew, userToken: stale })).status, 401);
      const { status, visitor: renewed } = await enter({ renew, userToken: userToken("nora") });
      assert.equal(status, 201);
      assert.deepEqual(await list(renewed), ["Mine"]);
    }
    assert.equal(Number(claims["exp"]) - Number(claims["iat"]), 600, "a session lives for ten minutes");
  });

  test("begins although the site's clock is some seconds ahead or behind", async () => {
    for (const claims of [
      { nbf: now() + 30 },
      { iat: now() + 30, exp: now() + 90 },
      { iat: now() - 90, exp: now() - 30 },
    ]) {
      await enterAs("olaf", { userToken: userToken("olaf", { claims }) });
    }
  });
});

test("the reference to a visitor is the same in all of their sessions, and nobody else's", async () => {
  const first = await enter({});
  const renewed = await enter({ renew: first.visitor.token });
  assert.equal(renewed.reference, first.reference);
  const named = [await enter({ userToken: userToken("ref-1") }), await enter({ userToken: userToken("ref-1") })];
  assert.equal(named[0]?.reference, named[1]?.reference);
  const others = [await enter({}), await enter({ userToken: userToken("ref-2") })];
  assert.equal(new Set([first, ...named, ...others].map(({ reference }) => reference)).size, 4);
});

describe("signing out", () => {
  test("the old tokens cannot read or renew, and the same user can sign in again", async () => {
    const [here, there] = [await enterAs("dora"), await enterAs("dora")];
    await here.ask("Kept");
    assert.equal((await here.send(routes.sessions, { method: "DELETE" })).status, 204);
    for (const visitor of [here, there]) {
      assert.equal((await visitor.send(routes.conversations)).status, 401);
      assert.equal((await visitor.ask("Hi")).status, 401);
      assert.equal((await visitor.send(routes.visitorExport)).status, 401);
      assert.equal((await visitor.send(routes.visitor, { method: "DELETE" })).status, 401);
      assert.equal((await enter({ renew: visitor.token })).status, 401);
    }
    const again = await enterAs("dora");
    assert.deepEqual(await list(again), ["Kept"]);
    // The second sign-out invalidates the tokens that were issued since the first one.
    assert.equal((await again.send(routes.sessions, { method: "DELETE" })).status, 204);
    assert.equal((await again.send(routes.conversations)).status, 401);
    assert.deepEqual(await list(await enterAs("dora")), ["Kept"]);
  });

  test("an anonymous visitor's token becomes invalid too", async () => {
    const visitor = await TestVisitor.arrive(rig.worker.url, "plain");
    await visitor.ask("Mine");
    const { status, visitor: renewed } = await enter({ renew: visitor.token });
    assert.equal(status, 201);
    assert.deepEqual(await list(renewed), ["Mine"]);
    assert.equal((await renewed.send(routes.sessions, { method: "DELETE" })).status, 204);
    for (const { token } of [visitor, renewed]) assert.equal((await enter({ renew: token })).status, 401);
    assert.equal((await visitor.send(routes.conversations)).status, 401);
  });
});

describe("messages from before the sign-in", () => {
  test("stay with the anonymous visitor, unless the site brings them along; that visitor is then deleted", async () => {
    const anonymous = await TestVisitor.arrive(rig.worker.url, "plain");
    const conversation = crypto.randomUUID();
    await anonymous.ask("Before", { conversation });
    const wish = { renew: anonymous.token, userToken: userToken("emil") };
    assert.deepEqual(await list((await enter(wish)).visitor), []);
    const { status, visitor } = await enter({ ...wish, bringAlong: true });
    assert.equal(status, 201);
    assert.deepEqual(await list(visitor), ["Before"]);
    assert.equal((await anonymous.send(routes.conversations)).status, 401);
    assert.match(find(conversation)?.name ?? "", /^plain\/user-/);
    assert.equal(
      storedVisitors(state).filter(({ tables }) => JSON.stringify([...tables], text).includes("Before")).length,
      1,
    );
    await visitor.ask("After", { conversation });
    assert.equal((await visitor.read(conversation)).messages.length, 4);
  });

  test("are never brought from one signed-in user to another", async () => {
    const anna = await enterAs("first-person");
    await anna.ask("Annas");
    const { visitor } = await enter({ renew: anna.token, userToken: userToken("second-person"), bringAlong: true });
    assert.deepEqual(await list(visitor), []);
    assert.deepEqual(await list(anna), ["Annas"]);
  });

  test("are brought along from a running turn, and stay deleted if they were deleted", async () => {
    const conversation = crypto.randomUUID();
    const named = await enterAs("frida");
    await named.ask("Deleted", { conversation });
    await named.send(routes.conversation(conversation), { method: "DELETE" });
    rig.upstream.script(slowly(20, anthropicAnswer({ text: pieces(2000) })));
    const anonymous = await TestVisitor.arrive(rig.worker.url, "plain");
    const running = anonymous.ask("Running");
    await rig.upstream.waitForRequests(2);
    rig.upstream.script();
    await anonymous.ask("Deleted elsewhere", { conversation });
    const { visitor } = await enter({ renew: anonymous.token, userToken: userToken("frida"), bringAlong: true });
    assert.deepEqual(await list(visitor), ["Running"]);
    assert.equal((await running).frames.at(-1)?.event.type, "response");
  });
});

function text(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? Number(value) : value;
}

describe("a visitor's data", () => {
  test("the export contains every message, every version of the answers, and the feedback", async () => {
    const visitor = await TestVisitor.arrive(rig.worker.url, "plain");
    const [conversation, id] = [crypto.randomUUID(), crypto.randomUUID()];
    rig.upstream.script([anthropicAnswer({ text: "First." }), anthropicAnswer({ text: "Second." })]);
    await visitor.ask("Why?", { conversation, id });
    const body = { conversation, message: id, id: crypto.randomUUID() };
    await readStream(await visitor.send(routes.regenerate, { body }));
    const feedback = { conversation, message: body.id, rating: "up", comment: "Good." };
    assert.equal((await visitor.send(routes.feedback, { body: feedback })).status, 204);
    rig.upstream.script(slowly(20, anthropicAnswer({ text: pieces(2000) })));
    const running = visitor.ask("And?");
    await rig.upstream.waitForRequests(3);
    const exported = await eventually(async () => {
      const all = (await (await visitor.send(routes.visitorExport)).json()) as VisitorExport;
      assert.match(all.conversations[1]?.messages[0]?.answers[0]?.content ?? "", /^0🌊 1🌊 /);
      return all;
    });
    const [first] = exported.conversations;
    assert.deepEqual(
      first?.messages.map((message) => message.content),
      ["Why?"],
    );
    assert.deepEqual(
      first?.messages[0]?.answers.map((answer) => answer.content),
      ["First.", "Second."],
    );
    const answers = exported.conversations.flatMap(({ messages }) => messages.flatMap((message) => message.answers));
    assert.deepEqual(
      answers.map(({ aiGenerated }) => aiGenerated),
      [true, true, true],
      "answers are marked as generated in a machine-readable way",
    );
    assert.deepEqual(first?.messages[0]?.answers[1]?.feedback, { rating: "up", comment: "Good." });
    assert.equal((await visitor.send(routes.visitor, { method: "DELETE" })).status, 204);
    await running;
  });

  test("deleted during a turn, only the record that its tokens are invalid is left", async () => {
    rig.upstream.script(slowly(20, anthropicAnswer({ text: ["SECRET-ANSWER ", ...pieces(2000)] })));
    const visitor = await TestVisitor.arrive(rig.worker.url, "plain");
    const conversation = crypto.randomUUID();
    const running = visitor.ask("SECRET-QUESTION", { conversation });
    const [request] = await rig.upstream.waitForRequests(1);
    assert.ok(request);
    await eventually(() => (find(conversation)?.tables.get("log")?.length ?? 0) > 0);
    const before = find(conversation);
    assert.ok(before);
    // During the deletion, other tabs continue to ask.
    const others = Array.from({ length: 20 }, () => visitor.ask("SECRET-QUESTION too"));
    const deletion = visitor.send(routes.visitor, { method: "DELETE" });
    others.push(...Array.from({ length: 20 }, () => visitor.ask("SECRET-QUESTION too")));
    assert.equal((await deletion).status, 204);
    await rig.upstream.waitUntilLeft(request);
    const { frames } = await running;
    assert.equal(frames.at(-1)?.event.type, "response");
    await Promise.all(others);
    const stored = storedVisitors(state).find(({ file }) => file === before.file);
    assert.ok(stored);
    assert.deepEqual(rowCounts(stored), { token_generation: 1 });
    for (const file of [stored.file, `${stored.file}-wal`]) {
      assert.ok(!readFileSync(file, "latin1").includes("SECRET-"), `${file} still contains messages`);
    }
    for (const path of [routes.conversations, routes.conversation(conversation), routes.stream(conversation)]) {
      assert.equal((await visitor.send(path)).status, 401, path);
    }
    assert.equal((await enter({ renew: visitor.token })).status, 401);
  });

  test("a visitor who only opens the chat leaves no data", async () => {
    const visitor = await TestVisitor.arrive(rig.worker.url, "other");
    assert.deepEqual(await list(visitor), []);
    assert.equal((await visitor.send(routes.conversation(crypto.randomUUID()))).status, 404);
    const [stored] = storedVisitors(state).filter(({ name }) => name.startsWith("other/"));
    assert.equal(stored?.tables.size, 0);
  });
});

test("retention runs by alarm: unused conversations are deleted without a request", async () => {
  const kept = await makeFolder("state");
  {
    const days = (retentionMs / 86_400_000).toFixed(8);
    await using short = await startRig({ state: kept, variables: { RETENTION_DAYS: days } });
    const visitor = await TestVisitor.arrive(short.worker.url, "plain");
    await visitor.ask("Soon forgotten");
    const { log = 0, ...rows } = rowCounts(storedVisitors(kept)[0] ?? assert.fail());
    assert.deepEqual(rows, { conversation: 1, message: 1, answer: 1 });
    assert.ok(log > 0);
    // A running turn is not deleted, however old its conversation is.
    short.upstream.script(insertAfter(5, [{ hold: "end" }], anthropicAnswer({ text: pieces(10) })));
    const running = visitor.ask("A long one");
    running.catch(() => undefined); // so that the first failure is the one reported
    const titles = () =>
      storedVisitors(kept)[0]
        ?.tables.get("conversation")
        ?.map(({ title }) => title);
    await eventually(() => assert.ok(titles()?.includes("A long one")));
    const begunBy = Date.now();
    await eventually(() => assert.deepEqual(titles(), ["A long one"]));
    await sleep(begunBy + 2 * retentionMs - Date.now());
    assert.deepEqual(titles(), ["A long one"]);
    short.upstream.release("end");
    assert.equal((await running).frames.at(-1)?.event.type, "response");
  }
  await removeFolder(kept);
});
