import { adapters } from "../providers/adapters.ts";
import type { Fetch, Provider } from "../providers/provider.ts";
import type { ConnectionDefinition } from "./definition.ts";
import type { Project } from "./project.ts";

/** What connecting needs of the environment. */
export interface ConnectionSettings {
  providerTimeouts: { firstByteMs: number; silenceMs: number };
  variable(name: string): string | undefined;
}

/** A connection that can be used, or the sentences that say what is missing. */
export type Connected = { provider: Provider } | { problems: string[] };

const known = new WeakMap<ConnectionSettings, Map<string, Connected>>();

/**
 * Opens a connection of the project, once for an environment, so that a token that it fetched serves the next turn too.
 * @param name as the assistant names it
 */
export function connect(project: Project, name: string, settings: ConnectionSettings): Connected {
  const opened = known.get(settings) ?? new Map<string, Connected>();
  known.set(settings, opened);
  const connection = project.connections[name];
  if (connection === undefined) return { problems: [`there is no connection ${name}`] };
  const found = opened.get(name) ?? openConnection(connection, settings);
  opened.set(name, found);
  return found;
}

/**
 * Opens a connection with a `fetch` of the caller's choice.
 * @returns the provider, or one sentence a problem that names the variable and the mend
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
  return { problems: entries.map(([field, problem]) => `${variables[field] ?? field}: ${problem}`) };
}
