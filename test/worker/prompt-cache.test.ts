// A long conversation is read from Anthropic's prompt cache. The history is trimmed in steps, so its beginning stays
// the same for many turns.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { anthropicAnswer, startFaultServer, type FaultServer } from "../fault-server/index.ts";
import { ending, sentBody, sentMessages, TestVisitor } from "../support/client.ts";
import { PromptCache, type CacheUsage } from "../support/prompt-cache.ts";
import { startTestWorker, type TestWorker } from "../support/worker.ts";

const turns = 40;

let upstream: FaultServer;
let worker: TestWorker;

before(async () => {
  upstream = await startFaultServer();
  const azure = { AZURE_AI_API_KEY: "k", MODELS_ENDPOINT: `${upstream.url}/models` };
  worker = await startTestWorker({
    variables: { ANTHROPIC_API_KEY: "k", ANTHROPIC_BASE_URL: upstream.url, ...azure },
  });
});
after(async () => {
  await worker.stop();
  await upstream.close();
});

/** What one turn sent. */
interface SentTurn {
  usage: CacheUsage;
  /** How many tokens of the system prompt and the history were read from the cache, as the browser is told. */
  cachedInputTokens: number;
  /** The first message. */
  first: unknown;
  /** How many earlier turns were sent. */
  historyTurns: number;
}

/** Asks 40 questions in one conversation; each answer has `words` words. */
async function converse(words: number): Promise<SentTurn[]> {
  const cache = new PromptCache();
  const usages: CacheUsage[] = [];
  const text = "tide ".repeat(words);
  const from = upstream.requests.length;
  upstream.script((request) => {
    const usage = cache.take(sentBody(request));
    usages.push(usage);
    return anthropicAnswer({ text: `${usages.length}: ${text}`, startUsage: { ...usage, output_tokens: 1 } });
  });
  const visitor = await TestVisitor.arrive(worker.url, "long-prompt");
  const conversation = crypto.randomUUID();
  const sent: SentTurn[] = [];
  for (let turn = 1; turn <= turns; turn += 1) {
    const last = ending(await visitor.ask(`Question ${turn}?`, { conversation }));
    const usage = usages.at(-1) ?? assert.fail("the provider was not asked");
    const messages = sentMessages(upstream.requests[from + turn - 1]);
    assert.deepEqual(
      messages.map(({ role }) => role),
      messages.map((_, at) => (at % 2 === 0 ? "user" : "assistant")),
    );
    const cachedInputTokens = last.usage.cachedInputTokens ?? 0;
    sent.push({ usage, cachedInputTokens, first: messages[0], historyTurns: (messages.length - 1) / 2 });
  }
  return sent;
}

/** How many turns read most of their prompt from the cache. */
function readTurns(sent: readonly SentTurn[]): number {
  return sent.filter(({ usage, cachedInputTokens }) => {
    assert.equal(cachedInputTokens, usage.cache_read_input_tokens);
    return cachedInputTokens > usage.cache_creation_input_tokens + usage.input_tokens;
  }).length;
}

/** How often the first message changed from one turn to the next. */
function moves(sent: readonly SentTurn[]): number {
  const firsts = sent.map(({ first }) => JSON.stringify(first));
  return firsts.filter((first, at) => at > 0 && first !== firsts[at - 1]).length;
}

/** What the input cost, in tokens at the base price: a write costs a quarter more, a read a tenth. */
function cost(sent: readonly SentTurn[]): number {
  const of = ({ usage }: SentTurn) =>
    usage.input_tokens + 1.25 * usage.cache_creation_input_tokens + 0.1 * usage.cache_read_input_tokens;
  return Math.round(sent.reduce((sum, turn) => sum + of(turn), 0));
}

test("40 turns past maxTurns: the beginning stays for ten turns, and all other turns read the cache", async (t) => {
  const sent = await converse(100);
  t.diagnostic(`${readTurns(sent)} of ${turns} turns read the cache; input cost ${cost(sent)}`);
  assert.equal(moves(sent), 2);
  assert.ok(readTurns(sent) >= turns - 4, `${readTurns(sent)} turns read the cache`);
  assert.ok(sent.slice(20).every(({ historyTurns }) => historyTurns > 10 && historyTurns <= 20));
});

test("40 turns past maxTokens: half of the window is dropped at once", async (t) => {
  const sent = await converse(800);
  t.diagnostic(`${readTurns(sent)} of ${turns} turns read the cache; input cost ${cost(sent)}`);
  assert.ok(moves(sent) <= 9, `the beginning moved ${moves(sent)} times`);
  assert.ok(readTurns(sent) >= 26, `${readTurns(sent)} turns read the cache`);
  assert.ok(sent.slice(10).every(({ historyTurns }) => historyTurns >= 3 && historyTurns <= 7));
});
