import { adapters } from "../providers/adapters.ts";
import { capabilitiesOf } from "../providers/capabilities.ts";
import type { ProviderAdapter } from "../providers/provider.ts";
import { completeAssistant, type Assistant } from "./assistant.ts";
import type { AssistantDefinition, ConnectionDefinition, ProjectDefinition } from "./definition.ts";
import { shapeProblems, type SchemaProblem } from "./schema.ts";

/** A checked project: what `createApp` and the objects run on. */
export interface Project {
  connections: Readonly<Record<string, ConnectionDefinition>>;
  assistants: ReadonlyMap<string, Assistant>;
}

/** A project that must not be built or started. The message has one line a problem: file, field, value, mend. */
export class ProjectError extends Error {
  override readonly name = "ProjectError";
}

const connectionsFile = "assistants/connections.ts";

/**
 * Checks a project and fills in its defaults.
 * @throws ProjectError that names file, field, value and mend of every problem
 */
export function defineProject(definition: ProjectDefinition): Project {
  const problems = connectionProblems(definition.connections);
  const assistants = new Map<string, Assistant>();
  for (const [id, assistant] of Object.entries(definition.assistants)) {
    const found = assistantProblems(id, assistant, definition);
    problems.push(...found);
    if (found.length === 0) assistants.set(id, complete(id, assistant, definition));
  }
  if (problems.length > 0) throw new ProjectError(problems.join("\n"));
  return { connections: definition.connections, assistants };
}

function complete(id: string, assistant: AssistantDefinition, project: ProjectDefinition): Assistant {
  const provider = project.connections[assistant.connection]?.provider ?? "";
  const capabilities = capabilitiesOf(provider, assistant.baseModel ?? assistant.model, assistant.capabilities);
  return completeAssistant(id, assistant, { provider, capabilities });
}

function connectionProblems(connections: ProjectDefinition["connections"]): string[] {
  return Object.entries(connections)
    .filter(([, connection]) => adapterOf(connection) === undefined)
    .map(([name, { provider }]) =>
      sentence(connectionsFile, {
        field: `${name}.provider`,
        value: provider,
        mend: `write one of ${Object.keys(adapters).join(", ")}`,
      }),
    );
}

function assistantProblems(id: string, assistant: AssistantDefinition, project: ProjectDefinition): string[] {
  const file = `assistants/${id}/assistant.ts`;
  const found: SchemaProblem[] = [];
  if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(id)) {
    found.push({ field: "id", value: id, mend: "use lower-case letters, digits and `-`, 64 at most" });
  }
  const shape = shapeProblems(assistant);
  found.push(...shape, ...(shape.length === 0 ? meaningProblems(assistant, project) : []));
  return found.map((problem) => sentence(file, problem));
}

/** What the shape alone cannot tell: it takes the connection and the provider's own rules. */
function meaningProblems(assistant: AssistantDefinition, project: ProjectDefinition): SchemaProblem[] {
  const found: SchemaProblem[] = [];
  const { streamVariable = "message", resultVariable = "response", temperature, maxCompletionTokens } = assistant;
  const { context, promptTemplate } = assistant;
  if (context !== undefined && promptTemplate !== undefined && !promptTemplate.includes("@@context")) {
    const mend = "without `@@context` the model would never see the assistant's context: put it where that belongs";
    found.push({ field: "promptTemplate", value: promptTemplate, mend });
  }
  if (streamVariable === resultVariable) {
    const mend = "pieces and whole answer need different names: choose another one";
    found.push({ field: "resultVariable", value: resultVariable, mend });
  }
  const connection = project.connections[assistant.connection];
  if (connection === undefined) {
    const names = Object.keys(project.connections).join(", ");
    const mend = `${connectionsFile} declares ${names}: write one of these, or declare it there`;
    return [...found, { field: "connection", value: assistant.connection, mend }];
  }
  const adapter = adapterOf(connection);
  if (adapter === undefined) return found;
  const { min, max } = adapter.temperature;
  if (temperature !== undefined && (temperature < min || temperature > max)) {
    const mend = `${adapter.name} takes ${min.toFixed(1)} to ${max.toFixed(1)}: set it in that range, or leave it out`;
    found.push({ field: "temperature", value: temperature, mend });
  }
  if (adapter.needsMaxCompletionTokens && maxCompletionTokens === undefined) {
    const mend = `${adapter.name} requires it: set how many tokens an answer may have, e.g. 1024`;
    found.push({ field: "maxCompletionTokens", value: undefined, mend });
  }
  return found;
}

function adapterOf(connection: ConnectionDefinition): ProviderAdapter | undefined {
  return Object.hasOwn(adapters, connection.provider) ? adapters[connection.provider] : undefined;
}

function sentence(file: string, { field, value, mend }: SchemaProblem): string {
  const shown = value === undefined ? "missing" : (JSON.stringify(value) ?? String(value)).slice(0, 120);
  return `${file}: ${field} is ${shown}: ${mend}.`;
}
