/** The three APIs under which Azure serves chat completions. */
export type AzureApi = "models" | "deployments" | "v1";

/** The target of a request. */
export interface AzureTarget {
  api: AzureApi;
  /** URL before `/chat/completions`, with the query that the operator wrote. */
  baseUrl: string;
  /** Value of `api-version`, if the API has one. An `api-version` in the operator's URL takes precedence. */
  apiVersion: string | undefined;
}

/**
 * The versions that are requested if the endpoint names none: for `models` the SDK's own; for `deployments` the latest
 * stable one, which is also the first that reports usage in streams; `v1` has no versions.
 * @see https://learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle
 */
const apiVersions = { models: "2024-05-01-preview", deployments: "2024-10-21", v1: undefined } as const;

/** Hosts that identify the API without a path, and the path to add. */
const bareHosts: readonly (readonly [host: RegExp, api: AzureApi, path: string])[] = [
  [/\.models\.ai\.azure\.com$/, "models", ""], // a serverless deployment has its own host
  [/\.services\.ai\.azure\.com$/, "models", "/models"],
  [/\.(openai|cognitiveservices)\.azure\.com$/, "v1", "/openai/v1"],
];

/** Whether a text names one of the three APIs. */
export function isAzureApi(value: string): value is AzureApi {
  return Object.hasOwn(apiVersions, value);
}

/**
 * Detects from an endpoint's form which API it belongs to.
 * @param endpoint a URL that parses, as the portal shows it: with or without `/chat/completions` and `?api-version=`
 * @param override the API that the operator set
 * @returns a function from a deployment to the target of its requests, or undefined if the API cannot be detected
 */
export function resolveEndpoint(
  endpoint: string,
  override?: AzureApi,
): ((deployment: string) => AzureTarget) | undefined {
  const url = new URL(endpoint);
  url.hash = "";
  url.pathname = url.pathname.replace(/\/+$/, "").replace(/\/chat\/completions$/, "");
  const host = url.pathname === "/" ? bareHosts.find(([pattern]) => pattern.test(url.hostname)) : undefined;
  const api = override ?? apiOfPath(url.pathname) ?? host?.[1];
  if (api === undefined) return undefined;
  if (host !== undefined && host[1] === api) url.pathname = host[2];
  return (deployment) => ({ api, baseUrl: withDeployment(url, api, deployment), apiVersion: apiVersions[api] });
}

function apiOfPath(path: string): AzureApi | undefined {
  if (/\/deployments(\/[^/]+)?$/.test(path)) return "deployments";
  if (path.endsWith("/v1")) return "v1";
  if (path.endsWith("/models")) return "models";
  return undefined;
}

/** A deployment that the endpoint already names is kept, because the operator pasted it from the portal. */
function withDeployment(url: URL, api: AzureApi, deployment: string): string {
  const target = new URL(url);
  const path = target.pathname.replace(/\/$/, "");
  if (api === "deployments" && !/\/deployments\/[^/]+$/.test(path)) {
    const folder = path.endsWith("/deployments") ? path : `${path}/openai/deployments`;
    target.pathname = `${folder}/${encodeURIComponent(deployment)}`;
  }
  return target.href.replace(/\/(?=$|\?)/, "");
}
