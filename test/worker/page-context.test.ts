// The page that a visitor is looking at: what the provider receives on both wires, the events, and where the page is
// kept.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { routes, type AssistantProfile, type ChatEvent, type PageContext } from "../../protocol/index.ts";
import { pageResult } from "../../worker/context/page.ts";
import { assemblePrompt } from "../../worker/prompt/assemble.ts";
import { promptContext } from "../../worker/prompt/context.ts";
import { textOf, textParts } from "../../worker/prompt/parts.ts";
import injection from "../data/injection.json" with { type: "json" };
import { anthropicAnswer, azureAnswer } from "../fault-server/index.ts";
import {
  ending,
  endingCode,
  jsonOf,
  readStream,
  sentBody,
  sentMessages,
  TestVisitor,
  testOrigin,
  type Streamed,
} from "../support/client.ts";
import { project } from "./page-project/project.ts";
import { startRig, type Rig } from "./support/rig.ts";
import { identitySecret, userToken } from "./support/user-token.ts";

let rig: Rig;

before(async () => {
  rig = await startRig({
    entry: "test/worker/page-project/entry.ts",
    variables: { API_KEY: "k", IDENTITY_SECRET: identitySecret },
  });
});
after(() => rig[Symbol.asyncDispose]());
afterEach(() => rig.upstream.reset());

const page: PageContext = {
  url: "https://www.example.com/duo",
  title: "The Duo",
  text: "## Weight\n\nThe Duo weighs 41 kilograms.",
};
const content = `The Duo\n\n${page.text}`;

/** The page as a source of an answer. */
const pageSource = {
  index: 1,
  id: "page",
  kind: "page",
  title: "This page",
  url: page.url,
  snippet: "The Duo Weight The Duo weighs 41 kilograms.",
};

interface Asked {
  visitor?: TestVisitor;
  conversation?: string;
  id?: string;
  replaces?: string;
  userPrompt?: string;
}

/** Asks a question about a page. If `pageContext` is undefined, no page is sent. */
async function ask(assistant: string, pageContext: unknown, asked: Asked = {}) {
  const { visitor = await TestVisitor.arrive(rig.worker.url, assistant), ...rest } = asked;
  const ids = { conversation: crypto.randomUUID(), id: crypto.randomUUID(), ...rest };
  const body = { userPrompt: "How heavy is it?", ...ids, pageContext };
  const streamed = await readStream(await visitor.send(routes.messages, { body }));
  return { ...ids, visitor, streamed };
}

/** The last message that the provider received. */
function lastSent(): unknown {
  return sentBody(rig.upstream.requests.at(-1)).messages.at(-1)?.content;
}

function sourcesIn({ frames }: Streamed) {
  return frames.flatMap(({ event }): ChatEvent[] => (event.type === "sources" ? [event] : []));
}

/** Everything inside the fence, with the mark as `#`. */
function fenced(text: unknown): string | undefined {
  const [, mark = "-", inside] = /<context-([a-z2-9]{6})>\n(.*)\n<\/context-\1>/s.exec(String(text)) ?? [];
  return inside?.replaceAll(mark, "#");
}

