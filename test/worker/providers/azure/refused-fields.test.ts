/** A field that a model does not accept is left out of a second request, and of every later one. */
import assert from "node:assert/strict";
import { after, beforeEach, describe, test } from "node:test";
import {
  azureAnswer,
  azureContentFiltered,
  azureError,
  azureUnsupported,
  jsonAnswer,
  startFaultServer,
} from "../../../fault-server/index.ts";
import type { ReceivedRequest, Scenario } from "../../../fault-server/index.ts";
import { ask, codeOf, connect, finishOf, type Outcome } from "../helpers.ts";

const server = await startFaultServer();
after(() => server.close());
beforeEach(() => server.reset());

const reasoning = { temperature: false, maxTokensField: "max_completion_tokens" } as const;

let models = 0;

/** The name of a model that no test has used yet. The worker remembers the fields that a model refuses. */
function newModel(): string {
  models += 1;
  return `new-model-${models}`;
}

/** A model that refuses some fields, one after the other. */
function refusing(fields: readonly string[]): (received: ReceivedRequest) => Scenario {
  return ({ json }) => {
    const field = fields.find((name) => name in Object(json));
    return field === undefined ? azureAnswer() : azureUnsupported(field);
  };
}

function warningsOf({ events }: Outcome): string[] {
  return events.flatMap((event) => (event.type === "warning" ? [event.code] : []));
}

const sentBodies = (): Record<string, unknown>[] => server.requests.map(({ json }) => Object(json));

for (const form of ["models", "openai/deployments/d", "openai/v1"]) {
  const provider = connect("azure", { apiKey: "key-1", endpoint: `${server.url}/${form}` });

  describe(`a field that is refused at …/${form}`, () => {
    test("a temperature is left out in a second request, with a warning if it was set", async () => {
      server.script([azureUnsupported("temperature"), azureAnswer()]);
      const outcome = await ask(provider, { model: newModel(), temperature: 0.3 });
      assert.equal(finishOf(outcome), "stop");
      assert.deepEqual(
        sentBodies().map(({ temperature }) => temperature),
        [0.3, undefined],
      );
      assert.deepEqual(warningsOf(outcome), ["temperature_not_supported"]);
    });

    test("no warning if only our default was left out", async () => {
      server.script([azureUnsupported("temperature"), azureAnswer()]);
      assert.deepEqual(warningsOf(await ask(provider, { model: newModel() })), []);
    });

    test("a token field is renamed, in both directions", async () => {
      server.script([azureUnsupported("max_tokens"), azureAnswer()]);
      assert.equal(finishOf(await ask(provider, { model: newModel() })), "stop");
      server.script([azureUnsupported("max_completion_tokens"), azureAnswer()]);
      assert.equal(finishOf(await ask(provider, { model: newModel(), capabilities: reasoning })), "stop");
      const fields = sentBodies().map((body) => Object.keys(body).find((key) => key.startsWith("max_")));
      assert.deepEqual(fields, ["max_tokens", "max_completion_tokens", "max_completion_tokens", "max_tokens"]);
      for (const body of sentBodies()) assert.match(JSON.stringify(body), /"max_\w+":100/);
    });

    test("several are left out one after the other", async () => {
      server.script(refusing(["max_tokens", "temperature", "stream_options"]));
      const outcome = await ask(provider, { model: newModel() });
      assert.equal(finishOf(outcome), "stop");
      assert.deepEqual(warningsOf(outcome), []);
      assert.equal(server.requests.length, 4);
    });

    test("a server that refuses both token fields gets no third request", async () => {
      server.script(refusing(["max_tokens", "max_completion_tokens"]));
      const model = newModel();
      assert.equal(codeOf(await ask(provider, { model })), "provider_rejected");
      assert.equal(server.requests.length, 2);
      assert.equal(codeOf(await ask(provider, { model })), "provider_rejected");
      assert.equal(server.requests.length, 4, "what did not help is not remembered");
    });

    test("any other 400 is a rejection at once", async () => {
      for (const refusal of [
        azureUnsupported("messages"),
        azureUnsupported("model"),
        azureError(400, { code: "invalid_value", param: "temperature" }),
      ]) {
        server.reset();
        server.script(refusal);
        assert.equal(codeOf(await ask(provider, { model: newModel() })), "provider_rejected");
        assert.equal(server.requests.length, 1);
      }
    });
  });
}

