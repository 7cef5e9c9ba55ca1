import { openConnection } from "../../worker/assistants/connect.ts";
import type { ConnectionDefinition } from "../../worker/assistants/definition.ts";

/** How a connection is served in development. */
export interface ConnectionPlan {
  /** Where the stand-in serves it: what to set for the real provider. */
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
 * Decides who serves a connection: the real provider where its settings are complete, else the stand-in.
 * @param values the variables that the developer set
 * @param standIn URL of the stand-in
 */
export function planConnection(
  connection: ConnectionDefinition,
  values: Readonly<Record<string, string | undefined>>,
  standIn: string,
): ConnectionPlan {
  const providerTimeouts = { firstByteMs: 1, silenceMs: 1 };
  const opened = openConnection(connection, { providerTimeouts, variable: (name) => values[name] || undefined });
  if ("provider" in opened) return { variables: {} };
  const fields = Object.entries(standInFields[connection.provider]?.(standIn) ?? {});
  const variables = Object.fromEntries(fields.map(([field, value]) => [connection.variables[field] ?? field, value]));
  return { missing: `${opened.problems.join("; ")}, in .dev.vars`, variables };
}
