// Search results on Anthropic's wire: the blocks that are sent, and the citations that come back.
import assert from "node:assert/strict";
import { after, beforeEach, describe, test } from "node:test";
import type { NumberedResult } from "../../../../worker/prompt/parts.ts";
import type { ProviderEvent, ProviderMessage } from "../../../../worker/providers/provider.ts";
import {
  anthropicAnswer,
  endAfter,
  startFaultServer,
  stallAfter,
  type AnthropicAnswer,
} from "../../../fault-server/index.ts";
import { ask, codeOf, collect, connect, readAnswer, request, textOf, type Outcome } from "../helpers.ts";

const server = await startFaultServer();
after(() => server.close());
beforeEach(() => server.reset());

const provider = connect("anthropic", { apiKey: "sk-test", baseUrl: server.url });

const tea = "Tea is served at four o'clock in the garden, if the weather is fine enough for that. ";
const cake = "Cake is served at five. It is a lemon cake.\n\n";
const more = "On Sundays there is none, because nobody is there to bake it on a Saturday evening.";

const results: NumberedResult[] = [
  { index: 3, title: "Tea", source: "handbook", url: "https://example.com/tea", content: tea + cake + more },
  { index: 7, title: "日本", source: "日本の手引き", content: "お茶は四時です。\ud800" },
];

const messages: ProviderMessage[] = [
  {
    role: "user",
    parts: [
      { type: "results", results },
      { type: "text", text: "About." },
      { type: "text", text: "When?" },
    ],
  },
];

function asked(answer: AnthropicAnswer, sent = messages): Promise<Outcome> {
  server.script(anthropicAnswer(answer));
  return ask(provider, { messages: sent });
}

/** Citations with the text that came before each of them. */
function citationsIn({ events }: Outcome): [index: number, quote: string | undefined, before: string][] {
  let before = "";
  return events.flatMap((event): [number, string | undefined, string][] => {
    if (event.type === "delta") before += event.content;
    return event.type === "citation" ? [[event.index, event.quote, before]] : [];
  });
}

test("results are blocks with citations on, in pieces that together are the passage; the question is the last block", async () => {
  await asked({});
  const text = (each: string) => ({ type: "text", text: each });
  const common = { type: "search_result", citations: { enabled: true } };
  assert.deepEqual(Object(server.requests[0]?.json).messages, [
    {
      role: "user",
      content: [
        { ...common, source: "https://example.com/tea", title: "Tea", content: [text(tea), text(cake + more)] },
        { ...common, source: "日本の手引き", title: "日本", content: [text("お茶は四時です。\ufffd")] },
        text("About."),
        text("When?"),
      ],
    },
  ]);
});

test("pieces of any passage together are the passage, and none is blank", async () => {
  const passages = [
    "a",
    "A. B! C?\n\n\n\nD",
    `${"x. ".repeat(200)}   \n`,
    "\n\n y",
    "茶。".repeat(90),
    `${more}\n${more}\n \n`,
  ];
  const all = passages.map((content, at): NumberedResult => ({ index: at + 1, title: "t", source: "s", content }));
  await asked({}, [{ role: "user", parts: [{ type: "results", results: all }] }]);
  const sent: { content: { text: string }[] }[] = Object(server.requests[0]?.json).messages[0].content;
  assert.deepEqual(
    sent.map(({ content }) => content.map(({ text }) => text).join("")),
    passages,
  );
  for (const { text } of sent.flatMap(({ content }) => content)) assert.notEqual(text.trim(), "");
  assert.ok((sent[2]?.content.length ?? 0) > 2, "a long passage is divided");
});

test("the mark of the prompt cache is before the results, which are different in the next turn", async () => {
  const long = "A long answer. ".repeat(400);
  const history: ProviderMessage[] = [
    { role: "user", parts: [{ type: "text", text: "One?" }] },
    { role: "assistant", parts: [{ type: "text", text: long }] },
  ];
  await asked({}, [...history, ...messages]);
  const sent: object[] = Object(server.requests[0]?.json).messages;
  assert.deepEqual(sent[1], {
    role: "assistant",
    content: [{ type: "text", text: long, cache_control: { type: "ephemeral" } }],
  });
  assert.equal(JSON.stringify(sent).split("cache_control").length, 2);
});

describe("citations", () => {
  for (const citesLast of [false, true]) {
    test(`that come ${citesLast ? "after" : "before"} the text of their block follow it`, async () => {
      const outcome = await asked({
        thinking: "Hm.",
        blocks: [
          { text: ["Well: ", "tea "] },
          {
            text: ["is at ", "four"],
            citesLast,
            citations: [
              { index: 0, text: tea },
              { index: 1, text: "お茶" },
            ],
          },
          { text: "." },
        ],
      });
      assert.equal(textOf(outcome), "Well: tea is at four.");
      assert.deepEqual(citationsIn(outcome), [
        [3, tea, "Well: tea is at four"],
        [7, "お茶", "Well: tea is at four"],
      ]);
      assert.equal(outcome.events.at(-1)?.type, "finish");
    });
  }

  test("of results that were not sent are dropped, and so are all without results", async () => {
    const blocks = [
      {
        text: "Tea.",
        citations: [
          { index: 2, text: "x" },
          { index: -1, text: "x" },
          { index: 1, text: "y" },
        ],
      },
    ];
    assert.deepEqual(citationsIn(await asked({ blocks })), [[7, "y", "Tea."]]);
    const plain: ProviderMessage[] = [{ role: "user", parts: [{ type: "text", text: "Hi" }] }];
    assert.deepEqual(citationsIn(await asked({ blocks }, plain)), []);
  });

  test("of a block that never ended are emitted with a finish, and dropped with a failure", async () => {
    const answer = anthropicAnswer({ blocks: [{ text: "Tea.", citations: [{ index: 0, text: tea }] }] });
    const isStop = (step: object) => JSON.stringify(step).includes("content_block_stop");
    server.script({ steps: answer.steps.filter((step) => !isStop(step)) });
    assert.deepEqual(citationsIn(await ask(provider, { messages })), [[3, tea, "Tea."]]);
    server.script(endAfter(4, answer));
    const broken = await ask(provider, { messages });
    assert.deepEqual([codeOf(broken), textOf(broken), citationsIn(broken)], ["upstream_truncated", "Tea.", []]);
  });

  test("do not wait without bound: a block with thousands of them is read as it comes", async () => {
    const citations = Array.from({ length: 1000 }, (_, at) => ({ index: at % 2, text: String(at) }));
    const answer = anthropicAnswer({ blocks: [{ text: "Tea.", citesLast: true, citations }] });
    server.script(stallAfter(1003, answer));
    const left = new AbortController();
    let count = 0;
    const take = (event: ProviderEvent) => {
      if (event.type === "citation") count += 1;
      if (count === 900) left.abort();
    };
    const { events } = await collect(() => readAnswer(provider, request({ messages }), left.signal, take), left.signal);
    assert.deepEqual([events, count >= 900], [[], true]);
  });
});
