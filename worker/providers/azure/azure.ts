import { requestAnswer } from "../answer-stream.ts";
import { problemsIn, secretProblem, urlProblem, type ConnectionFields } from "../connection-fields.ts";
import type { ConnectionProblem, ProviderAdapter } from "../provider.ts";
import { reachProvider } from "../silence-watch.ts";
import { isAzureApi, resolveEndpoint, type AzureTarget } from "./endpoint.ts";
import { EntraToken } from "./entra-token.ts";
import { defaultTemperature } from "./request.ts";
import { sendCompletion } from "./send-completion.ts";
import { createTransport, type AzureCredential } from "./transport.ts";

const defaultAuthorityHost = "https://login.microsoftonline.com";

/**
 * The scope that all three APIs accept.
 * @see https://learn.microsoft.com/azure/ai-foundry/openai/latest#create-chat-completion
 */
const defaultScope = "https://cognitiveservices.azure.com/.default";

/**
 * Azure AI Foundry's chat completions, in all three URL forms, and OpenAI-compatible servers through `v1`. Fields of a
 * connection: `endpoint`; `apiKey`, or `tenantId`, `clientId` and `clientSecret`; and, if the defaults do not fit,
 * `api` (`models`, `deployments` or `v1`), `authorityHost` and `scope`.
 */
export const azure: ProviderAdapter = {
  name: "azure",
  fields: ["endpoint", "apiKey", "tenantId", "clientId", "clientSecret", "authorityHost", "scope", "api"],
  temperature: { min: 0, max: 2, default: defaultTemperature },
  needsMaxCompletionTokens: false,
  connect(fields, { fetch, timeouts }) {
    const target = readTarget(fields);
    const credential = readCredential(fields);
    if ("problems" in target || "problems" in credential) return merge(target, credential);
    const transport = createTransport(credential, reachProvider(fetch));
    return {
      open: (request, signal) =>
        requestAnswer(timeouts, signal, (watch) => {
          const to = target.resolve(request.model);
          return sendCompletion(request, to, (body) => transport.send(to, body, watch));
        }),
    };
  },
};

function readTarget({
  endpoint,
  api,
}: ConnectionFields): { resolve: (deployment: string) => AzureTarget } | ConnectionProblem {
  const problem = problemsIn({
    endpoint: urlProblem(endpoint),
    api: api === undefined || isAzureApi(api) ? undefined : "set it to models, deployments or v1, or leave it out",
  });
  if (problem !== undefined) return problem;
  const resolve = resolveEndpoint(endpoint ?? "", api !== undefined && isAzureApi(api) ? api : undefined);
  if (resolve !== undefined) return { resolve };
  const fix =
    "end it with /models, /openai/deployments/<name> or /openai/v1, or set {api} to models, deployments or v1";
  return { problems: { endpoint: fix } };
}

function readCredential(fields: ConnectionFields): AzureCredential | ConnectionProblem {
  const { apiKey, tenantId, clientId, clientSecret } = fields;
  const { authorityHost = defaultAuthorityHost, scope = defaultScope } = fields;
  if (apiKey !== undefined) return problemsIn({ apiKey: secretProblem(apiKey) }) ?? { apiKey };
  if (tenantId === undefined && clientId === undefined && clientSecret === undefined) {
    return { problems: { apiKey: "set it, or set {tenantId}, {clientId} and {clientSecret}" } };
  }
  if (tenantId === undefined || clientId === undefined || clientSecret === undefined) {
    return (
      problemsIn({ tenantId: unset(tenantId), clientId: unset(clientId), clientSecret: unset(clientSecret) }) ?? {
        problems: {},
      }
    );
  }
  const problem = problemsIn({ authorityHost: urlProblem(authorityHost) });
  return problem ?? { token: new EntraToken({ tenantId, clientId, clientSecret, authorityHost, scope }) };
}

function unset(value: string | undefined): string | undefined {
  return value === undefined ? "set it: Entra ID needs {tenantId}, {clientId} and {clientSecret} together" : undefined;
}

function merge(...parts: readonly (ConnectionProblem | object)[]): ConnectionProblem {
  const problemSets = parts.map((part) => ("problems" in part ? part.problems : {}));
  return { problems: Object.fromEntries(problemSets.flatMap((problems) => Object.entries(problems))) };
}
