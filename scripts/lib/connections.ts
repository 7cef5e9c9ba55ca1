import { openConnection } from "../../worker/assistants/connect.ts";
import type { ConnectionDefinition } from "../../worker/assistants/definition.ts";

/** Which server answers the requests of a connection in development. */
export interface ConnectionPlan {
  /** If the stand-in answers: the variables that are missing or wrong, each with how to fix it. */
  missing?: string;
  /** Variables for the worker that point the connection at the stand-in. */
  variables: Record<string, string>;
}

/** The settings with which each adapter reaches the stand-in. */
const standInFields: Record<string, (url: string) => Record<string, string>> = {
  anthropic: (url) => ({ baseUrl: url, apiKey: "stand-in" }),
  azure: (url) => ({ endpoint: `${url}/models`, apiKey: "stand-in" }),
};

/**
 * Decides who answers for a connection: the real provider if its settings are complete, otherwise the stand-in.
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
  return { missing: opened.problems.join("; "), variables };
}
