// An assistant whose documents are in Postgres, on both providers, searched by words, by vectors and by both: a real
// workerd with its sockets, PGlite behind its server, and everything that can fail on the way.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, connect, type Server, type Socket } from "node:net";
import { after, afterEach, before, describe, test } from "node:test";
import { routes, type ChatEvent } from "../../protocol/index.ts";
import { openAccess } from "../../worker/embeddings/access.ts";
import { PostgresConnection } from "../../worker/context/postgres/connection.ts";
import type { PostgresDocumentsDefinition } from "../../worker/context/postgres/documents.ts";
import { PostgresStore } from "../../worker/context/postgres/store.ts";
import {
  anthropicAnswer,
  azureAnswer,
  embeddingsAnswer,
  faults,
  jsonAnswer,
  startFaultServer,
  type FaultServer,
  type Scenario,
} from "../fault-server/index.ts";
import { canary } from "../support/canary.ts";
import { ending, readStream, TestVisitor, type Streamed } from "../support/client.ts";
import { eventually } from "../support/eventually.ts";
import { startPglite, type Pglite } from "../../scripts/lib/postgres/pglite.ts";
import { makeFolder, removeFolder, startTestWorker, type TestWorker } from "../support/worker.ts";
import { project, searches, type Search } from "./postgres-project/project.ts";
import { books } from "./support/ledger-rig.ts";

const kinds = Object.keys(searches) as Search[];

let upstream: FaultServer;
let postgres: Pglite;
let gate: Gate;
let worker: TestWorker;
let state: string;

before(async () => {
  [upstream, postgres, state] = await Promise.all([startFaultServer(), startPglite(), makeFolder("postgres")]);
  gate = await startGate(postgres.port);
  worker = await startTestWorker({
    entry: "test/worker/postgres-project/entry.ts",
    state,
    variables: {
      ANTHROPIC_API_KEY: canary,
      ANTHROPIC_BASE_URL: upstream.url,
      AZURE_AI_API_KEY: canary,
      AZURE_AI_ENDPOINT: `${upstream.url}/openai/v1`,
    },
    hyperdrives: { HYPERDRIVE: `postgres://postgres:${canary}@127.0.0.1:${gate.port}/postgres` },
  });
  for (const id of project.assistants.keys()) await bringIn(id);
  upstream.reset();
});
after(async () => {
  await worker.stop();
  await gate.close();
  await postgres[Symbol.asyncDispose]();
  await upstream.close();
  await removeFolder(state);
});
afterEach(() => {
  gate.behave("forward");
  upstream.reset();
});

/** Stores two passages, as `npm run ingest` does. */
async function bringIn(id: string) {
  const source = project.assistants.get(id)?.context.searched[0];
  const settings: PostgresDocumentsDefinition["postgresDocuments"] = Reflect.get(Object(source), "postgresDocuments");
  const connection = await PostgresConnection.open(postgres.connectionString);
  const env = { AZURE_AI_ENDPOINT: `${upstream.url}/openai/v1`, AZURE_AI_API_KEY: "k" };
  const { language, embeddings } = settings;
  const made = embeddings && { settings: embeddings, access: openAccess(embeddings.connection, env) };
  const store = new PostgresStore({ connection, assistant: id, language, ...(made && { embeddings: made }) });
  await store.migrate();
  const passage = (title: string, content: string, url: string) => {
    return store.put({ path: `${title}.md`, title, url, hash: "1", chunks: [{ headings: [], content }] });
  };
  await passage("Duo", "The Duo weighs 42 kilograms, with both panels.", "/duo");
  await passage("Store", "The Store holds 2.2 kilowatt hours in a suitcase.", "/store");
  await connection.close();
}

const question = "How many kilograms does the Duo weigh?";

