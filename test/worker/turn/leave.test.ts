// If the provider is silent and the visitor has left, the request to the provider is closed within the grace period and
// one heartbeat.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { routes } from "../../../protocol/index.ts";
import { anthropicAnswer, stallAfter, type ReceivedRequest, type Scenario } from "../../fault-server/index.ts";
import { TestVisitor } from "../../support/client.ts";
import { eventually } from "../../support/eventually.ts";
import { pieces, startRig, type Rig } from "../support/rig.ts";

const graceMs = 1000;
/** Long enough for three heartbeat writes in addition to the 3 s that the status line may wait. */
const heartbeatMs = 9000;

let rig: Rig;

before(async () => {
  rig = await startRig({ variables: { GRACE_MS: String(graceMs), HEARTBEAT_MS: String(heartbeatMs) } });
  rig.upstream.script(({ text }) => scenarios[/<<([\w ]+)>>/.exec(text)?.[1] ?? ""]);
});
after(() => rig[Symbol.asyncDispose]());

const answer = anthropicAnswer({ text: pieces(10) });

const scenarios: Record<string, Scenario> = {
  "during the answer": stallAfter(6, answer),
  "after the headers": stallAfter(0, answer),
  "before the headers": { steps: [{ stall: true }] },
};

/** Asks, and waits for the provider's request. */
async function begin(scenario: string, signal: AbortSignal) {
  const visitor = await TestVisitor.arrive(rig.worker.url, "plain");
  const id = crypto.randomUUID();
  const body = { conversation: crypto.randomUUID(), id, userPrompt: `<<${scenario}>> ${id}` };
  const response = visitor.send(routes.messages, { body, signal });
  response.catch(() => undefined); // it is aborted
  const isOurs = ({ text }: ReceivedRequest) => text.includes(id);
  const request = await eventually(() => rig.upstream.requests.find(isOurs) ?? assert.fail("nobody was asked"));
  return { response, request };
}

describe("the provider falls silent", { concurrency: true }, () => {
  for (const scenario of Object.keys(scenarios)) {
    test(`${scenario}, and the visitor leaves at once`, async (t) => {
      const leave = new AbortController();
      const { response, request } = await begin(scenario, leave.signal);
      if (scenario === "during the answer") {
        const reader = (await response).body?.getReader();
        let seen = "";
        while (!seen.includes("1🌊")) seen += new TextDecoder().decode((await reader?.read())?.value);
      }
      leave.abort();
      const leftAt = Date.now();
      const tookMs = (await rig.upstream.waitUntilLeft(request)) - leftAt;
      t.diagnostic(`closed after ${tookMs} ms`);
      assert.ok(tookMs >= graceMs, `${tookMs} ms: too early for a visitor to reconnect`);
      assert.ok(tookMs <= graceMs + heartbeatMs, `${tookMs} ms`);
    });
  }
});
