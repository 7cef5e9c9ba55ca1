// For each current model and each setting: the request on the wire, or what the build says.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, beforeEach, describe, test } from "node:test";
import type { AssistantDefinition } from "../../../worker/assistants/definition.ts";
import { defineProject, ProjectError } from "../../../worker/assistants/project.ts";
import { familyOf } from "../../../worker/models/family.ts";
import { assemblePrompt, requestFor } from "../../../worker/prompt/assemble.ts";
import { textParts } from "../../../worker/prompt/parts.ts";
import { anthropicAnswer, azureAnswer, startFaultServer } from "../../fault-server/index.ts";
import { connect, readAnswer } from "../providers/helpers.ts";

const server = await startFaultServer();
after(() => server.close());
beforeEach(() => server.reset());

const efforts = ["minimal", "low", "medium", "high", "xhigh", "max"];
const modes = ["on", "off", "between_tools"];

const connections = {
  anthropic: { provider: "anthropic", variables: { apiKey: "KEY" } },
  azure: { provider: "azure", variables: { apiKey: "KEY", endpoint: "ENDPOINT" } },
};

type Settings = Record<string, unknown>;

/** Builds an assistant with these settings. Returns the body that its provider receives, or what the build says. */
async function bodyOrProblem(provider: "anthropic" | "azure", settings: Settings): Promise<Settings | string> {
  const fixed = { title: "T", connection: provider, maxCompletionTokens: 1000, origins: ["https://www.example.com"] };
  const definition: AssistantDefinition = JSON.parse(JSON.stringify({ ...fixed, ...settings }));
  let built;
  try {
    built = defineProject({ connections, assistants: { help: definition } });
  } catch (error) {
    assert.ok(error instanceof ProjectError);
    return error.message;
  }
  const assistant = built.assistants.get("help") ?? assert.fail();
  const [model] = assistant.models;
  server.script(provider === "anthropic" ? anthropicAnswer() : azureAnswer());
  const adapter =
    provider === "anthropic"
      ? connect("anthropic", { apiKey: "k", baseUrl: server.url })
      : connect("azure", { apiKey: "k", endpoint: `${server.url}/openai/v1` });
  const parts = { assistant, history: { turns: [], isTrimmed: false }, question: textParts("Hi") };
  const request = requestFor(assemblePrompt(parts, { text: "", results: [] }), model);
  await readAnswer(adapter, request, new AbortController().signal, () => undefined);
  const { json } = server.requests.at(-1) ?? {};
  assert.equal(model.maxCompletionTokens, Object(json).max_tokens ?? Object(json).max_completion_tokens);
  return Object(json);
}

/** The tokens that each effort adds for thinking. */
const room: Record<string, number> = { minimal: 1024, low: 2048, medium: 4096, high: 8192, xhigh: 16_384, max: 32_768 };

interface Expected {
  models: string[];
  /** The efforts that the model accepts with thinking on, and those without thinking. */
  on: string[];
  without: string[];
  modes: string[];
  /** The type of thinking that is sent if thinking is not on; null if none is sent. */
  quiet?: string | null;
  /** What is sent by default. */
  byDefault: Settings;
  hasBudget?: true;
}

const toHigh = ["low", "medium", "high"];
const all = [...toHigh, "xhigh", "max"];
const low = { max_tokens: 3048, thinking: { type: "adaptive" }, output_config: { effort: "low" } };
const disabled = { max_tokens: 1000, thinking: { type: "disabled" } };
const plain = { max_tokens: 1000 };