/** Asks a question, which the model answers. @param embeddings how the embeddings server misbehaves, if it does */
async function ask(assistant: string, asked = question, embeddings?: (json: unknown) => Scenario) {
  upstream.script(({ wire, json }) => {
    if (wire === "anthropic") return anthropicAnswer({ text: "So." });
    if (wire !== "embeddings") return azureAnswer({ text: "So." });
    return embeddings?.(json) ?? embeddingsAnswer(json);
  });
  return (await TestVisitor.arrive(worker.url, assistant)).ask(asked);
}

const ofType = <T extends ChatEvent["type"]>({ frames }: Streamed, type: T) =>
  frames.map(({ event }) => event).filter((event): event is Extract<ChatEvent, { type: T }> => event.type === type);
const sourcesOf = (streamed: Streamed) =>
  ofType(streamed, "sources").flatMap(({ sources }) => sources.map(({ title, url }) => `${title} ${url}`));
const warnings = (streamed: Streamed) => ofType(streamed, "warning").map(({ code }) => code);
const chats = () => upstream.requests.filter(({ wire }) => wire !== "embeddings");

for (const provider of ["anthropic", "azure"] as const) {
  describe(provider, () => {
    test("the same question by words, by vectors and by both: what the model reads, and the same kind of events", async () => {
      const shapes = [];
      for (const kind of kinds) {
        const streamed = await ask(`${provider}-${kind}`);
        assert.deepEqual(sourcesOf(streamed), ["Duo /duo"], kind);
        assert.deepEqual(warnings(streamed), []);
        const sent = chats().at(-1)?.text ?? "";
        assert.ok(sent.includes("42 kilograms") && !sent.includes("suitcase"), `${kind}: ${sent}`);
        assert.equal(chats().length, 1);
        const vectors = upstream.requests.filter(({ wire }) => wire === "embeddings");
        assert.equal(vectors.length, kind === "text" ? 0 : 1);
        for (const { json, headers } of vectors) {
          const body = {
            model: "our-embeddings",
            input: ["How many kilograms does the Duo weigh?"],
            encoding_format: "float",
            dimensions: 64,
          };
          assert.deepEqual(json, body);
          assert.equal(headers["api-key"], canary);
        }
        shapes.push(streamed.frames.map(({ name, event }) => [name, event.type]));
        const last = ending(streamed);
        const [source] = last.type === "response" ? last.sources : [];
        assert.deepEqual(
          [source?.index, source?.id, source?.snippet],
          [1, "Duo.md#0", "The Duo weighs 42 kilograms, with both panels."],
        );
        assert.ok((source?.score ?? 0) > 0 && (source?.score ?? 2) <= 1);
        upstream.reset();
      }
      assert.deepEqual(shapes[1], shapes[0]);
      assert.deepEqual(shapes[2], shapes[0]);
    });

    test("nothing found: the model is told", async () => {
      for (const kind of kinds) {
        const streamed = await ask(`${provider}-${kind}`, "Who won the chess championship?");
        assert.deepEqual([sourcesOf(streamed), warnings(streamed)], [[], []], kind);
        assert.match(chats().at(-1)?.text ?? "", /found no passage that fits/);
        upstream.reset();
      }
    });
  });
}

const leak = { error: { message: `your key ${canary} and ${question}`, code: "invalid_api_key" } };
const embeddingsFaults: { name: string; logged: RegExp; answer: (json: unknown) => Scenario; late?: boolean }[] = [
  { name: "refused", logged: /status 401 \(invalid_api_key\)/, answer: () => jsonAnswer(401, leak) },
  { name: "overloaded", logged: /status 503/, answer: () => jsonAnswer(503, leak) },
  { name: "late", logged: /took longer than 300 ms/, answer: () => faults.stallBeforeHead, late: true },
  {
    name: "late after a good beginning",
    logged: /took longer than 300 ms/,
    answer: () => faults.stallBeforeBody,
    late: true,
  },
  { name: "broken off", logged: /cannot be reached/, answer: () => faults.breakBeforeHead },
  {
    name: "of the wrong dimension",
    logged: /vectors with 32 numbers, but the assistant's file says 64/,
    answer: (json) => embeddingsAnswer(json, { dimensions: 32 }),
  },
  { name: "too few", logged: /0 vectors for 1 texts/, answer: (json) => embeddingsAnswer(json, { count: 0 }) },
  { name: "not JSON", logged: /no list of vectors/, answer: () => faults.wrongContentType },
];

