import { requestAnswer } from "../answer-stream.ts";
import { problemsIn, urlProblem, type ConnectionFields } from "../connection-fields.ts";
import { hasEntraClient, readCredential } from "../credential.ts";
import type { ProviderAdapter, ProviderEvent, ProviderRequest } from "../provider.ts";
import { baseUrlProblem, readBaseUrl } from "./base-url.ts";
import { AnthropicEvents } from "./events.ts";
import { resultsOf, sendsTemperature } from "./request.ts";
import { sendWithKey, sendWithToken } from "./send.ts";
import { anthropicTraits } from "./traits.ts";

/**
 * Anthropic's Messages API, and the same API for Claude on Azure AI Foundry. Fields of a connection: `apiKey` or, on
 * Azure, `tenantId`, `clientId` and `clientSecret`; `baseUrl` for Azure, gateways and tests; and, if the defaults do
 * not fit, `authorityHost`, `scope` and `keyHeader` (`x-api-key` by default on Azure, otherwise `bearer`).
 */
export const anthropic: ProviderAdapter = {
  ...anthropicTraits,
  connect(fields, options) {
    const credential = readCredential(fields, "set it");
    const problem = fieldProblems(fields);
    if ("problems" in credential) return { problems: { ...credential.problems, ...problem?.problems } };
    if (problem !== undefined) return problem;
    const { url, isAzure } = readBaseUrl(fields["baseUrl"]);
    const isBearer = (fields["keyHeader"] ?? (isAzure ? "x-api-key" : "bearer")) === "bearer";
    const send =
      "apiKey" in credential
        ? sendWithKey(url, credential.apiKey, isBearer, options)
        : sendWithToken(url, credential.token, options);
    return {
      open: (request, signal) =>
        requestAnswer(options.timeouts, signal, async (watch) => {
          const response = await send(request, watch);
          return { response, wire: new AnthropicEvents(resultsOf(request)), warnings: warningsFor(request) };
        }),
    };
  },
};

function fieldProblems(fields: ConnectionFields): ReturnType<typeof problemsIn> {
  const { baseUrl, keyHeader = "bearer" } = fields;
  return problemsIn({
    baseUrl: baseUrl === undefined ? missingBaseUrl(fields) : (urlProblem(baseUrl) ?? baseUrlProblem(baseUrl)),
    keyHeader: /^(bearer|x-api-key)$/.test(keyHeader) ? undefined : "set it to bearer or x-api-key, or leave it out",
  });
}

function missingBaseUrl(fields: ConnectionFields): string | undefined {
  if (fields["apiKey"] !== undefined || !hasEntraClient(fields)) return undefined;
  return "set it to https://<resource>.services.ai.azure.com/anthropic: Entra ID signs in to Azure";
}

function warningsFor(request: ProviderRequest): ProviderEvent[] {
  if (request.temperature === undefined || sendsTemperature(request)) return [];
  const detail = request.capabilities.temperature
    ? "The model does not support a temperature while it thinks, so it was not sent."
    : "The model does not support a temperature, so it was not sent.";
  return [{ type: "warning", code: "temperature_not_supported", detail }];
}
