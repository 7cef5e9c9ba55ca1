// Changes to a conversation: edit, regenerate, rename, rate, read page by page, and delete.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { routes, type Conversation, type ConversationList, type Message } from "../../../protocol/index.ts";
import { anthropicAnswer, slowly } from "../../fault-server/index.ts";
import { ending, readStream, TestVisitor, type Streamed } from "../../support/client.ts";
import { pieces, startRig, type Rig } from "../support/rig.ts";

let rig: Rig;

before(async () => {
  rig = await startRig();
});
after(() => rig[Symbol.asyncDispose]());
afterEach(() => rig.upstream.reset());

const endless = slowly(20, anthropicAnswer({ text: pieces(2000) }));

/** A visitor with a conversation in which they have asked questions. */
async function talk(...prompts: string[]): Promise<{ visitor: TestVisitor; conversation: string; ids: string[] }> {
  const visitor = await TestVisitor.arrive(rig.worker.url, "plain");
  const conversation = crypto.randomUUID();
  const ids = prompts.map(() => crypto.randomUUID());
  for (const [at, prompt] of prompts.entries()) await visitor.ask(prompt, { conversation, id: ids[at] });
  return { visitor, conversation, ids };
}

async function post(visitor: TestVisitor, path: string, body: object): Promise<Streamed> {
  return readStream(await visitor.send(path, { body }));
}

async function codeOf(response: Response): Promise<string> {
  const body: { error: { code: string } } = JSON.parse(await response.text());
  return body.error.code;
}

async function list(visitor: TestVisitor, cursor?: string): Promise<ConversationList> {
  const query = cursor === undefined ? "" : `?cursor=${encodeURIComponent(cursor)}`;
  const found: ConversationList = JSON.parse(await (await visitor.send(routes.conversations + query)).text());
  return found;
}

function sent(at: number): unknown {
  const { messages }: { messages: unknown } = JSON.parse(rig.upstream.requests[at]?.text ?? "{}");
  return messages;
}

const contents = (messages: readonly Message[]) => messages.map(({ content }) => content);

describe("an edit", () => {
  test("removes the message and everything after it, and asks with the earlier messages", async () => {
    const { visitor, conversation, ids } = await talk("one", "two", "three");
    const id = crypto.randomUUID();
    const edited = { conversation, id, userPrompt: "zwei", replaces: ids[1] };
    assert.equal(ending(await post(visitor, routes.messages, edited)).content, "Hello.");
    assert.deepEqual(contents((await visitor.read(conversation)).messages), ["one", "Hello.", "zwei", "Hello."]);
    assert.deepEqual(sent(3), [
      { role: "user", content: "one" },
      { role: "assistant", content: "Hello." },
      { role: "user", content: "zwei" },
    ]);
    // The same edit again attaches to its turn. The ids of replaced messages cannot be used again.
    assert.equal(ending(await post(visitor, routes.messages, edited)).content, "Hello.");
    assert.equal((await visitor.ask("two", { conversation, id: ids[1] })).error?.code, "conflict");
    assert.equal((await visitor.ask("three", { conversation, id: ids[2] })).error?.code, "conflict");
    assert.equal(rig.upstream.requests.length, 4);
  });

  test("that is refused changes nothing", async () => {
    const { visitor, conversation, ids } = await talk("one", "two");
    rig.upstream.script({ steps: [{ head: { status: 401 } }] });
    const edited = { conversation, id: crypto.randomUUID(), userPrompt: "zwei", replaces: ids[0] };
    assert.equal((await post(visitor, routes.messages, edited)).error?.code, "provider_rejected");
    assert.deepEqual(contents((await visitor.read(conversation)).messages), ["one", "Hello.", "two", "Hello."]);
  });

  test("of an unknown message, or during an answer, is refused", async () => {
    const { visitor, conversation, ids } = await talk("one");
    const elsewhere = await talk("elsewhere");
    for (const replaces of [crypto.randomUUID(), elsewhere.ids[0]]) {
      const edited = { conversation, id: crypto.randomUUID(), userPrompt: "eins", replaces };
      assert.equal((await post(visitor, routes.messages, edited)).error?.code, "invalid_request");
    }
    rig.upstream.reset();
    rig.upstream.script(endless);
    const id = crypto.randomUUID();
    const running = visitor.ask("two", { conversation, id });
    await rig.upstream.waitForRequests(1);
    const edited = { conversation, id: crypto.randomUUID(), userPrompt: "eins", replaces: ids[0] };
    assert.equal((await post(visitor, routes.messages, edited)).error?.code, "turn_in_progress");
    await visitor.send(routes.stop, { body: { conversation, messageId: id } });
    await running;
  });
});

