import { openConnection } from "../../worker/assistants/connect.ts";
import type { ConnectionDefinition } from "../../worker/assistants/definition.ts";
import { devVarsFile } from "./dev-vars.ts";
import { Mistake } from "./mistake.ts";

/** Which server answers the requests of a connection in development. */
export interface ConnectionPlan {
  /** If the stand-in answers: the variables that are missing, each with how to fix it. */
  missing?: string;
  /** Variables for the worker that the developer did not set. */
  variables: Record<string, string>;
}

type Values = Readonly<Record<string, string | undefined>>;

/** The settings with which each adapter reaches the stand-in. */
const standInFields: Record<string, (url: string) => Record<string, string>> = {
  anthropic: (url) => ({ baseUrl: url, apiKey: "stand-in" }),
  azure: (url) => ({ endpoint: `${url}/openai/v1`, apiKey: "stand-in" }),
};

/** The field that holds the server's URL, by adapter. */
const urlFields: Record<string, string> = { anthropic: "baseUrl", azure: "endpoint" };

/**
 * Decides who answers for a connection: the real provider if it is configured, the stand-in if none of its variables is
 * set.
 * @param values the variables that the developer set
 * @param standIn URL of the stand-in
 * @throws Mistake if the connection is configured only in part, or wrongly
 */
export function planConnection(connection: ConnectionDefinition, values: Values, standIn: string): ConnectionPlan {
  const added = keyOfOwnServer(connection, values);
  const problems = problemsOf(connection, { ...values, ...added });
  if (problems.length === 0) return { variables: added };
  const isTouched = Object.values(connection.variables).some((name) => values[name]);
  if (isTouched) throw new Mistake(problems.map((problem) => `${devVarsFile()}: ${problem}.`).join("\n"));
  const fields = Object.entries(standInFields[connection.provider]?.(standIn) ?? {});
  const variables = Object.fromEntries(fields.map(([field, value]) => [connection.variables[field] ?? field, value]));
  return { missing: problems.join("; "), variables };
}

/**
 * Returns a placeholder key if the server's URL begins with `http:` and no key is set. Such a server is assumed to run
 * on the developer's machine and to need no key.
 */
function keyOfOwnServer({ provider, variables }: ConnectionDefinition, values: Values): Record<string, string> {
  const url = values[variables[urlFields[provider] ?? ""] ?? ""];
  const { apiKey, clientSecret = "" } = variables;
  const needsKey =
    url?.startsWith("http:") === true && apiKey !== undefined && !values[apiKey] && !values[clientSecret];
  return needsKey ? { [apiKey]: "development" } : {};
}

function problemsOf(connection: ConnectionDefinition, values: Values): string[] {
  const providerTimeouts = { firstByteMs: 1, silenceMs: 1 };
  const opened = openConnection(connection, { providerTimeouts, variable: (name) => values[name] || undefined });
  return "problems" in opened ? opened.problems : [];
}
