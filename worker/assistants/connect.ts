import { adapters } from "../providers/adapters.ts";
import { describeProblems, readFields } from "../providers/connection-fields.ts";
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
  const fields = readFields(variables, variable);
  const opened = adapter.connect(fields, { fetch: fetcher, timeouts: providerTimeouts });
  return "problems" in opened ? { problems: describeProblems(opened, variables) } : { provider: opened };
}