describe("a regenerated answer", () => {
  test("is a version, and the history has the newest one", async () => {
    const { visitor, conversation, ids } = await talk("one");
    const [message] = ids;
    for (const text of ["Second.", "Third."]) {
      rig.upstream.script(anthropicAnswer({ text }));
      const wish = { conversation, message, id: crypto.randomUUID() };
      assert.equal(ending(await post(visitor, routes.regenerate, wish)).content, text);
    }
    const [, answer] = (await visitor.read(conversation)).messages;
    assert.ok(answer?.role === "assistant");
    assert.deepEqual([...(answer.versions ?? []), answer].map(({ content }) => content), ["Hello.", "Second.", "Third."]); // prettier-ignore
    await visitor.ask("two", { conversation });
    assert.deepEqual(sent(3), [
      { role: "user", content: "one" },
      { role: "assistant", content: "Third." },
      { role: "user", content: "two" },
    ]);
  });

  test("is possible only for the last message, one at a time", async () => {
    const { visitor, conversation, ids } = await talk("one", "two");
    const first = { conversation, message: ids[0], id: crypto.randomUUID() };
    assert.equal((await post(visitor, routes.regenerate, first)).error?.code, "invalid_request");
    const unknown = { conversation: crypto.randomUUID(), message: ids[1], id: crypto.randomUUID() };
    assert.equal((await post(visitor, routes.regenerate, unknown)).error?.code, "not_found");
    rig.upstream.reset();
    rig.upstream.script(endless);
    const wish = { conversation, message: ids[1], id: crypto.randomUUID() };
    const running = post(visitor, routes.regenerate, wish);
    await rig.upstream.waitForRequests(1);
    const other = { ...wish, id: crypto.randomUUID() };
    assert.equal((await post(visitor, routes.regenerate, other)).error?.code, "turn_in_progress");
    assert.equal((await visitor.send(routes.stop, { body: { conversation, messageId: wish.id } })).status, 202);
    assert.equal(ending(await running).type, "response");
    const elsewhere = { ...wish, message: ids[0] };
    assert.equal((await post(visitor, routes.regenerate, elsewhere)).error?.code, "conflict");
  });
});

test("changing a title changes nothing else", async () => {
  const { visitor, conversation } = await talk("one");
  const rename = (id: string, title: string) =>
    visitor.send(routes.conversation(id), { method: "PATCH", body: { title } });
  assert.equal((await rename(conversation, "  Named  ")).status, 204);
  assert.equal((await visitor.read(conversation)).title, "Named");
  await visitor.ask("two", { conversation });
  assert.equal((await visitor.read(conversation)).title, "Named");
  assert.equal(await codeOf(await rename(conversation, " ")), "invalid_request");
  assert.equal(await codeOf(await rename(crypto.randomUUID(), "x")), "not_found");
});

test("an answer's rating can be set, changed and removed", async () => {
  const { visitor, conversation } = await talk("one");
  const answer = async () => {
    const [, found] = (await visitor.read(conversation)).messages;
    assert.ok(found?.role === "assistant");
    return found;
  };
  const { id } = await answer();
  const rate = (body: object) => visitor.send(routes.feedback, { body: { conversation, message: id, ...body } });
  assert.equal((await rate({ rating: "down", comment: "No." })).status, 204);
  assert.deepEqual((await answer()).feedback, { rating: "down", comment: "No." });
  assert.equal((await rate({ rating: "up" })).status, 204);
  assert.deepEqual((await answer()).feedback, { rating: "up" });
  assert.equal((await rate({ rating: null })).status, 204);
  assert.equal((await answer()).feedback, undefined);
  assert.equal(await codeOf(await rate({ rating: "up", message: crypto.randomUUID() })), "not_found");
  assert.equal(await codeOf(await rate({ rating: "up", conversation: crypto.randomUUID() })), "not_found");
  assert.equal(await codeOf(await rate({ rating: "sideways" })), "invalid_request");
});