describe("embeddings that are", () => {
  for (const { name, logged, answer, late = false } of embeddingsFaults) {
    test(`${name}: words are still searched, a warning says that something is missing, and the turn ends once`, async () => {
      const printed = worker.output().length;
      const hybrid = await ask(late ? "late-hybrid" : "azure-hybrid", question, answer);
      assert.deepEqual([sourcesOf(hybrid), warnings(hybrid)], [["Duo /duo"], ["context_unavailable"]]);
      assert.equal(ending(hybrid).type, "response");
      const vector = await ask(late ? "late-vector" : "anthropic-vector", question, answer);
      assert.deepEqual([sourcesOf(vector), warnings(vector)], [[], ["context_unavailable"]]);
      assert.equal(ending(vector).type, "response");
      assert.match(chats().at(-1)?.text ?? "", /could not be searched/);
      await eventually(() => assert.match(worker.output().slice(printed), logged));
      await eventually(() => assert.equal(gate.open(), 0, "connections are closed"));
    });
  }
});

const postgresFaults: { name: string; behavior: Behavior; logged: RegExp; brief?: boolean }[] = [
  { name: "down", behavior: "down", logged: /Postgres cannot be reached/ },
  { name: "silent", behavior: "silent", logged: /longer than 500 ms/, brief: true },
  { name: "slow", behavior: { stallsAt: "SELECT" }, logged: /longer than 500 ms/, brief: true },
  {
    name: "restarted in mid-query",
    behavior: { breaksAt: "SELECT" },
    logged: /Postgres cannot be reached, or the connection broke/,
  },
];

describe("Postgres that is", () => {
  for (const { name, behavior, logged, brief = false } of postgresFaults) {
    test(`${name}: a warning, the model is told, the turn ends once, and the next question finds something`, async () => {
      for (const kind of kinds) {
        const printed = worker.output().length;
        gate.behave(behavior);
        const streamed = await ask(`${brief ? "brief" : "anthropic"}-${kind}`);
        assert.deepEqual([sourcesOf(streamed), warnings(streamed)], [[], ["context_unavailable"]], kind);
        assert.equal(ending(streamed).type, "response");
        assert.match(chats().at(-1)?.text ?? "", /could not be searched/);
        await eventually(() => assert.match(worker.output().slice(printed), logged));
        await eventually(() => assert.equal(gate.open(), 0, "connections are closed"));
        gate.behave("forward");
        assert.deepEqual(sourcesOf(await ask(`anthropic-${kind}`)), ["Duo /duo"]);
      }
    });
  }

  test("silent, and the turn is stopped: it ends at once, and its connection is closed", async () => {
    gate.behave("silent");
    const visitor = await TestVisitor.arrive(worker.url, "anthropic-hybrid");
    const [conversation, id] = [crypto.randomUUID(), crypto.randomUUID()];
    const asked = await visitor.send(routes.messages, { body: { conversation, id, userPrompt: question } });
    await eventually(() => assert.equal(gate.open(), 1));
    await visitor.send(routes.stop, { body: { conversation, messageId: id } });
    const last = ending(await readStream(asked));
    assert.equal(last.type === "response" && last.finishReason, "aborted");
    await eventually(() => assert.equal(gate.open(), 0));
    assert.equal(chats().length, 0);
  });
});

test("many visitors at the same time each get what they asked for", async () => {
  const streams = await Promise.all(
    Array.from({ length: 12 }, (_, at) =>
      ask("anthropic-hybrid", at % 2 === 0 ? question : "What is the Store's suitcase like, in kilowatt hours?"),
    ),
  );
  assert.deepEqual(
    streams.map(sourcesOf),
    streams.map((_, at) => [at % 2 === 0 ? "Duo /duo" : "Store /store"]),
  );
});

