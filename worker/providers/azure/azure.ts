import { requestAnswer } from "../answer-stream.ts";
import { problemsIn, urlProblem, type ConnectionFields } from "../connection-fields.ts";
import { readCredential } from "../credential.ts";
import type { ConnectionProblem, ProviderAdapter } from "../provider.ts";
import { reachProvider } from "../silence-watch.ts";
import { endpointProblem, isAzureApi, resolveEndpoint, type AzureTarget } from "./endpoint.ts";
import { sendCompletion } from "./send-completion.ts";
import { azureTraits } from "./traits.ts";
import { createTransport } from "./transport.ts";

/**
 * Azure AI Foundry's chat completions, in all three URL forms, and OpenAI-compatible servers through `v1`. Fields of a
 * connection: `endpoint`; `apiKey`, or `tenantId`, `clientId` and `clientSecret`; and, if the defaults do not fit,
 * `api` (`models`, `deployments` or `v1`), `authorityHost` and `scope`.
 */
export const azure: ProviderAdapter = {
  ...azureTraits,
  connect(fields, { fetch, timeouts }) {
    const target = readTarget(fields);
    const credential = readCredential(fields, "set it, or set {tenantId}, {clientId} and {clientSecret}");
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
    endpoint: urlProblem(endpoint) ?? endpointProblem(endpoint ?? ""),
    api: api === undefined || isAzureApi(api) ? undefined : "set it to models, deployments or v1, or leave it out",
  });
  if (problem !== undefined) return problem;
  const resolve = resolveEndpoint(endpoint ?? "", api !== undefined && isAzureApi(api) ? api : undefined);
  if (resolve !== undefined) return { resolve };
  const fix =
    "end it with /openai/v1, /openai/deployments/<name> or /models, or set {api} to v1, deployments or models";
  return { problems: { endpoint: fix } };
}

function merge(...parts: readonly (ConnectionProblem | object)[]): ConnectionProblem {
  const problemSets = parts.map((part) => ("problems" in part ? part.problems : {}));
  return { problems: Object.fromEntries(problemSets.flatMap((problems) => Object.entries(problems))) };
}