describe("what a model refused is remembered", () => {
  const settings = { apiKey: "key-1", endpoint: `${server.url}/openai/v1` };

  test("by every connection to it, so that later turns make one request", async () => {
    server.script(refusing(["max_tokens", "temperature", "stream_options"]));
    const model = newModel();
    await ask(connect("azure", settings), { model, temperature: 0.3 });
    assert.equal(server.requests.length, 4);
    const outcome = await ask(connect("azure", settings), { model, temperature: 0.3 });
    assert.equal(server.requests.length, 5);
    assert.deepEqual(warningsOf(outcome), ["temperature_not_supported"]);
  });

  test("for this model and this endpoint only", async () => {
    server.script(refusing(["temperature"]));
    const model = newModel();
    await ask(connect("azure", settings), { model });
    await ask(connect("azure", settings), { model: newModel() });
    await ask(connect("azure", { ...settings, endpoint: `${server.url}/other/v1` }), { model });
    assert.equal(server.requests.length, 6);
  });

  test("until another model has its name", async () => {
    const provider = connect("azure", settings);
    const model = newModel();
    server.script(refusing(["max_tokens"]));
    await ask(provider, { model });
    server.reset();
    server.script(refusing(["max_completion_tokens"]));
    assert.equal(finishOf(await ask(provider, { model })), "stop");
    assert.equal(finishOf(await ask(provider, { model })), "stop");
    const fields = sentBodies().map((body) => Object.keys(body).find((key) => key.startsWith("max_")));
    assert.deepEqual(fields, ["max_completion_tokens", "max_tokens", "max_tokens"]);
  });

  test("for a bounded number of models", async () => {
    const provider = connect("azure", settings);
    const first = newModel();
    server.script(refusing(["temperature"]));
    await ask(provider, { model: first });
    for (let count = 0; count < 500; count += 1) await ask(provider, { model: newModel() });
    server.reset();
    server.script(refusing(["temperature"]));
    await ask(provider, { model: first });
    assert.equal(server.requests.length, 2);
  });
});

describe("how vendors say that they do not take a field", () => {
  const provider = connect("azure", { apiKey: "key-1", endpoint: `${server.url}/openai/v1` });
  const extra = (field: string) => ({
    type: "extra_forbidden",
    loc: ["body", field],
    msg: "Extra inputs are not permitted",
    input: 1,
  });

  for (const field of ["max_completion_tokens", "stream_options"]) {
    const python = `[{'type': 'extra_forbidden', 'loc': ('body', '${field}'), 'msg': 'Extra inputs are not permitted'}]`;
    const refusals: Record<string, Scenario> = {
      "OpenAI, unsupported_parameter": azureUnsupported(field),
      "OpenAI, unknown_parameter": azureError(400, { code: "unknown_parameter", param: field }),
      "OpenAI, a field of the field": azureError(400, { code: "unknown_parameter", param: `${field}.x` }),
      "OpenAI, without a code": azureError(400, { param: field, message: `Unknown parameter: '${field}'.` }),
      "Azure's older API versions": azureError(400, {
        type: "invalid_request_error",
        message: `Unrecognized request argument supplied: ${field}`,
      }),
      "a sentence with both names of the limit": azureError(400, {
        message: `'${field}' is not supported with this model. Use 'max_tokens' or 'temperature' instead.`,
      }),
      "Mistral, a list under message.detail": jsonAnswer(422, {
        object: "error",
        message: { detail: [extra(field)] },
        type: "invalid_request_error",
        param: null,
        code: null,
      }),
      "Mistral, a list under message": jsonAnswer(422, { object: "Error", message: [extra("tools"), extra(field)] }),
      "Mistral, a list as text": jsonAnswer(422, {
        object: "error",
        message: JSON.stringify({ detail: [extra(field)] }),
        param: null,
      }),
      "a list under detail": jsonAnswer(422, { detail: [extra(field)] }),
      "a list in the error": jsonAnswer(422, { error: { message: "Invalid.", detail: [extra(field)] } }),
      "vLLM, a list as Python's text": jsonAnswer(400, { object: "error", message: python, type: "BadRequestError" }),
      "Grok, a sentence as the error": jsonAnswer(400, {
        code: "Client specified an invalid argument",
        error: `Argument not supported: ${field}`,
      }),
      "Groq, a sentence": azureError(400, { message: `property '${field}' is unsupported` }),
    };
    for (const [vendor, refusal] of Object.entries(refusals)) {
      test(`${field}: ${vendor}`, async () => {
        server.script([refusal, azureAnswer()]);
        const outcome = await ask(provider, { model: newModel(), capabilities: reasoning });
        assert.equal(finishOf(outcome), "stop");
        assert.deepEqual(warningsOf(outcome), []);
        assert.equal(server.requests.length, 2);
        const [, second] = sentBodies();
        assert.equal(field in Object(second), false);
        if (field === "max_completion_tokens") assert.equal(second?.max_tokens, 100);
      });
    }
  }

  test("both at once, in one list", async () => {
    const detail = [extra("max_completion_tokens"), extra("stream_options")];
    server.script([jsonAnswer(422, { detail }), azureAnswer()]);
    assert.equal(finishOf(await ask(provider, { model: newModel(), capabilities: reasoning })), "stop");
    assert.equal(server.requests.length, 2);
  });

  test("Moonshot, a temperature that is not its default", async () => {
    const message = "invalid temperature: only 1 is allowed for this model";
    server.script([azureError(400, { type: "invalid_request_error", message }), azureAnswer()]);
    assert.equal(finishOf(await ask(provider, { model: newModel() })), "stop");
  });

  test("a 422 about something else is a rejection at once", async () => {
    const places = { type: "extra_forbidden", loc: ["body", "messages", 0, "name"], msg: "Extra inputs" };
    server.script(jsonAnswer(422, { detail: [places] }));
    assert.equal(codeOf(await ask(provider, { model: newModel() })), "provider_rejected");
    assert.equal(server.requests.length, 1);
  });
});