describe("what embeddings cost", () => {
  // A token costs a dollar, and the budget is a hundred dollars per day. The question has 38 bytes, so a request costs
  // at most 38 dollars.
  const paid = (id: string) => {
    const { paid: micros, open } = books(state, id);
    return { usd: micros / 1e6, open };
  };

  test("is what the server has read, at most what was reserved; what no longer fits is not sent", async () => {
    assert.deepEqual(sourcesOf(await ask("paid")), ["Duo /duo"]);
    await eventually(() => assert.deepEqual(paid("paid"), { usd: 10, open: 0 }));
    await ask("paid", question, (json) => embeddingsAnswer(json, { tokens: 1_000_000 }));
    await eventually(() => assert.deepEqual(paid("paid"), { usd: 48, open: 0 }));
    await ask("paid", question, () => jsonAnswer(429, leak));
    await eventually(() => assert.deepEqual(paid("paid"), { usd: 48, open: 0 }));
    await ask("paid", question, () => jsonAnswer(500, leak));
    await eventually(() => assert.deepEqual(paid("paid"), { usd: 86, open: 0 }));
    upstream.reset();
    const last = await ask("paid");
    assert.deepEqual([sourcesOf(last), warnings(last)], [["Duo /duo"], ["context_unavailable"]]);
    assert.deepEqual(
      upstream.requests.map(({ wire }) => wire),
      ["v1"],
    );
    assert.deepEqual(paid("paid"), { usd: 86, open: 0 });
  });

  test("of one that is late is everything that was reserved", async () => {
    await ask("paid-late", question, () => faults.stallBeforeHead);
    await eventually(() => assert.deepEqual(paid("paid-late"), { usd: 38, open: 0 }));
  });

  test("of a turn that is refused is nothing: no request is sent", async () => {
    const refused = await ask("closed");
    assert.equal(refused.error?.code, "rate_limited");
    await eventually(() => assert.deepEqual(paid("closed"), { usd: 0, open: 0 }));
    assert.deepEqual(upstream.requests, []);
  });
});

test("no key, password or question is in the log", async () => {
  const log = await worker.wholeLog();
  for (const secret of [canary, "kilograms"]) assert.ok(!log.includes(secret), secret);
});

/** How the connection to Postgres behaves. */
type Behavior =
  | "forward"
  /** Every new connection is closed at once. */
  | "down"
  /** Connections open, and nothing comes back. */
  | "silent"
  /** The server answers until a query with this text arrives. After that, nothing comes back. */
  | { stallsAt: string }
  /** The connection breaks when a query with this text arrives. */
  | { breaksAt: string };

interface Gate {
  readonly port: number;
  /** How many connections through the gate are open. */
  open(): number;
  behave(behavior: Behavior): void;
  close(): Promise<void>;
}

/** Starts a proxy to Postgres that can fail. @param target the port of Postgres */
async function startGate(target: number): Promise<Gate> {
  let behavior: Behavior = "forward";
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    if (behavior === "down") return socket.destroy();
    sockets.add(socket);
    const upstreamSocket = behavior === "silent" ? undefined : connect(target, "127.0.0.1");
    let isStalled = false;
    socket.on("data", (bytes) => {
      const text = typeof behavior === "object" ? Object.values(behavior).join("") : undefined;
      if (text !== undefined && bytes.includes(text)) {
        isStalled = true;
        if (typeof behavior === "object" && "breaksAt" in behavior) socket.destroy();
      }
      if (!isStalled) upstreamSocket?.write(bytes);
    });
    upstreamSocket?.on("data", (bytes) => isStalled || socket.write(bytes));
    const end = () => {
      sockets.delete(socket);
      socket.destroy();
      upstreamSocket?.destroy();
    };
    for (const each of [socket, upstreamSocket]) each?.on("close", end).on("error", end);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return {
    port: typeof address === "object" ? (address?.port ?? 0) : 0,
    open: () => sockets.size,
    behave: (next) => void (behavior = next),
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
