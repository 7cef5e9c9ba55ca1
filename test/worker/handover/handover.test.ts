// Messages to a person: what arrives at the operator's address, that it arrives once, and what the visitor is told.
import assert from "node:assert/strict";
import { createHmac, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { after, afterEach, before, describe, test } from "node:test";
import { routes, type AssistantProfile, type ErrorBody, type Health } from "../../../protocol/index.ts";
import { anthropicAnswer } from "../../fault-server/index.ts";
import { jsonOf, TestVisitor, testOrigin } from "../../support/client.ts";
import { eventually } from "../../support/eventually.ts";
import { startReceiver, type HandoverReceiver } from "../../support/handover-receiver.ts";
import { startRig, type Rig } from "../support/rig.ts";

const secretBytes = Buffer.from("a key of 32 bytes that is a test");
const secret = `whsec_${secretBytes.toString("base64")}`;
const key = "re_the-key-of-the-e-mail-service";

let rig: Rig;
let receiver: HandoverReceiver;

before(async () => {
  receiver = await startReceiver();
  rig = await startRig({ entry: "test/worker/handover-project/entry.ts", variables: variables() });
});
after(async () => {
  await rig[Symbol.asyncDispose]();
  await receiver.close();
});
afterEach(() => {
  receiver.script(202);
  rig.upstream.reset();
});

function variables(): Record<string, string> {
  const address = { HANDOVER_URL: receiver.url, HANDOVER_SECRET: secret, EMAIL_URL: receiver.url, EMAIL_KEY: key };
  return { ...address, HANDOVER_TIMEOUT_MS: "60000" };
}

/** A visitor with an IP address of their own. */
interface Writer {
  visitor: TestVisitor;
  address: string;
}

async function arrive(assistant: string, url = rig.worker.url): Promise<Writer> {
  const address = `10.${[0, 0, 0].map(() => Math.floor(Math.random() * 256)).join(".")}`;
  return { visitor: await TestVisitor.arrive(url, assistant), address };
}

interface Outcome {
  status: number;
  error?: ErrorBody["error"];
}

/** Presses "Send to the team". */
async function press({ visitor, address }: Writer, fields: object = {}): Promise<Outcome> {
  const body = { id: randomUUID(), message: "My Core blinks red.", contact: "ada@example.com", ...fields };
  const response = await visitor.send(routes.handover, { body, headers: { "cf-connecting-ip": address } });
  if (response.ok) return { status: response.status };
  return { status: response.status, error: (await jsonOf<ErrorBody>(response)).error };
}

/** Verifies a request as Standard Webhooks tells receivers to, without our code. */
function verify({ headers, body }: HandoverReceiver["received"][number], signedWith = secretBytes): void {
  const { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature } = headers;
  assert.ok(Math.abs(Date.now() / 1000 - Number(timestamp)) < 300, "the time is in the tolerance of five minutes");
  const expected = createHmac("sha256", signedWith)
    .update(`${String(id)}.${String(timestamp)}.${body}`)
    .digest("base64");
  assert.ok(String(signature).split(" ").includes(`v1,${expected}`), "the signature is right");
}

function deliveries(): Set<unknown> {
  return new Set(receiver.received.map(({ headers }) => headers["webhook-id"] ?? headers["idempotency-key"]));
}

function profileOf(assistant: string): Promise<AssistantProfile> {
  return jsonOf(fetch(rig.worker.url + routes.assistant(assistant), { headers: { origin: testOrigin } }));
}

describe("a webhook", () => {
  test("gets the message, signed, and no conversation that was not named", async () => {
    const writer = await arrive("webhook");
    await writer.visitor.ask("What does red mean?");
    assert.deepEqual(await press(writer, { message: "Please call.\nThank you 🌊" }), { status: 202 });
    const [request] = receiver.received;
    assert.ok(request && receiver.received.length === 1);
    verify(request);
    assert.throws(() => verify(request, Buffer.from("another key")), /signature/);
    assert.throws(() => verify({ ...request, body: request.body.replace("call", "mail") }), /signature/);
    const { type, timestamp, data } = JSON.parse(request.body);
    assert.equal(type, "handover.requested");
    assert.ok(Math.abs(Date.now() - Date.parse(timestamp)) < 300_000);
    const expected = {
      assistant: "webhook",
      title: "Help",
      message: "Please call.\nThank you 🌊",
      contact: "ada@example.com",
    };
    assert.deepEqual(data, expected);
  });

  test("gets the conversation that the visitor names, each question with its newest answer", async () => {
    const writer = await arrive("webhook");
    const [conversation, message] = [randomUUID(), randomUUID()];
    rig.upstream.script(anthropicAnswer({ text: "A fault." }));
    await writer.visitor.ask("What does red mean?", { conversation });
    await writer.visitor.ask("And three and one?", { conversation, id: message });
    rig.upstream.script(anthropicAnswer({ text: "E31." }));
    const again = { conversation, message, id: randomUUID() };
    await (await writer.visitor.send(routes.regenerate, { body: again })).text();
    assert.equal((await press(writer, { conversation })).status, 202);
    const { data } = JSON.parse(receiver.received[0]?.body ?? "");
    assert.equal(data.conversation.id, conversation);
    assert.equal(data.conversation.isShortened, false);
    assert.deepEqual(
      data.conversation.messages.map(({ createdAt, ...rest }: { createdAt: string }) => {
        assert.ok(Date.parse(createdAt) > 0);
        return rest;
      }),
      [
        { role: "user", content: "What does red mean?" },
        { role: "assistant", content: "A fault.", aiGenerated: true },
        { role: "user", content: "And three and one?" },
        { role: "assistant", content: "E31.", aiGenerated: true },
      ],
    );
  });

  test("never gets another visitor's conversation", async () => {
    const [owner, other] = [await arrive("webhook"), await arrive("webhook")];
    const conversation = randomUUID();
    await owner.visitor.ask("A secret question", { conversation });
    assert.equal((await press(other, { conversation })).error?.code, "not_found");
    assert.equal(receiver.received.length, 0);
  });

  test("a very long conversation arrives with its newest messages", async () => {
    const writer = await arrive("webhook");
    const conversation = randomUUID();
    for (const text of ["first ", "second ", "third "]) {
      rig.upstream.script(anthropicAnswer({ text: text.repeat(17_000) }));
      await writer.visitor.ask(`Question: ${text}`, { conversation });
    }
    assert.equal((await press(writer, { conversation })).status, 202);
    const { messages, isShortened } = JSON.parse(receiver.received[0]?.body ?? "").data.conversation;
    assert.equal(isShortened, true);
    assert.deepEqual(
      messages.map(({ content }: { content: string }) => content.slice(0, 16).trim()),
      ["Question: second", "second second se", "Question: third", "third third thir"],
    );
  });
});

describe("the receiver in docs/handover.md", () => {
  /** Loads the receiver. @returns its function, and the tickets that it has opened */
  async function receiverOf(): Promise<{ receive(request: Request): Promise<Response>; tickets: unknown[] }> {
    const [, code = ""] = /```js\n([\s\S]*?)```/.exec(readFileSync("docs/handover.md", "utf8")) ?? [];
    const tickets: unknown[] = [];
    Object.assign(globalThis, { openTicket: (data: unknown) => tickets.push(data) });
    process.env["HANDOVER_SECRET"] = secret;
    const program: { receive(request: Request): Promise<Response> } = await import(
      `data:text/javascript,${encodeURIComponent(code)}`
    );
    return { receive: program.receive, tickets };
  }

  test("opens one ticket for a message, and refuses what is forged, old or repeated", async () => {
    const { receive, tickets } = await receiverOf();
    await press(await arrive("webhook"), { message: "For the recipe" });
    const [request] = receiver.received;
    assert.ok(request);
    const names = ["webhook-id", "webhook-timestamp", "webhook-signature"];
    const headers = Object.fromEntries(names.map((name) => [name, String(request.headers[name])]));
    const statusOf = async (changed: Record<string, string> = {}, body = request.body) => {
      const sent = new Request("http://x/", { method: "POST", body, headers: { ...headers, ...changed } });
      return (await receive(sent)).status;
    };
    assert.equal(await statusOf({}, `${request.body} `), 401);
    assert.equal(await statusOf({ "webhook-signature": "v1,AAAA" }), 401);
    assert.equal(await statusOf({ "webhook-id": "handover_other" }), 401);
    const old = String(Number(headers["webhook-timestamp"]) - 400);
    const signed = createHmac("sha256", secretBytes).update(`${headers["webhook-id"]}.${old}.${request.body}`);
    const replayed = { "webhook-timestamp": old, "webhook-signature": `v1,${signed.digest("base64")}` };
    assert.equal(await statusOf(replayed), 401, "it is older than five minutes");
    assert.equal(await statusOf({ "webhook-timestamp": "" }), 401);
    assert.deepEqual(tickets, []);
    assert.deepEqual([await statusOf(), await statusOf()], [202, 202]);
    assert.deepEqual(tickets, [JSON.parse(request.body).data]);
  });
});

describe("an address that misbehaves", () => {
  test("it fails twice, then accepts: the same message, once", async () => {
    receiver.script(500, "closes", 202);
    assert.equal((await press(await arrive("webhook"))).status, 202);
    assert.equal(receiver.received.length, 3);
    assert.equal(deliveries().size, 1, "each attempt has the same id");
    receiver.received.forEach((request) => verify(request));
  });

  test("it never accepts: the visitor is told so, and the log says why without the address", async () => {
    receiver.script(503);
    const { status, error } = await press(await arrive("webhook"));
    assert.deepEqual([status, error?.code], [502, "handover_failed"]);
    assert.equal(receiver.received.length, 3);
    await rig.worker.printed(/"code":"handover_failed","detail":"the address of the handover: it answered 503"/);
  });

  test("it refuses: no other attempt", async () => {
    receiver.script(400);
    assert.equal((await press(await arrive("webhook"))).error?.code, "handover_failed");
    assert.equal(receiver.received.length, 1);
  });

  test("it redirects: not followed", async () => {
    receiver.script("redirects");
    assert.equal((await press(await arrive("webhook"))).error?.code, "handover_failed");
    assert.deepEqual(
      receiver.received.map(({ path }) => path),
      ["/inbox"],
    );
  });

  test("its answer has no end: accepted, and not read", async () => {
    receiver.script("answers without end");
    assert.equal((await press(await arrive("webhook"))).status, 202);
    const { sentBytes } = receiver;
    assert.ok(sentBytes < 64 * 1024 * 1024, `${sentBytes} bytes`);
  });

  test("it does not answer: the attempt ends after its time, and the next one can succeed", async () => {
    await using worker = await startRig({
      entry: "test/worker/handover-project/entry.ts",
      variables: { ...variables(), HANDOVER_TIMEOUT_MS: "700" },
    });
    receiver.script("never answers", 202);
    assert.equal((await press(await arrive("webhook", worker.worker.url))).status, 202);
    assert.equal(deliveries().size, 1);
    receiver.script("never answers");
    const writer = await arrive("webhook", worker.worker.url);
    assert.equal((await press(writer)).error?.code, "handover_failed");
    await worker.worker.printed(/the address of the handover: it did not answer in time/);
    receiver.release(202);
  });

  test("a failed delivery does not count on the day", async () => {
    const writer = await arrive("two-each");
    receiver.script(400);
    assert.equal((await press(writer)).error?.code, "handover_failed");
    receiver.script(202);
    assert.equal((await press(writer)).status, 202);
    assert.equal((await press(writer)).status, 202);
  });
});

describe("once per press", () => {
  test("a request that is sent again delivers nothing", async () => {
    const writer = await arrive("webhook");
    const id = randomUUID();
    assert.equal((await press(writer, { id })).status, 202);
    assert.equal((await press(writer, { id })).status, 202);
    assert.equal(receiver.received.length, 1);
    assert.equal((await press(writer, { id, message: "Other words." })).status, 202);
    assert.equal(receiver.received.length, 2, "the same id with other words is another message: it is not lost");
  });

  test("it is recognized although the conversation that went with it was deleted since", async () => {
    const writer = await arrive("webhook");
    const fields = { id: randomUUID(), conversation: randomUUID() };
    await writer.visitor.ask("What does red mean?", fields);
    assert.equal((await press(writer, fields)).status, 202);
    await writer.visitor.send(routes.conversation(fields.conversation), { method: "DELETE" });
    assert.deepEqual(await press(writer, fields), { status: 202 });
    assert.equal(receiver.received.length, 1);
    const other = { ...fields, id: randomUUID() };
    assert.equal((await press(writer, other)).error?.code, "not_found", "it is another message");
  });

  test("two at the same time are one delivery", async () => {
    const writer = await arrive("webhook");
    const id = randomUUID();
    receiver.script("never answers");
    const both = [press(writer, { id }), press(writer, { id })];
    await eventually(() => assert.equal(receiver.received.length, 1));
    receiver.release(202);
    assert.deepEqual(await Promise.all(both), [{ status: 202 }, { status: 202 }]);
    assert.equal(receiver.received.length, 1);
  });

  test("the visitor loses the answer and presses again: the delivery continued, and there is one", async () => {
    const { visitor, address } = await arrive("webhook");
    const body = { id: randomUUID(), message: "Lost", contact: "ada@example.com" };
    receiver.script("never answers");
    const lost = new AbortController();
    const first = visitor.send(routes.handover, {
      body,
      signal: lost.signal,
      headers: { "cf-connecting-ip": address },
    });
    await eventually(() => assert.equal(receiver.received.length, 1));
    lost.abort();
    await assert.rejects(first);
    receiver.release(202);
    assert.equal((await press({ visitor, address }, body)).status, 202);
    assert.equal(deliveries().size, 1);
  });

  test("after a failure, the next press has the same id, so that the receiver can tell", async () => {
    const writer = await arrive("webhook");
    const id = randomUUID();
    receiver.script(400);
    await press(writer, { id });
    const [first] = deliveries();
    receiver.script(202);
    await press(writer, { id });
    assert.deepEqual([...deliveries()], [first]);
  });

  test("another visitor with the same id and words is another message", async () => {
    const id = randomUUID();
    await press(await arrive("webhook"), { id });
    await press(await arrive("webhook"), { id });
    assert.equal(deliveries().size, 2);
  });
});

describe("an e-mail", () => {
  test("nobody can write what looks like another person's line", async () => {
    const writer = await arrive("email");
    const conversation = randomUUID();
    const forged = ["\n", "\r", "\r\n", "\v", "\f", "\u0085", "\u2028", "\u2029"].map(
      (lineBreak) => `Hi${lineBreak}--- Assistant (AI), 2026-11-26 20:00 UTC${lineBreak}A full refund.`,
    );
    rig.upstream.script(anthropicAnswer({ text: forged.join("\n") }));
    await writer.visitor.ask(forged.join("\n"), { conversation });
    const message = `${forged.join("\n")}\nReply to: eve@example.com\nThe visitor sent this conversation along`;
    assert.equal((await press(writer, { message, conversation })).status, 202);
    const { text } = JSON.parse(receiver.received[0]?.body ?? "");
    const lines = String(text).split(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/);
    assert.deepEqual(
      lines.filter((line) => line !== "" && !line.startsWith(">")).map((line) => line.replace(/, .*/, "")),
      [
        "Reply to: ada@example.com",
        "The visitor sent this conversation along (2 messages).",
        "--- Visitor",
        "--- Assistant (AI)",
      ],
    );
  });

  test("has the words as plain text, the contact to reply to, and the conversation that was named", async () => {
    const writer = await arrive("email");
    const conversation = randomUUID();
    rig.upstream.script(anthropicAnswer({ text: "A fault." }));
    await writer.visitor.ask("What does red mean?", { conversation });
    assert.equal((await press(writer, { message: "<b>Hello</b>", conversation })).status, 202);
    const [{ headers, body } = assert.fail()] = receiver.received;
    assert.equal(headers.authorization, `Bearer ${key}`);
    assert.match(String(headers["idempotency-key"]), /^handover_[0-9a-f]{32}$/);
    const { text, ...fields } = JSON.parse(body);
    assert.deepEqual(fields, {
      from: "Help <help@example.com>",
      to: ["team@example.com"],
      reply_to: "ada@example.com",
      subject: "Help: a visitor wrote to you",
    });
    assert.match(text, /^> <b>Hello<\/b>\n\nReply to: ada@example\.com\n/);
    assert.match(
      text,
      /\(2 messages\)\.\n\n--- Visitor, [\d: -]+UTC\n> What does red mean\?\n\n--- Assistant \(AI\), .*\n> A fault\.$/,
    );
  });

  for (const contact of ["+49 30 1234", "a@example.com, b@example.com", "Ada <ada@example.com>", "a@b"]) {
    test(`a contact that is no plain address is in the text alone: ${contact}`, async () => {
      assert.equal((await press(await arrive("email"), { contact })).status, 202);
      const { reply_to: replyTo, text } = JSON.parse(receiver.received[0]?.body ?? "");
      assert.equal(replyTo, undefined);
      assert.ok(text.includes(`Reply to: ${contact}\n`));
    });
  }

  test("the service has sent this key's e-mail with another text: it is accepted", async () => {
    receiver.script({ status: 409, body: '{"statusCode":409,"name":"invalid_idempotent_request","message":"x"}' });
    assert.equal((await press(await arrive("email"))).status, 202);
    assert.equal(receiver.received.length, 1);
  });

  test("the service is still sending it: the next attempt asks again", async () => {
    receiver.script({ status: 409, body: '{"name":"concurrent_idempotent_requests"}' }, 200);
    assert.equal((await press(await arrive("email"))).status, 202);
    assert.equal(receiver.received.length, 2);
  });
});

describe("what is refused", () => {
  const wrong: [string, object, RegExp][] = [
    ["no id", { id: "1" }, /id: must be a UUID/],
    ["no message", { message: " \n" }, /message: must not be empty/],
    ["a message that is too long", { message: "x".repeat(4001) }, /message: must have at most 4000 characters/],
    ["no contact", { contact: "" }, /contact: must not be empty/],
    ["a contact that is too long", { contact: "x".repeat(255) }, /contact: must have at most 254/],
    ["a header in the contact", { contact: "a@example.com\r\nBcc: all@example.com" }, /contact: must be one line/],
    ["a conversation that is none", { conversation: "mine" }, /conversation: must be a UUID/],
  ];
  for (const [name, fields, message] of wrong) {
    test(name, async () => {
      const { status, error } = await press(await arrive("email"), fields);
      assert.deepEqual([status, error?.code], [400, "invalid_request"]);
      assert.match(error?.message ?? "", message);
      assert.equal(receiver.received.length, 0);
    });
  }

  test("an assistant without a handover, or one that is not set up; the profiles say so", async () => {
    assert.equal((await press(await arrive("none"))).error?.code, "not_found");
    const { status, error } = await press(await arrive("not-set"));
    assert.deepEqual([status, error?.code], [503, "not_configured"]);
    await rig.worker.printed(/NO_SUCH_SECRET: set it to `whsec_` and 24 to 64 random bytes in base64/);
    assert.equal((await profileOf("webhook")).handover, true);
    assert.equal((await profileOf("email")).handover, true);
    assert.equal("handover" in (await profileOf("none")), false);
    assert.equal("handover" in (await profileOf("not-set")), false);
    const health = await jsonOf<Health>(fetch(rig.worker.url + routes.health));
    assert.deepEqual([health.status, health.notConfigured], ["ok", ["handover"]]);
  });

  test("without a session", async () => {
    const response = await fetch(rig.worker.url + routes.handover, { method: "POST", headers: { origin: testOrigin } });
    assert.equal(response.status, 401);
  });
});

describe("limits", () => {
  test("of a visitor on a day", async () => {
    const writer = await arrive("two-each");
    const statuses = [await press(writer), await press(writer), await press({ ...writer, address: "10.9.9.9" })];
    assert.deepEqual(
      statuses.map(({ status }) => status),
      [202, 202, 429],
    );
    const [, , refused] = statuses;
    assert.equal(refused?.error?.code, "rate_limited");
    assert.ok((refused?.error?.retryAfterMs ?? 0) > 0);
  });

  test("of a visitor in a minute, also while the address fails", async () => {
    const writer = await arrive("webhook");
    receiver.script(400);
    const codes: unknown[] = [];
    for (let at = 0; at < 7 && !codes.includes("rate_limited"); at += 1) codes.push((await press(writer)).error?.code);
    assert.ok(codes.includes("rate_limited"), "three per minute: a minute can end between them once");
  });

  test("of an address on a day, and of everybody", async () => {
    const address = "10.7.7.7";
    const codeFrom = async (from: string) =>
      (await press({ ...(await arrive("four-a-day")), address: from })).error?.code;
    const one = [await codeFrom(address), await codeFrom(address), await codeFrom(address), await codeFrom(address)];
    assert.deepEqual(one, [undefined, undefined, undefined, "rate_limited"]);
    assert.deepEqual([await codeFrom("10.7.7.8"), await codeFrom("10.7.7.9")], [undefined, "rate_limited"]);
  });
});

describe("what is stored", () => {
  test("that a message was delivered, and nothing of it; it can be exported and deleted", async () => {
    const { visitor, address } = await arrive("webhook");
    const message = "WORDS-THAT-ARE-NOT-STORED";
    await press({ visitor, address }, { message, contact: "nobody@stored.example" });
    const exported = await (await visitor.send(routes.visitorExport)).text();
    const { handovers } = JSON.parse(exported);
    assert.equal(handovers.length, 1);
    assert.ok(Math.abs(Date.now() - handovers[0].deliveredAt) < 300_000);
    assert.doesNotMatch(exported, /WORDS|nobody@/);
    assert.equal((await visitor.send(routes.visitor, { method: "DELETE" })).status, 204);
    assert.equal((await visitor.send(routes.visitorExport)).status, 401);
  });

  test("deleting everything ends a delivery that is being retried", async () => {
    const writer = await arrive("webhook");
    receiver.script("never answers");
    const pressed = press(writer);
    await eventually(() => assert.equal(receiver.received.length, 1));
    assert.equal((await writer.visitor.send(routes.visitor, { method: "DELETE" })).status, 204);
    assert.equal((await pressed).error?.code, "handover_failed");
    receiver.release(202);
    assert.equal(receiver.received.length, 1);
    await rig.worker.printed(/the visitor deleted everything/);
  });
});

test("nothing of a message, an address or a secret is in the log", async () => {
  const output = await rig.worker.wholeLog();
  assert.match(output, /"path":"\/v1\/handover","status":202/);
  assert.doesNotMatch(
    output,
    /blinks red|ada@example|WORDS-THAT|whsec_[A-Za-z0-9]{8}|the-key-of-the-e-mail|127\.0\.0\.1:\d+\/inbox/,
  );
});
