// Search results on both wires, and the citations that come back. The events are the same wherever the provider cuts
// its answer into pieces.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { routes, type ChatEvent } from "../../protocol/index.ts";
import {
  anthropicAnswer,
  anthropicError,
  azureAnswer,
  azureError,
  breakAfter,
  insertAfter,
  type AnthropicBlock,
  type Scenario,
} from "../fault-server/index.ts";
import { deltas, ending, readStream, sentBody, sentMessages, TestVisitor, type Streamed } from "../support/client.ts";
import { eventually } from "../support/eventually.ts";
import { startRig, type Rig } from "./support/rig.ts";

let rig: Rig;

before(async () => {
  rig = await startRig({ entry: "test/worker/citation-project/entry.ts", variables: { API_KEY: "k" } });
});
after(() => rig[Symbol.asyncDispose]());
afterEach(() => rig.upstream.reset());

async function exchange(assistant: string, scenario?: Scenario, question = "When is tea?") {
  if (scenario !== undefined) rig.upstream.script(scenario);
  const visitor = await TestVisitor.arrive(rig.worker.url, assistant);
  const streamed = await visitor.ask(question);
  return { streamed, sent: sentBody(rig.upstream.requests.at(-1)) };
}

/** What a visitor receives of an answer: its sources, its text, and which source it cites where. */
function shown({ frames }: Streamed) {
  const events = frames.map(({ event }): ChatEvent => event);
  const last = events.at(-1);
  assert.ok(last?.type === "response");
  const citations = events.flatMap((event) => (event.type === "citation" ? [[event.index, event.at]] : []));
  assert.deepEqual(
    last.citations.map(({ index, at }) => [index, at]),
    citations,
  );
  const sources = events.flatMap((event) => (event.type === "sources" ? event.sources : []));
  assert.deepEqual(last.sources, sources);
  const text = events.map((event) => (event.type === "delta" ? event.content : "")).join("");
  assert.equal(text, last.content);
  return { text, citations, sources };
}

const sources = [
  { index: 1, id: "1", title: "Tea", url: "https://example.com/tea", snippet: "Tea is served at four.", score: 0.9 },
  { index: 2, id: "2", title: "Cake", snippet: "Cake is served at five." },
];

const mark = /<context-([a-z2-9]{6})>/;

function markIn(content: string): string {
  return mark.exec(content)?.[1] ?? assert.fail(`there is no fence in ${content}`);
}

/** The context as text, between two lines with the mark. */
function fenced(content: string): string {
  const own = markIn(content);
  return `<context-${own}>
${own} ⟦1⟧ Tea (https://example.com/tea)
Tea is served at four.

${own} ⟦2⟧ Cake (handbook)
Cake is served at five.
</context-${own}>`;
}

const teaBlock = { text: "Tea is at four", citations: [{ index: 0, text: "Tea is served at four." }] };
const bothBlock = { text: "cake at five", citations: [1, 0].map((index) => ({ index, text: `words of ${index}` })) };

/** The same answer on both wires. */
const answers = {
  anthropic: (cut?: number) =>
    anthropicAnswer({ blocks: cutBlocks([teaBlock, { text: ", " }, bothBlock, { text: "." }], cut) }),
  azure: (cut?: number) => azureAnswer({ text: cutText("Tea is at four ⟦1⟧, cake at five⟦2⟧⟦1⟧.", cut) }),
};
const expected = {
  text: "Tea is at four, cake at five.",
  citations: [
    [1, 14],
    [2, 28],
    [1, 28],
  ],
  sources,
};

function cutText(text: string, at = 0): string[] {
  return [text.slice(0, at), text.slice(at)].filter((piece) => piece !== "");
}

function cutBlocks(blocks: readonly (AnthropicBlock & { text: string })[], cut = 0): AnthropicBlock[] {
  let start = 0;
  return blocks.map((block) => {
    const at = Math.min(Math.max(cut - start, 0), block.text.length);
    start += block.text.length;
    return { ...block, text: cutText(block.text, at) };
  });
}