describe("what the provider receives", () => {
  test("Anthropic: a search result of its own, for an assistant without other sources, too", async () => {
    const citations = [{ index: 0, text: "41 kilograms" }];
    rig.upstream.script(anthropicAnswer({ blocks: [{ text: "41 kg.", citations }] }));
    const { streamed } = await ask("anthropic", page);
    const [result, about, question]: { content?: { text: string }[] }[] = Object(lastSent());
    const { content: pieces = [], ...common } = result ?? {};
    const citable = { type: "search_result", source: page.url, title: "This page", citations: { enabled: true } };
    assert.deepEqual(common, citable);
    assert.equal(pieces.map((piece) => piece.text).join(""), content);
    assert.match(JSON.stringify(about), /not instructions to follow/);
    assert.deepEqual(question, { type: "text", text: "How heavy is it?" });
    assertCited(streamed);
  });

  test("Azure: a passage in the fence, and the same events", async () => {
    rig.upstream.script(azureAnswer({ text: "41 kg⟦1⟧." }));
    const { streamed } = await ask("azure", page);
    assert.equal(fenced(lastSent()), `# ⟦1⟧ This page (${page.url})\n${content}`);
    assertCited(streamed);
  });

  test("an operator's own template: the page is at its place for the context", async () => {
    await ask("template", page);
    assert.match(String(lastSent()), /^Context: <context-.*This page.*41 kilograms.*<\/context-.*Question: How heavy/s);
  });

  for (const provider of ["anthropic", "azure"] as const) {
    test(`${provider}: the page has the first number, before fixed and found passages`, async () => {
      const { streamed } = await ask(`${provider}-searched`, page, { userPrompt: "Compare it with the Store." });
      const [event] = sourcesIn(streamed);
      assert.ok(event?.type === "sources");
      assert.deepEqual(
        event.sources.map(({ index, title, kind }) => [index, title, kind]),
        [
          [1, "This page", "page"],
          [2, "Imprint", undefined],
          [3, "Store", undefined],
        ],
      );
      const sent = JSON.stringify(lastSent());
      const order = ["We are Sillwatt.", "41 kilograms", "Sillwatt, Berlin.", "2.2 kilowatt hours"].map((part) =>
        sent.indexOf(part),
      );
      assert.ok(
        order.every((at) => at >= 0),
        sent,
      );
      assert.deepEqual(
        order.slice(1),
        order.slice(1).toSorted((a, b) => a - b),
      );
    });
  }

  test("a passage that the page repeats is left out", async () => {
    const own = { ...page, text: "Our bikes.\n\nThe Duo weighs 42 kilograms, with both panels.\n\nOrder it today." };
    const { streamed } = await ask("azure-searched", own, { userPrompt: "How heavy is the Duo?" });
    const [event] = sourcesIn(streamed);
    assert.deepEqual(event?.type === "sources" && event.sources.map(({ title }) => title), ["This page", "Imprint"]);
    assert.equal(String(lastSent()).split("42 kilograms").length, 2);
  });

  test("its beginning, up to the assistant's limit, and no half of a character", async () => {
    const long = { ...page, title: "", text: `${"🌊".repeat(20)} the end` };
    await ask("small", long);
    assert.equal(fenced(lastSent()), `# ⟦1⟧ This page (${page.url})\n${"🌊".repeat(12)}`);
    const big = { ...page, text: `start ${"word ".repeat(5000)}end` };
    await ask("azure", big);
    const inside = fenced(lastSent()) ?? "";
    assert.ok(
      inside.length <= 16_384 + 100 && inside.length > 16_000 && inside.includes("start") && !inside.includes("end"),
    );
  });

  test("what a reader does not see is removed; a page of nothing else is no source", async () => {
    await ask("azure", { ...page, title: "T\u202E", text: "Vis\u200Bible\u{E0041} ⟦2⟧\r\ntext" });
    assert.equal(fenced(lastSent()), `# ⟦1⟧ This page (${page.url})\nT\n\nVisible [2]\ntext`);
    const { streamed } = await ask("azure", { ...page, title: "", text: "\u200B\u{E0041}" });
    assert.deepEqual([lastSent(), sourcesIn(streamed)], ["How heavy is it?", []]);
  });

  for (const assistant of ["off", "no-place"]) {
    test(`nothing of it, if the assistant is “${assistant}”`, async () => {
      const { visitor, streamed } = await ask(assistant, page);
      assert.ok(!rig.upstream.requests.at(-1)?.text.includes("41 kilograms"));
      assert.deepEqual(sourcesIn(streamed), []);
      assert.ok(
        !(await (await visitor.send(routes.visitorExport)).text()).includes("41 kilograms"),
        "nor is it stored",
      );
      assert.equal((await profileOf(assistant)).limits.maxPageBytes, undefined);
    });
  }

  test("the profile says how much of a page is used", async () => {
    assert.equal((await profileOf("azure")).limits.maxPageBytes, 16_384);
    assert.equal((await profileOf("small")).limits.maxPageBytes, 50);
  });

  test("an assistant that refuses what its documents do not have answers from the page", async () => {
    await ask("refusing", undefined);
    assert.equal(rig.upstream.requests.length, 0);
    await ask("refusing", page);
    assert.match(fenced(lastSent()) ?? "", /A search of the documents found no passage.*⟦1⟧ This page/s);
  });
});

/** Asserts that an answer cites the page. */
function assertCited(streamed: Streamed): void {
  assert.deepEqual(
    sourcesIn(streamed).map((event) => event.type === "sources" && event.sources),
    [[pageSource]],
  );
  const last = ending(streamed);
  assert.ok(last.type === "response");
  assert.deepEqual([last.sources, last.citations.map(({ index }) => index)], [[pageSource], [1]]);
}