const claude: Expected[] = [
  {
    models: [
      ...["claude-fable-5-2", "claude-fable-5-1", "claude-fable-5", "claude-mythos-5-2", "claude-mythos-5-1"],
      ...["claude-mythos-5", "claude-opus-5-5"],
    ],
    ...{ on: all, without: [], modes: ["on"], byDefault: low },
  },
  { models: ["claude-mythos-preview"], on: [...toHigh, "max"], without: [], modes: ["on"], byDefault: low },
  {
    models: ["claude-sonnet-5-5"],
    ...{ on: all, without: toHigh, modes: ["on", "between_tools"], quiet: "between_tools" },
    byDefault: { max_tokens: 1000, thinking: { type: "between_tools" } },
  },
  {
    models: [
      "claude-haiku-5-5",
      "claude-haiku-5-5-20260901",
      "claude-opus-5",
      "claude-opus-5-latest",
      "claude-sonnet-5",
    ],
    ...{ on: all, without: toHigh, modes: ["on", "off"], quiet: "disabled", byDefault: disabled },
  },
  {
    models: ["claude-opus-4-8", "claude-opus-4-7"],
    ...{ on: all, without: all, modes: ["on", "off"], quiet: null, byDefault: plain },
  },
  {
    models: ["claude-opus-4-6", "claude-sonnet-4-6"],
    ...{ on: [...toHigh, "max"], without: [...toHigh, "max"], modes: ["on", "off"], quiet: null, byDefault: plain },
  },
  {
    models: ["claude-opus-4-5", "claude-opus-4-5-20251101"],
    ...{ on: toHigh, without: toHigh, modes: ["on", "off"], quiet: null, byDefault: plain, hasBudget: true },
  },
  {
    models: ["claude-sonnet-4-5-20250929", "claude-haiku-4-5", "claude-haiku-4-5-20251001", "claude-sonnet-4-5"],
    ...{ on: [], without: [], modes: ["on", "off"], quiet: null, byDefault: plain, hasBudget: true },
  },
];

/** The fields that depend on the settings. */
function settingsIn(body: Settings): Settings {
  const { thinking, output_config, max_tokens } = body;
  return JSON.parse(JSON.stringify({ max_tokens, thinking, output_config }));
}

for (const { models, on, without, modes: taken, quiet, byDefault, hasBudget } of claude) {
  for (const model of models) {
    describe(model, () => {
      const send = async (settings: Settings) => bodyOrProblem("anthropic", { model, ...settings });
      const assertSent = async (settings: Settings, expected: Settings) => {
        const body = await send(settings);
        assert.ok(typeof body === "object", String(body));
        assert.deepEqual(settingsIn(body), expected);
      };
      const thinkingWith = (tokens: number) =>
        hasBudget ? { type: "enabled", budget_tokens: tokens } : { type: "adaptive" };

      test("a quick answer by default", () => assertSent({}, byDefault));

      for (const effort of efforts) {
        const max_tokens = 1000 + (room[effort] ?? 0);
        const isTaken = on.includes(effort);
        const expected = { max_tokens, thinking: thinkingWith(room[effort] ?? 0), output_config: { effort } };
        for (const thinking of [undefined, "on"]) {
          const name = `effort ${effort}, thinking ${thinking ?? "not set"}: ${isTaken ? "sent" : "refused"}`;
          if (isTaken) test(name, () => assertSent({ effort, thinking }, expected));
          else test(name, async () => assertRefuses(await send({ effort, thinking }), "effort", effort, on));
        }
        for (const thinking of taken.filter((mode) => mode !== "on")) {
          const sent = without.includes(effort);
          const name = `effort ${effort}, thinking ${thinking}: ${sent ? "sent" : "refused"}`;
          if (sent) {
            const said = quiet === null ? {} : { thinking: { type: quiet } };
            test(name, () =>
              assertSent({ effort, thinking }, { max_tokens: 1000, ...said, output_config: { effort } }),
            );
          } else {
            test(name, async () =>
              assertRefuses(await send({ effort, thinking }), "effort", effort, isTaken ? without : on),
            );
          }
        }
      }

      for (const thinking of modes) {
        if (!taken.includes(thinking)) {
          test(`thinking ${thinking}: refused`, async () =>
            assertRefuses(await send({ thinking }), "thinking", thinking, taken));
        } else if (thinking === "on") {
          const output_config = on[0] === undefined ? {} : { output_config: { effort: "low" } };
          test("thinking on: sent, with room for it", () =>
            assertSent({ thinking }, { max_tokens: 3048, thinking: thinkingWith(2048), ...output_config }));
        } else {
          const said = quiet === null ? {} : { thinking: { type: quiet } };
          test(`thinking ${thinking}: sent`, () => assertSent({ thinking }, { max_tokens: 1000, ...said }));
        }
      }

      test("a summary is asked for where the browser is shown it, and the model thinks", async () => {
        const body = await send({ thinking: "on", expose: { reasoning: true } });
        assert.ok(typeof body === "object");
        const expected = hasBudget ? thinkingWith(2048) : { type: "adaptive", display: "summarized" };
        assert.deepEqual(body["thinking"], expected);
      });
    });
  }
}