describe("what the provider receives", () => {
  test("Anthropic: results as such with citations on, what to do with them, and the question as it is", async () => {
    const { sent } = await exchange("anthropic", answers.anthropic(), "When is @@context tea?");
    const [message, ...others] = sent.messages;
    assert.deepEqual([message?.role, others], ["user", []]);
    const blocks: unknown[] = Array.isArray(message?.content) ? message.content : [];
    const common = { type: "search_result", citations: { enabled: true } };
    assert.deepEqual(blocks.slice(0, 2), [
      {
        ...common,
        ...{
          source: "https://example.com/tea",
          title: "Tea",
          content: [{ type: "text", text: "Tea is served at four." }],
        },
      },
      {
        ...common,
        ...{ source: "handbook", title: "Cake", content: [{ type: "text", text: "Cake is served at five." }] },
      },
    ]);
    assert.match(JSON.stringify(blocks[2]), /help of the search results.*language of the question/);
    assert.deepEqual(blocks.slice(3), [{ type: "text", text: "When is @@context tea?" }]);
    assert.ok(!JSON.stringify(sent).includes("⟦"), "no markers are asked for");
  });

  test("Azure: the results in a fence, each with its number, and what a marker is", async () => {
    const { sent } = await exchange("azure", answers.azure(), "When is @@context $& tea?");
    const content = String(sent.messages[0]?.content);
    const [before = "", rest = ""] = content.split(`\n\n${fenced(content)}\n\n`);
    assert.equal(rest, "Question: When is @@context $& tea?");
    assert.match(before, /material to read.*language of the question.*⟦1⟧.*no markers in code/s);
    assert.ok(before.includes(markIn(content)), "the model is told the mark");
  });

  for (const assistant of ["anthropic-template", "azure-template"]) {
    test(`${assistant}: the operator's template, with the fence around the context, and what a marker is after it`, async () => {
      const { sent } = await exchange(assistant);
      const content = String(sent.messages[0]?.content);
      const filled = `Context: ${fenced(content)}\nQuestion: When is tea?\n\n`;
      assert.ok(content.startsWith(filled), content);
      assert.match(content.slice(filled.length), /^Each passage.*⟦1⟧.*no markers in code.*language of the question\.$/);
    });
  }

  test("each request has a mark of its own", async () => {
    const contents = [];
    for (let turn = 0; turn < 3; turn += 1) contents.push(String((await exchange("azure")).sent.messages[0]?.content));
    assert.equal(new Set(contents.map(markIn)).size, 3);
  });

  test("without a context there is nothing but the question", async () => {
    const { sent } = await exchange("azure-plain", azureAnswer({ text: "Literal ⟦1⟧." }));
    assert.deepEqual(sent.messages, [{ role: "user", content: "When is tea?" }]);
  });
});

describe("what the visitor gets", () => {
  for (const provider of ["anthropic", "azure"] as const) {
    test(`${provider}: the same sources, text and citations as from the other provider`, async () => {
      const { streamed } = await exchange(provider, answers[provider]());
      assert.deepEqual(shown(streamed), expected);
    });

    test(`${provider}: the same, wherever the answer is cut`, async () => {
      for (let cut = 1; cut < 42; cut += 1) {
        const { streamed } = await exchange(provider, answers[provider](cut));
        assert.deepEqual(shown(streamed), expected, `cut at ${cut}`);
      }
    });
  }

  test("Anthropic: the cited words; with a template of its own, markers are removed as on Azure", async () => {
    const { streamed } = await exchange("anthropic", answers.anthropic());
    const last = ending(streamed);
    assert.ok(last.type === "response");
    assert.deepEqual(
      last.citations.map(({ quote }) => quote),
      ["Tea is served at four.", "words of 1", "words of 0"],
    );
    const marked = anthropicAnswer({ text: ["Tea is at four ⟦", "1⟧, cake at five⟦2⟧⟦1⟧."] });
    assert.deepEqual(shown((await exchange("anthropic-template", marked)).streamed), expected);
  });

  test("a literal marker stays where none was asked for", async () => {
    const literal = "The paper writes ⟦1⟧ for it.";
    const anthropic = await exchange("anthropic", anthropicAnswer({ text: literal }));
    const plain = await exchange("azure-plain", azureAnswer({ text: literal }));
    for (const { streamed } of [anthropic, plain])
      assert.deepEqual([deltas(streamed), shown(streamed).citations], [literal, []]);
  });

  test("a citation of a source that was not given is dropped; one that is repeated at its place comes once", async () => {
    const two = [0, 0, 5].map((index) => ({ index, text: "words" }));
    const anthropic = await exchange("anthropic", anthropicAnswer({ blocks: [{ text: "Tea.", citations: two }] }));
    assert.deepEqual(shown(anthropic.streamed).citations, [[1, 4]]);
    const azure = await exchange("azure", azureAnswer({ text: "Tea.⟦1⟧ ⟦1, 6⟧ ⟦1⟧" }));
    assert.deepEqual(shown(azure.streamed), { ...expected, text: "Tea.", citations: [[1, 4]] });
  });

  for (const [provider, piece] of [
    ["anthropic", anthropicAnswer({ blocks: [{ text: ["Tea ", "at ", "four"], citations: teaBlock.citations }] })],
    ["azure", azureAnswer({ text: ["Tea ", "⟦", "1⟧"] })],
  ] as const) {
    test(`${provider}: the provider's own data is kept with each piece, even if its text is held back`, async () => {
      const { streamed } = await exchange(`${provider}-exposed`, piece);
      const events = streamed.frames.map(({ event }) => event);
      const withData = events.filter((event) => event.type === "delta" && event.providerData !== undefined);
      assert.ok(withData.length >= 3, JSON.stringify(events));
      assert.equal(events.filter((event) => event.type === "citation").length, 1);
    });
  }
});

