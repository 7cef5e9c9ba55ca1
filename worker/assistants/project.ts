import { adapters } from "../providers/adapters.ts";
import { capabilitiesOf } from "../models/capabilities.ts";
import type { ProviderAdapter } from "../providers/provider.ts";
import { priceOf } from "../models/prices.ts";
import { completeAssistant, type Assistant, type AssistantModel } from "./assistant.ts";
import type { AssistantDefinition, ConnectionDefinition, FallbackDefinition, ProjectDefinition } from "./definition.ts";
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

function complete(id: string, definition: AssistantDefinition, { connections }: ProjectDefinition): Assistant {
  const [own, ...fallbacks] = modelsOf(definition);
  const toModel = (model: FallbackDefinition): AssistantModel => completeModel(model, connections);
  return completeAssistant(id, definition, [toModel(own), ...fallbacks.map(toModel)]);
}

/** The assistant's own model and its fallbacks, which take over what they do not say themselves. */
function modelsOf(definition: AssistantDefinition): [FallbackDefinition, ...FallbackDefinition[]] {
  const { maxCompletionTokens, fallbacks = [] } = definition;
  return [definition, ...fallbacks.map((fallback) => ({ maxCompletionTokens, ...fallback }))];
}

function completeModel(definition: FallbackDefinition, connections: ProjectDefinition["connections"]): AssistantModel {
  const { connection, model, baseModel = model, temperature, maxCompletionTokens } = definition;
  const provider = connections[connection]?.provider ?? "";
  const capabilities = capabilitiesOf(provider, baseModel, definition.capabilities);
  const price = priceOf(provider, baseModel, definition.prices);
  return { connection, provider, model, baseModel, capabilities, temperature, maxCompletionTokens, price };
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
  const { streamVariable = "message", resultVariable = "response" } = assistant;
  const { context, promptTemplate } = assistant;
  if (context !== undefined && promptTemplate !== undefined && !promptTemplate.includes("@@context")) {
    const mend = "without `@@context` the model would never see the assistant's context: put it where that belongs";
    found.push({ field: "promptTemplate", value: promptTemplate, mend });
  }
  if (streamVariable === resultVariable) {
    const mend = "pieces and whole answer need different names: choose another one";
    found.push({ field: "resultVariable", value: resultVariable, mend });
  }
  const { usdPerDay, usdPerMonth } = assistant.budget ?? {};
  if (assistant.budget && usdPerDay === undefined && usdPerMonth === undefined) {
    found.push({ field: "budget", value: assistant.budget, mend: "set usdPerDay, usdPerMonth or both" });
  }
  for (const [at, model] of modelsOf(assistant).entries()) {
    const problems = modelProblems(model, project, assistant.budget !== undefined);
    const path = at === 0 ? "" : `fallbacks.${at - 1}.`;
    found.push(...problems.map((problem) => ({ ...problem, field: path + problem.field })));
  }
  return found;
}

/** What is wrong with one model: the assistant's own, or a fallback. */
function modelProblems(model: FallbackDefinition, project: ProjectDefinition, hasBudget: boolean): SchemaProblem[] {
  const { temperature, maxCompletionTokens } = model;
  const connection = project.connections[model.connection];
  if (connection === undefined) {
    const names = Object.keys(project.connections).join(", ");
    const mend = `${connectionsFile} declares ${names}: write one of these, or declare it there`;
    return [{ field: "connection", value: model.connection, mend }];
  }
  const adapter = adapterOf(connection);
  if (adapter === undefined) return [];
  const found: SchemaProblem[] = [];
  const { min, max } = adapter.temperature;
  if (temperature !== undefined && (temperature < min || temperature > max)) {
    const mend = `${adapter.name} takes ${min.toFixed(1)} to ${max.toFixed(1)}: set it in that range, or leave it out`;
    found.push({ field: "temperature", value: temperature, mend });
  }
  if (maxCompletionTokens === undefined && (adapter.needsMaxCompletionTokens || hasBudget)) {
    const who = adapter.needsMaxCompletionTokens ? adapter.name : "a budget";
    const mend = `${who} requires it: set how many tokens an answer may have, e.g. 1024`;
    found.push({ field: "maxCompletionTokens", value: undefined, mend });
  }
  const base = model.baseModel ?? model.model;
  if (hasBudget && priceOf(adapter.name, base, model.prices) === undefined) {
    const mend =
      "its price is not known, and the budget needs it: set `prices`, or name the model behind in `baseModel`";
    found.push({ field: "model", value: model.model, mend });
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