const azure: { models: string[]; takes: string[]; canStop: boolean }[] = [
  { models: ["gpt-5", "gpt-5-mini", "gpt-5-nano-2025-08-07"], takes: ["minimal", ...toHigh], canStop: false },
  { models: ["o1", "o3", "o3-mini", "o4-mini"], takes: toHigh, canStop: false },
  { models: ["gpt-5.1"], takes: toHigh, canStop: true },
  {
    models: ["gpt-5.2", "gpt-5.4", "gpt-5.4-mini", "gpt-5.4-nano", "gpt-5.5"],
    takes: [...toHigh, "xhigh"],
    canStop: true,
  },
  { models: ["gpt-5.6-sol", "openai/GPT-5.6-Terra", "gpt-5.6-luna"], takes: all, canStop: true },
];

for (const { models, takes, canStop } of azure) {
  for (const baseModel of models) {
    describe(baseModel, () => {
      const send = async (settings: Settings) =>
        bodyOrProblem("azure", { model: "my-deployment", baseModel, ...settings });
      const assertSent = async (settings: Settings, effort: string) => {
        const body = await send(settings);
        assert.ok(typeof body === "object", String(body));
        const max_completion_tokens = 1000 + (room[effort] ?? 0);
        const sent = { reasoning_effort: body["reasoning_effort"], max: body["max_completion_tokens"] };
        assert.deepEqual(sent, { reasoning_effort: effort, max: max_completion_tokens });
        assert.ok(!("temperature" in body));
      };
      const lowest = takes[0] ?? "";

      test("a quick answer by default", () => assertSent({}, canStop ? "none" : lowest));
      for (const effort of efforts) {
        if (takes.includes(effort)) test(`effort ${effort}: sent`, () => assertSent({ effort }, effort));
        else
          test(`effort ${effort}: refused`, async () => assertRefuses(await send({ effort }), "effort", effort, takes));
      }
      test("thinking on: sent as its lowest effort", () => assertSent({ thinking: "on" }, lowest));
      if (canStop) {
        test("thinking off: sent as none", () => assertSent({ thinking: "off" }, "none"));
        test("an effort without thinking: refused", async () =>
          assertRefuses(await send({ thinking: "off", effort: "low" }), "effort", "low", []));
      } else {
        test("thinking off: refused", async () =>
          assertRefuses(await send({ thinking: "off" }), "thinking", "off", ["on"]));
      }
      test("thinking between tools: refused", async () =>
        assertRefuses(
          await send({ thinking: "between_tools" }),
          "thinking",
          "between_tools",
          canStop ? ["on", "off"] : ["on"],
        ));
    });
  }
}

/** Asserts that the build names file, field and value, and exactly the values that the model accepts. */
function assertRefuses(said: Settings | string, field: string, value: string, accepted: string[]): void {
  assert.ok(typeof said === "string", `it was sent: ${JSON.stringify(said)}`);
  assert.ok(said.startsWith(`assistants/help/assistant.ts: ${field} is "${value}": `), said);
  const named = /accepts ([a-z_, ]+?)(:|$)/.exec(said)?.[1]?.split(/, | or /);
  assert.deepEqual(named, accepted.length === 0 ? ["no effort"] : accepted, said);
}