test("a fallback of the other kind gets the results in its own form", async () => {
  rig.upstream.script(({ wire }) => (wire === "anthropic" ? anthropicError(529, "overloaded_error") : answers.azure()));
  const toAzure = await exchange("anthropic-fallback");
  assert.deepEqual(shown(toAzure.streamed), expected);
  assert.match(String(toAzure.sent.messages[0]?.content), mark);
  rig.upstream.reset();
  rig.upstream.script(({ wire }) => (wire === "anthropic" ? answers.anthropic() : azureError(400)));
  const toAnthropic = await exchange("azure-fallback");
  assert.deepEqual(shown(toAnthropic.streamed), expected);
  assert.ok(JSON.stringify(toAnthropic.sent).includes('"search_result"'));
});

test("the history that is sent later holds the text without markers and without the earlier results", async () => {
  for (const provider of ["anthropic", "azure"] as const) {
    rig.upstream.reset();
    rig.upstream.script(answers[provider]());
    const visitor = await TestVisitor.arrive(rig.worker.url, provider);
    const conversation = crypto.randomUUID();
    await visitor.ask("When is tea?", { conversation });
    await visitor.ask("And cake?", { conversation });
    const messages = sentMessages(rig.upstream.requests[1]);
    assert.deepEqual(messages.slice(0, 2), [
      { role: "user", content: "When is tea?" },
      { role: "assistant", content: expected.text },
    ]);
    const [, answer] = (await visitor.read(conversation)).messages;
    assert.ok(answer?.role === "assistant");
    assert.deepEqual([answer.content, answer.citations.length], [expected.text, 3]);
  }
});

describe("an answer that does not end by itself", () => {
  const text = ["Tea is at four ⟦1⟧ and [", "⟦2"];

  test("broken: what was held back is shown, and half of a marker is not", async () => {
    const scenario = azureAnswer({ text: ["Tea is at four ⟦1⟧ and ["] });
    for (const [pieces, content] of [
      [scenario, "Tea is at four and ["],
      [azureAnswer({ text }), "Tea is at four and"],
    ] as const) {
      const frames =
        pieces.steps.findIndex((step) => "send" in step && step.send.includes('"finish_reason":"stop"')) - 1;
      const { streamed } = await exchange("azure", breakAfter(frames, pieces));
      const last = ending(streamed);
      assert.ok(last.type === "error", JSON.stringify(last));
      assert.deepEqual([last.code, last.content, deltas(streamed)], ["upstream_truncated", content, content]);
    }
  });

  test("stopped: the same, and its citations are stored", async () => {
    const scenario = azureAnswer({ text });
    const frames =
      scenario.steps.findIndex((step) => "send" in step && step.send.includes('"finish_reason":"stop"')) - 1;
    rig.upstream.script(insertAfter(frames, [{ hold: "rest" }], scenario));
    const visitor = await TestVisitor.arrive(rig.worker.url, "azure");
    const [conversation, id] = [crypto.randomUUID(), crypto.randomUUID()];
    const asked = await visitor.send(routes.messages, { body: { conversation, id, userPrompt: "When?" } });
    const reading = readStream(asked);
    await eventually(async () => {
      const [, answer] = (await visitor.read(conversation)).messages;
      assert.ok(answer?.content.includes("and"));
    });
    await visitor.send(routes.stop, { body: { conversation, messageId: id } });
    const last = ending(await reading);
    assert.deepEqual([last.type === "response" && last.finishReason, last.content], ["aborted", "Tea is at four and"]);
    const [, answer] = (await visitor.read(conversation)).messages;
    assert.deepEqual(answer?.role === "assistant" && answer.citations, [{ index: 1, at: 14 }]);
  });

  test("too long: the limit counts the text that is kept, not its markers", async () => {
    const sentence = "High tide is at four. ⟦1⟧";
    const scenario = azureAnswer({ text: Array.from({ length: 100 }, () => sentence.repeat(100)) });
    const { streamed } = await exchange("azure", scenario);
    const last = ending(streamed);
    assert.ok(last.type === "response");
    assert.equal(last.finishReason, "length");
    assert.ok(last.content.length > 199_000 && last.content.length <= 200_000, `${last.content.length} characters`);
    assert.ok(!last.content.includes("⟦"));
  });
});
