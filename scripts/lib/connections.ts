import type { ConnectionDefinition } from "../../worker/assistants/definition.ts";
import type { ProviderAdapter } from "../../worker/providers/provider.ts";

/** How a connection is served in development. */
export interface ConnectionPlan {
  /** Public name of the provider behind it. */
  provider: string;
  /** Where the stand-in serves it: what to set for the real one. */
  missing?: string;
  /** What the worker is given so that the stand-in serves it. */
  variables: Record<string, string>;
}

/** What each adapter's fields must be to reach the stand-in. */
const standInFields: Record<string, (url: string) => Record<string, string>> = {
  anthropic: (url) => ({ baseUrl: url, apiKey: "stand-in" }),
  azure: (url) => ({ endpoint: `${url}/models`, apiKey: "stand-in" }),
};

/**
 * Decides for each connection whether the real provider serves it, which it does where its settings are complete.
 * @param values the variables that the developer set
 * @param standIn URL of the stand-in
 */
export function planConnections(
  connections: Readonly<Record<string, ConnectionDefinition>>,
  adapters: Readonly<Record<string, ProviderAdapter>>,
  values: Readonly<Record<string, string>>,
  standIn: string,
): Map<string, ConnectionPlan> {
  return new Map(
    Object.entries(connections).map(([name, connection]) => {
      const adapter = adapters[connection.provider];
      const plan: ConnectionPlan = { provider: adapter?.name ?? connection.provider, variables: {} };
      const problem = adapter && describeProblems(adapter, connection, values);
      if (problem === undefined) return [name, plan];
      const fields = standInFields[connection.provider]?.(standIn) ?? {};
      for (const [field, value] of Object.entries(fields)) plan.variables[connection.variables[field] ?? field] = value;
      return [name, { ...plan, missing: problem }];
    }),
  );
}

/** Says which variables to set, or nothing where the adapter is content. */
function describeProblems(
  adapter: ProviderAdapter,
  connection: ConnectionDefinition,
  values: Readonly<Record<string, string>>,
): string | undefined {
  const settings = Object.fromEntries(
    Object.entries(connection.variables).flatMap(([field, variable]) =>
      values[variable] ? [[field, values[variable]]] : [],
    ),
  );
  const timeouts = { firstByteMs: 1, silenceMs: 1 };
  const opened = adapter.connect(settings, { fetch, timeouts });
  if (!("problems" in opened)) return undefined;
  const names = Object.keys(opened.problems).map((field) => connection.variables[field] ?? field);
  return `set ${names.join(" and ")} in .dev.vars`;
}
