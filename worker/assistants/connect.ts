import { adapters } from "../providers/adapters.ts";
import type { Fetch, Provider } from "../providers/provider.ts";
import type { ConnectionDefinition } from "./definition.ts";
import type { Project } from "./project.ts";

/** The settings that a connection needs. */
export interface ConnectionSettings {
  providerTimeouts: { firstByteMs: number; silenceMs: number };
  variable(name: string): string | undefined;
}

/** A connection that can be used, or one sentence per problem that prevents it. */
export type Connected = { provider: Provider } | { problems: string[] };

const connectionsBySettings = new WeakMap<ConnectionSettings, Map<string, Connected>>();

/**
 * Opens a connection of the project. It is opened once per environment, so that later turns can reuse a token that it
 * fetched.
 * @param name the connection's name in the project
 */
export function connect(project: Project, name: string, settings: ConnectionSettings): Connected {
  const opened = connectionsBySettings.get(settings) ?? new Map<string, Connected>();
  connectionsBySettings.set(settings, opened);
  const connection = project.connections[name];
  if (connection === undefined) return { problems: [`there is no connection ${name}`] };
  const found = opened.get(name) ?? openConnection(connection, settings);
  opened.set(name, found);
  return found;
}

/**
 * Opens a connection with a given `fetch`.
 * @returns the provider, or one sentence per problem that names the variable and says what to do
 */
export function openConnection(
  { provider, variables }: ConnectionDefinition,
  { providerTimeouts, variable }: ConnectionSettings,
  fetcher: Fetch = (url, init) => fetch(url, init),
): Connected {
  const adapter = adapters[provider];
  if (adapter === undefined) return { problems: [`there is no provider ${provider}`] };
  const values = Object.entries(variables).flatMap(([field, name]): [string, string][] => {
    const value = variable(name);
    return value === undefined ? [] : [[field, value]];
  });
  const opened = adapter.connect(Object.fromEntries(values), { fetch: fetcher, timeouts: providerTimeouts });
  if (!("problems" in opened)) return { provider: opened };
  const entries = Object.entries(opened.problems);
  return { problems: entries.map(([field, problem]) => describeProblem(field, problem, variables)) };
}

/** Writes variables instead of fields, because an operator sets variables. */
function describeProblem(field: string, problem: string, variables: ConnectionDefinition["variables"]): string {
  const nameOf = (each: string) => variables[each] ?? `a variable for ${each} (name it in assistants/connections.ts)`;
  return `${nameOf(field)}: ${problem.replaceAll(/\{(\w+)\}/g, (_, other: string) => nameOf(other))}`;
}