describe("deleted", () => {
  test("during a turn: the turn is stopped first, and the conversation stays deleted", async () => {
    const { visitor, conversation, ids } = await talk("one");
    rig.upstream.reset();
    rig.upstream.script(endless);
    const running = visitor.ask("two", { conversation });
    const [request] = await rig.upstream.waitForRequests(1);
    assert.ok(request);
    assert.equal((await visitor.send(routes.conversation(conversation), { method: "DELETE" })).status, 204);
    await rig.upstream.waitUntilLeft(request);
    const last = ending(await running);
    assert.ok(last.type === "response" && last.finishReason === "aborted");
    rig.upstream.script();
    assert.equal((await visitor.send(routes.conversation(conversation))).status, 404);
    assert.equal((await visitor.send(routes.stream(conversation))).status, 204);
    assert.equal((await visitor.ask("again", { conversation })).error?.code, "not_found");
    assert.equal((await visitor.ask("one", { conversation, id: ids[0] })).error?.code, "not_found");
    assert.equal((await visitor.send(routes.conversation(conversation), { method: "DELETE" })).status, 404);
    assert.deepEqual((await list(visitor)).conversations, []);
    assert.equal(rig.upstream.requests.length, 1);
  });

  test("before the provider has answered, while other tabs ask repeatedly", async () => {
    const visitor = await TestVisitor.arrive(rig.worker.url, "plain");
    rig.upstream.script({ steps: [{ stall: true }] });
    const [conversation, id] = [crypto.randomUUID(), crypto.randomUUID()];
    const asked = visitor.ask("one", { conversation, id });
    await rig.upstream.waitForRequests(1);
    const deletion = visitor.send(routes.conversation(conversation), { method: "DELETE" });
    const others = Array.from({ length: 5 }, () => visitor.ask("more", { conversation }));
    assert.equal((await deletion).status, 204);
    for (const { error } of await Promise.all(others)) {
      assert.ok(
        error?.code === "turn_in_progress" || error?.code === "not_found",
        error?.code ?? "the question was answered",
      );
    }
    await asked;
    assert.equal((await visitor.send(routes.conversation(conversation))).status, 404);
    assert.equal(rig.upstream.requests.length, 1);
  });
});

describe("page by page", () => {
  test("a long conversation is read from its newest message back to its first", async () => {
    const prompts = Array.from({ length: 65 }, (_, at) => `question ${at}`);
    const { visitor, conversation } = await talk(...prompts);
    const pages: Message[][] = [];
    for (let before: string | undefined = ""; before !== undefined;) {
      const query: string = before === "" ? "" : `?before=${before}`;
      const page: Conversation = JSON.parse(
        await (await visitor.send(routes.conversation(conversation) + query)).text(),
      );
      pages.unshift(page.messages);
      before = page.previous;
    }
    assert.deepEqual(
      pages.map(({ length }) => length),
      [10, 60, 60],
    );
    const all = pages.flat();
    assert.deepEqual(contents(all.filter(({ role }) => role === "user")), prompts);
    assert.equal(new Set(all.map(({ id }) => id)).size, 130);
    const answer = all.at(-1)?.id ?? "";
    const early = await visitor.send(`${routes.conversation(conversation)}?before=${answer}`);
    assert.equal(early.status, 200); // an answer's id works like its question's id
    const nowhere = await visitor.send(`${routes.conversation(conversation)}?before=${crypto.randomUUID()}`);
    assert.equal(await codeOf(nowhere), "invalid_request");
  });

  test("the list of conversations is newest first, without gaps or duplicates", async () => {
    const visitor = await TestVisitor.arrive(rig.worker.url, "plain");
    const titles = Array.from({ length: 55 }, (_, at) => `conversation ${at}`);
    for (const title of titles.slice(0, 5)) await visitor.ask(title);
    await Promise.all(titles.slice(5).map((title) => visitor.ask(title)));
    const first = await list(visitor);
    assert.equal(first.conversations.length, 50);
    const second = await list(visitor, first.next);
    assert.equal(second.next, undefined);
    const all = [...first.conversations, ...second.conversations];
    assert.deepEqual(all.map(({ title }) => title).toSorted(), titles.toSorted());
    assert.ok(all.every(({ updatedAt }, at) => at === 0 || updatedAt <= (all[at - 1]?.updatedAt ?? 0)));
    assert.deepEqual(all.slice(-5).map(({ title }) => title), titles.slice(0, 5).toReversed()); // prettier-ignore
    assert.equal((await visitor.send(`${routes.conversations}?cursor=nonsense`)).status, 400);
  });
});
