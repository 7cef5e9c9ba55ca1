import assert from "node:assert/strict";
import { test } from "node:test";
import { endpointProblem, resolveEndpoint } from "../../../../worker/providers/azure/endpoint.ts";
import type { AzureApi } from "../../../../worker/providers/azure/endpoint.ts";

const openai = "https://res.openai.azure.com";
const foundry = "https://res.services.ai.azure.com";

const cases: readonly (readonly [endpoint: string, api: AzureApi, baseUrl: string])[] = [
  [`${foundry}/models`, "models", `${foundry}/models`],
  [`${foundry}/models/`, "models", `${foundry}/models`],
  [
    `${foundry}/models/chat/completions?api-version=2024-05-01-preview`,
    "models",
    `${foundry}/models?api-version=2024-05-01-preview`,
  ],
  [foundry, "v1", `${foundry}/openai/v1`],
  [`${foundry}/`, "v1", `${foundry}/openai/v1`],
  [`${foundry}/api/projects/my-project`, "v1", `${foundry}/openai/v1`],
  [`${foundry}/api/projects/my-project/`, "v1", `${foundry}/openai/v1`],
  [`${foundry}/api/projects/my-project/openai/v1`, "v1", `${foundry}/api/projects/my-project/openai/v1`],
  ["https://res.services.ai.azure.us", "v1", "https://res.services.ai.azure.us/openai/v1"],
  ["https://res.cognitiveservices.azure.com", "v1", "https://res.cognitiveservices.azure.com/openai/v1"],
  ["https://name.eastus.models.ai.azure.com", "models", "https://name.eastus.models.ai.azure.com"],
  [`${openai}/openai/deployments/gpt`, "deployments", `${openai}/openai/deployments/gpt`],
  [`${openai}/openai/deployments/gpt/`, "deployments", `${openai}/openai/deployments/gpt`],
  [`${openai}/openai/deployments`, "deployments", `${openai}/openai/deployments/my%20model`],
  [`${openai}/openai/deployments/`, "deployments", `${openai}/openai/deployments/my%20model`],
  [
    `${openai}/openai/deployments/gpt/chat/completions?api-version=x`,
    "deployments",
    `${openai}/openai/deployments/gpt?api-version=x`,
  ],
  [`${openai}/openai/v1`, "v1", `${openai}/openai/v1`],
  [`${openai}/openai/v1/`, "v1", `${openai}/openai/v1`],
  [openai, "v1", `${openai}/openai/v1`],
  ["http://127.0.0.1:8080/v1", "v1", "http://127.0.0.1:8080/v1"],
  [`${foundry}/openai/v1`, "v1", `${foundry}/openai/v1`],
];

for (const [endpoint, api, baseUrl] of cases) {
  test(`${endpoint} is ${api}`, () => {
    const target = resolveEndpoint(endpoint)?.("my model");
    assert.deepEqual([target?.api, target?.baseUrl], [api, baseUrl]);
    assert.equal(target?.apiVersion === undefined, api === "v1");
  });
}

test("`api` selects the path on a host of Azure", () => {
  const urls = (["models", "deployments", "v1"] as const).map((api) =>
    [foundry, `${foundry}/api/projects/p`].map((endpoint) => resolveEndpoint(endpoint, api)?.("m").baseUrl),
  );
  const expected = [`${foundry}/models`, `${foundry}/openai/deployments/m`, `${foundry}/openai/v1`];
  assert.deepEqual(
    urls,
    expected.map((url) => [url, url]),
  );
});

for (const [path, expected] of [
  ["/anthropic", /it is the address of Claude.*: use it, up to \/anthropic, as the base URL of a connection/],
  ["/anthropic/v1", /it is the address of Claude/],
  ["/anthropic/v1/messages", /it is the address of Claude/],
  [
    "/openai/responses?api-version=2025-04-01-preview",
    /Responses API, which is not supported: end it with \/openai\/v1/,
  ],
  ["/openai/v1/responses/", /Responses API/],
  ["/openai/v1", undefined],
  ["/anthropic-tools/v1", undefined],
] as const) {
  test(`an endpoint that ends in ${path} ${expected ? "is refused with what to do" : "is accepted"}`, () => {
    const problem = endpointProblem(foundry + path);
    if (expected) assert.match(problem ?? "", expected);
    else assert.equal(problem, undefined);
  });
}

test("an endpoint that does not identify its API needs `api`", () => {
  assert.equal(resolveEndpoint("https://gateway.example/ai"), undefined);
  assert.equal(resolveEndpoint("https://gateway.example/ai", "models")?.("m").baseUrl, "https://gateway.example/ai");
  assert.equal(resolveEndpoint("https://gateway.example", "v1")?.("m").baseUrl, "https://gateway.example");
  const deployments = resolveEndpoint("https://gateway.example/ai", "deployments")?.("m");
  assert.equal(deployments?.baseUrl, "https://gateway.example/ai/openai/deployments/m");
});