describe("a model that is not in the table", () => {
  for (const provider of ["anthropic", "azure"] as const) {
    test(`${provider}: neither field is sent`, async () => {
      for (const model of ["claude-next-7", "gpt-oss-120b", "constructor"]) {
        const body = await bodyOrProblem(provider, { model });
        assert.ok(typeof body === "object");
        assert.doesNotMatch(JSON.stringify(body), /thinking|effort/);
      }
    });

    test(`${provider}: the build says how to use one anyway`, async () => {
      for (const settings of [{ effort: "low" }, { thinking: "off" }]) {
        const said = await bodyOrProblem(provider, { model: "brand-new", ...settings });
        assert.match(String(said), /it is not known what brand-new accepts: .*`capabilities\.(efforts|thinking)`/);
      }
    });
  }

  test("the assistant can say what it takes", async () => {
    const capabilities = { efforts: ["low", "high"], thinking: ["on", "off"] };
    const claudeBody = await bodyOrProblem("anthropic", { model: "claude-next-7", capabilities, effort: "high" });
    assert.deepEqual(settingsIn(Object(claudeBody)), {
      max_tokens: 9192,
      thinking: { type: "adaptive" },
      output_config: { effort: "high" },
    });
    const azureBody = await bodyOrProblem("azure", { model: "gpt-oss", capabilities: { efforts: ["low"] } });
    assert.equal(Object(azureBody).reasoning_effort, "low");
    const wrong = await bodyOrProblem("azure", { model: "gpt-oss", capabilities: { efforts: ["lots"] } });
    assert.match(String(wrong), /capabilities\.efforts\.0 is "lots": write minimal, low, medium, high, xhigh or max/);
  });
});

test("a model that supports only the Responses API stops the build", async () => {
  const names = [
    ...["gpt-5-codex", "gpt-5.1-codex", "gpt-5.1-codex-mini", "gpt-5.1-codex-max", "gpt-5.3-codex", "codex-mini"],
    ...["gpt-5-pro", "gpt-5.4-pro", "o3-pro", "o3-deep-research", "computer-use-preview"],
  ];
  for (const name of names) {
    const said = await bodyOrProblem("azure", { model: "my-deployment", baseModel: name });
    assert.match(
      String(said),
      /baseModel is ".*": it supports only the Responses API, which Rivulet Chat cannot use: choose/,
    );
    assert.match(
      String(await bodyOrProblem("azure", { model: name })),
      /: model is ".*": it supports only the Responses API/,
    );
  }
  for (const name of ["gpt-5.4", "deepseek-v4-pro", "gpt-5.4-mini"]) {
    assert.ok(typeof (await bodyOrProblem("azure", { model: name })) === "object", name);
  }
});

test("a temperature is not sent while the model thinks", async () => {
  const quick = await bodyOrProblem("anthropic", { model: "claude-sonnet-4-6", temperature: 0.3 });
  assert.equal(Object(quick).temperature, 0.3);
  const thinking = await bodyOrProblem("anthropic", { model: "claude-sonnet-4-6", temperature: 0.3, thinking: "on" });
  assert.ok(!("temperature" in Object(thinking)));
});

describe("the table in docs/configuration.md", async () => {
  const text = await readFile(join(import.meta.dirname, "../../../docs/configuration.md"), "utf8");
  const rows = text.split("\n").filter((line) => /^\| `(claude-|gpt-|o1)/.test(line));
  const codes = (cell = "") => [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code ?? "");

  for (const { models, takes, canStop } of azure) {
    test(`${models.join(", ")}`, () => {
      for (const model of models.map(familyOf)) {
        const cells = rowOf(model);
        assert.deepEqual(codes(cells[2]), takes, model);
        assert.equal(/none without thinking/.test(cells[2] ?? ""), canStop, model);
        assert.deepEqual(codes(cells[3]), canStop ? ["on", "off"] : ["on"], model);
        assert.deepEqual(codes(cells[4]), canStop ? ["off"] : ["on", takes[0]], model);
      }
    });
  }

  for (const { models, on, without, modes: taken } of claude) {
    test(`${models.join(", ")}`, () => {
      for (const model of models.map(familyOf)) {
        const cells = rowOf(model);
        const [withThinking, rest = ""] = (cells[2] ?? "").split(";");
        assert.deepEqual(codes(withThinking), on, model);
        if (without.length > 0)
          assert.deepEqual(codes(rest), without.length < on.length ? [without.at(-1)] : [], model);
        assert.deepEqual(codes(cells[3]), taken, model);
        const quiet = taken.find((mode) => mode !== "on");
        assert.deepEqual(codes(cells[4]), quiet === undefined ? ["on", "low"] : [quiet], model);
      }
    });
  }

  function rowOf(model: string): string[] {
    const found = rows.map((row) => row.split("|")).filter((cells) => codes(cells[1]).includes(model));
    assert.equal(found.length, 1, `${model} is in ${found.length} rows`);
    return found[0] ?? [];
  }
});
