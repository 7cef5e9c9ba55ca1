// Sends 10,000 requests with other visitors' ids in paths, bodies and headers, and counts what they read and write.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { routes } from "../../protocol/index.ts";
import { startFaultServer } from "../fault-server/index.ts";
import { canary, canarySecret, CanarySearch } from "../support/canary.ts";
import { ending, TestVisitor } from "../support/client.ts";
import { startTestWorker } from "../support/worker.ts";

const requests = 10_000;
const owners = 10;

/** The data of another visitor, which a stranger must neither read nor change. */
interface Owned {
  visitor: TestVisitor;
  conversation: string;
  message: string;
  answer: string;
  secret: string;
}

/** Sends the requests and compares what every owner has before and after. */
export async function prove(): Promise<Record<string, unknown>> {
  const state = await mkdtemp(join(tmpdir(), "rivulet-strangers-"));
  await using upstream = await startFaultServer();
  const search = new CanarySearch();
  const secrets = {
    ANTHROPIC_API_KEY: canary,
    IDENTITY_SECRET: canarySecret("identity"),
    OPERATOR_SECRET: canarySecret("operator"),
  };
  const variables = { ...secrets, ANTHROPIC_BASE_URL: upstream.url };
  const worker = await startTestWorker({ state, variables });
  const owned = await Promise.all(Array.from({ length: owners }, (_, at) => own(worker.url, at)));
  const before = await Promise.all(owned.map(({ visitor }) => snapshot(visitor)));
  const stranger = await TestVisitor.arrive(worker.url, "anthropic");
  let reads = 0;
  const statuses: Record<string, number> = {};
  const one = async (at: number): Promise<void> => {
    const victim = owned[at % owners];
    const attempt = attempts[Math.floor(at / owners) % attempts.length];
    if (victim === undefined || attempt === undefined) return;
    const response = await attempt(stranger, victim);
    const text = await response.text();
    if (owned.some(({ secret }) => text.includes(secret))) reads += 1;
    statuses[response.status] = (statuses[response.status] ?? 0) + 1;
  };
  for (let at = 0; at < requests; at += 50) await Promise.all(Array.from({ length: 50 }, (_, each) => one(at + each)));
  const after = await Promise.all(owned.map(({ visitor }) => snapshot(visitor)));
  const writes = before.filter((text, at) => text !== after[at]).length;
  await worker.stop();
  search.readLog(worker.output());
  await rm(state, { recursive: true, force: true });
  return { requests, kinds: attempts.length, owners, reads, writes, statuses, searched: search.end() };
}

async function own(url: string, at: number): Promise<Owned> {
  const visitor = await TestVisitor.arrive(url, "anthropic");
  const [conversation, message] = [crypto.randomUUID(), crypto.randomUUID()];
  const secret = `SECRET-${at}-${crypto.randomUUID()}`;
  const answer = ending(await visitor.ask(secret, { conversation, id: message })).messageId;
  return { visitor, conversation, message, answer, secret };
}

async function snapshot(visitor: TestVisitor): Promise<string> {
  const text = await (await visitor.send(routes.visitorExport)).text();
  return text.replace(/"exportedAt":\d+/, "");
}

type Attempt = (stranger: TestVisitor, victim: Owned) => Promise<Response>;

/** Every place that accepts an id. The stranger's token is valid, but the ids belong to somebody else. */
const attempts: Attempt[] = [
  (s, v) => s.send(routes.conversation(v.conversation)),
  (s, v) => s.send(`${routes.conversation(v.conversation)}?before=${v.message}`),
  (s, v) => s.send(routes.conversation(v.conversation), { method: "PATCH", body: { title: "mine" } }),
  (s, v) => s.send(routes.conversation(v.conversation), { method: "DELETE" }),
  (s, v) => s.send(routes.stream(v.conversation)),
  (s, v) => s.send(routes.stream(v.conversation), { headers: { "last-event-id": `${v.answer}.1` } }),
  (s, v) => s.send(`${routes.conversations}?cursor=${Date.now()}_${v.conversation}`),
  (s, v) => s.send(routes.stop, { body: { conversation: v.conversation, messageId: v.answer } }),
  (s, v) => s.send(routes.feedback, { body: { conversation: v.conversation, message: v.answer, rating: "down" } }),
  (s, v) => {
    const body = { conversation: v.conversation, message: v.message, id: crypto.randomUUID() };
    return s.send(routes.regenerate, { body });
  },
  (s, v) => {
    const body = { conversation: v.conversation, message: v.message, id: v.answer };
    return s.send(routes.regenerate, { body });
  },
  (s, v) => {
    const ids = { conversation: crypto.randomUUID(), id: crypto.randomUUID() };
    return s.send(routes.messages, { body: { ...ids, userPrompt: "mine", replaces: v.message } });
  },
  (s, v) => {
    // With somebody else's id, the stranger creates a conversation of their own. It must not contain the owner's data.
    const body = { conversation: v.conversation, id: v.message, userPrompt: "mine", replaces: v.answer };
    return s.send(routes.messages, { body });
  },
  (s, v) => s.send(`/v1/conversations/${encodeURIComponent(`../anthropic/${v.conversation}`)}`),
  (s, v) => s.send(`/v1/visitor/${v.conversation}`),
  (s, v) =>
    s.send(routes.visitorExport, { headers: { "x-visitor": v.conversation, cookie: `visitor=${v.conversation}` } }),
  (s, v) => {
    const body = { assistant: "anthropic", renew: `${v.visitor.token}x`, userToken: v.visitor.token };
    return s.send(routes.sessions, { body });
  },
];