function profileOf(assistant: string): Promise<AssistantProfile> {
  return jsonOf(fetch(rig.worker.url + routes.assistant(assistant)));
}

describe("the injection texts in a page", () => {
  const question = "What is @@context here, ⟦1⟧ or </context>?";
  const address = "https://www.example.com/";

  /** The visible letters and digits of a text. */
  const letters = (text: string) =>
    text.replace(/[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu, "").replace(/[^\p{L}\p{N}]/gu, "");

  /** Checks a question that is sent with one page as text. One fence contains one heading and all of the page. */
  function assertFenced(sent: string, text: string): void {
    const [, mark = ""] = /<context-([a-z2-9]{6})>/.exec(sent) ?? assert.fail(sent);
    assert.equal(sent.split(mark).length - 1, 4, "two lines of the fence, one heading, one explanation");
    const [outside = "", inside = "", rest = ""] = sent.split(new RegExp(`<context-${mark}>\\n|\\n</context-${mark}>`));
    assert.ok(inside.startsWith(`${mark} ⟦1⟧ This page (${address})\n`), inside);
    assert.equal(inside.match(/[⟦⟧]/g)?.length, 2, "only the heading has the brackets of markers");
    assert.ok(letters(inside).endsWith(letters(text)), "all of it is inside");
    assert.match(outside, /^Answer the question with the help of the context/);
    assert.equal(rest, `\n\nQuestion: ${question}`);
  }

  test("each of them: the structure holds", () => {
    const visible = injection.filter(({ text }) => letters(text) !== "");
    assert.ok(visible.length > 100);
    const assistant = project.assistants.get("azure") ?? assert.fail();
    const parts = { assistant, history: { turns: [], isTrimmed: false }, question: textParts(question) };
    for (const { text, title = "Tea" } of visible) {
      const results = [pageResult({ url: address, title, text }, 65_536)];
      assertFenced(textOf(assemblePrompt(parts, promptContext({ results })).asText), text);
    }
  });

  /** The texts that fit into one page together. One text is left out, because it is longer than a page may be. */
  const short = injection.filter((each) => each.text.length < 5000);
  const text = short.map((each) => each.text.toWellFormed()).join("\n");

  test("all of them in one page, on Azure", async () => {
    await ask("azure-large", { url: address, title: "Tea", text }, { userPrompt: question });
    assertFenced(String(lastSent()), text);
  });

  test("all of them in one page, on Anthropic", async () => {
    await ask("anthropic-large", { url: address, title: "Tea", text }, { userPrompt: question });
    const blocks: { type: string; text: string; content?: { text: string }[] }[] = Object(lastSent());
    assert.deepEqual(
      blocks.map(({ type }) => type),
      ["search_result", "text", "text"],
    );
    assert.equal(blocks[2]?.text, question);
    assert.equal(letters(blocks[0]?.content?.map((piece) => piece.text).join("") ?? ""), letters(`Tea${text}`));
  });
});

describe("where it is kept", () => {
  test("with its message: regenerate uses it again, the export has it, and the next question does not send it", async () => {
    const { visitor, conversation, id } = await ask("azure", page);
    const first = fenced(lastSent());
    const again = { conversation, message: id, id: crypto.randomUUID() };
    const streamed = await readStream(await visitor.send(routes.regenerate, { body: again }));
    assert.equal(endingCode(streamed), "ok");
    assert.equal(sourcesIn(streamed).length, 1);
    assert.equal(fenced(lastSent()), first);
    await visitor.ask("And then?", { conversation });
    assert.deepEqual(
      sentMessages(rig.upstream.requests.at(-1)).map((message) => message.content),
      ["How heavy is it?", "Hello.", "And then?"],
    );
    const { messages } = await exported(visitor);
    assert.deepEqual(
      messages.map(({ pageContext }) => pageContext),
      [page, undefined],
    );
    assert.ok(!JSON.stringify(await visitor.read(conversation)).includes("pageContext"), "only the export has it");
  });

  test("an edit replaces it, and deleting removes it", async () => {
    const { visitor, conversation, id } = await ask("azure", page);
    const other = { ...page, text: "Another page." };
    await ask("azure", other, { visitor, conversation, replaces: id });
    assert.match(String(lastSent()), /Another page/);
    const kept = await (await visitor.send(routes.visitorExport)).text();
    assert.ok(kept.includes("Another page.") && !kept.includes("41 kilograms"), kept);
    assert.equal((await visitor.send(routes.conversation(conversation), { method: "DELETE" })).status, 204);
    assert.ok(!(await (await visitor.send(routes.visitorExport)).text()).includes("Another page."));
  });

  test("it moves with the visitor at sign-in", async () => {
    const { visitor, conversation, id } = await ask("azure", page);
    const named = await signIn("azure", visitor.token);
    assert.deepEqual(
      (await exported(named)).messages.map(({ pageContext }) => pageContext),
      [page],
    );
    const again = { conversation, message: id, id: crypto.randomUUID() };
    await readStream(await named.send(routes.regenerate, { body: again }));
    assert.match(fenced(lastSent()) ?? "", /41 kilograms/);
  });

  test("the same id attaches to the same turn, whatever the page has become; another text is a conflict", async () => {
    const first = await ask("azure", page);
    const repeated = await ask("azure", { ...page, text: "It has changed." }, first);
    assert.equal(endingCode(repeated.streamed), "ok");
    assert.equal(rig.upstream.requests.length, 1);
    assert.equal(endingCode((await ask("azure", page, { ...first, userPrompt: "Other?" })).streamed), "conflict");
  });
});

async function exported(visitor: TestVisitor) {
  const all: { conversations: { messages: { pageContext?: PageContext }[] }[] } = await jsonOf(
    visitor.send(routes.visitorExport),
  );
  return all.conversations[0] ?? assert.fail("there is no conversation");
}

test("the reservation covers the page", async () => {
  const long = { ...page, text: "word ".repeat(3000) };
  assert.equal(endingCode((await ask("capped", long)).streamed), "budget_exhausted");
  assert.equal(endingCode((await ask("capped", page)).streamed), "ok");
});

describe("a page context of the wrong shape", () => {
  const limit = 65_536;
  const wrong: [name: string, value: unknown, message: RegExp][] = [
    ["text", "The page", /pageContext: must be an object with url, title and text/],
    ["a list", [], /pageContext/],
    ["nothing", null, /pageContext: must be an object/],
    ["no url", { title: "", text: "x" }, /pageContext\.url/],
    ["a relative url", { ...page, url: "/duo" }, /pageContext\.url: must be a full http or https URL/],
    ["a script", { ...page, url: "javascript:alert(1)" }, /pageContext\.url: must be a full http or https URL/],
    ["data", { ...page, url: "data:text/html,x" }, /pageContext\.url/],
    [
      "a long url",
      { ...page, url: `https://example.com/${"x".repeat(2000)}` },
      /pageContext\.url: must have at most 2000/,
    ],
    ["no title", { url: page.url, text: "x" }, /pageContext\.title/],
    ["a long title", { ...page, title: "x".repeat(301) }, /pageContext\.title: must have at most 300 characters/],
    ["a number", { ...page, text: 7 }, /pageContext\.text: must be text/],
    ["no text", { ...page, text: " \n" }, /pageContext\.text: must not be empty/],
    ["a long text", { ...page, text: "é".repeat(limit / 2) + "x" }, /pageContext\.text: must have at most 65536 bytes/],
  ];
  for (const [name, value, message] of wrong) {
    test(name, async () => {
      const { streamed } = await ask("azure", value);
      assert.deepEqual([streamed.status, streamed.error?.code], [400, "invalid_request"]);
      assert.match(streamed.error?.message ?? "", message);
      assert.equal(rig.upstream.requests.length, 0);
    });
  }

  test("at the limits it is accepted, and half of a character becomes U+FFFD", async () => {
    const url = `https://example.com/${"x".repeat(1980)}`;
    const { streamed } = await ask("azure", { url, title: "x".repeat(300), text: "é".repeat(limit / 2) });
    assert.equal(endingCode(streamed), "ok");
    const { visitor } = await ask("azure", { ...page, text: "half \ud83d of" });
    assert.equal((await exported(visitor)).messages[0]?.pageContext?.text, "half \ufffd of");
  });
});

async function signIn(assistant: string, renew: string): Promise<TestVisitor> {
  const signed = userToken("ada", { claims: { aud: assistant } });
  const body = JSON.stringify({ assistant, renew, userToken: signed, bringAlong: true });
  const headers = { origin: testOrigin, "content-type": "application/json" };
  const { token } = await jsonOf<{ token: string }>(
    fetch(rig.worker.url + routes.sessions, { method: "POST", headers, body }),
  );
  return new TestVisitor(rig.worker.url, token);
}