describe("a prompt that a filter refuses is content_filtered", () => {
  const provider = connect("azure", { apiKey: "key-1", endpoint: `${server.url}/openai/v1` });
  const refusals: Record<string, Scenario> = {
    Azure: azureContentFiltered(),
    "OpenRouter's moderation": jsonAnswer(403, {
      error: { code: 403, message: "Flagged.", metadata: { reasons: ["violence"], flagged_input: "…" } },
    }),
    OpenRouter: azureError(403, { code: "content_policy_violation" }),
    Grok: jsonAnswer(403, {
      code: "The caller does not have permission to execute the specified operation",
      error: "Content violates usage guidelines. Failed check: SAFETY_CHECK_TYPE_BIO",
    }),
    Alibaba: azureError(400, { code: "data_inspection_failed" }),
  };
  for (const [vendor, refusal] of Object.entries(refusals)) {
    test(vendor, async () => {
      server.script(refusal);
      assert.equal(codeOf(await ask(provider)), "content_filtered");
      assert.equal(server.requests.length, 1);
    });
  }

  test("any other 403 is a rejection", async () => {
    server.script(azureError(403, { code: "permission_denied" }));
    assert.equal(codeOf(await ask(provider)), "provider_rejected");
  });
});

test("an effort that the model does not take is left out, with a warning for the operator", async () => {
  const message = "Unsupported value: 'none' is not supported with the 'x' model. Supported values are: 'low'.";
  server.script([azureError(400, { code: "unsupported_value", param: "reasoning_effort", message }), azureAnswer()]);
  const provider = connect("azure", { apiKey: "key-1", endpoint: `${server.url}/openai/v1` });
  const thinking = { mode: "off", isOn: false, isOff: true, roomTokens: 0, isSummarized: false } as const;
  const outcome = await ask(provider, { model: newModel(), thinking });
  assert.equal(finishOf(outcome), "stop");
  assert.deepEqual(
    sentBodies().map((body) => body["reasoning_effort"]),
    ["none", undefined],
  );
  assert.deepEqual(warningsOf(outcome), ["reasoning_effort_not_supported"]);
});

test("a model of the Responses API is a rejection that says so, and its text is not repeated", async () => {
  server.script(azureError(400, { code: "OperationNotSupported", message: "canary gpt-5.1-codex" }));
  const { error } = await ask(connect("azure", { apiKey: "key-1", endpoint: `${server.url}/openai/v1` }));
  assert.equal(error?.code, "provider_rejected");
  assert.match(error?.detail ?? "", /OperationNotSupported\), only the Responses API, which Rivulet Chat cannot use/);
  assert.doesNotMatch(error?.detail ?? "", /canary/);
  assert.equal(server.requests.length, 1);
});
