import { capabilitiesOf, isResponsesOnly } from "../models/capabilities.ts";
import { didYouMean, nearNames } from "../models/near-names.ts";
import type { ProviderTraits } from "../providers/provider.ts";
import { traits } from "../providers/traits.ts";
import { priceOf } from "../models/prices.ts";
import { thinkingCapabilitiesOf } from "../models/thinking-models.ts";
import { chooseThinking, thinkingProblems } from "../models/thinking.ts";
import { isSearched } from "../context/fixed-passages.ts";
import { completeAssistant, completeContext, sourcesOf, type Assistant, type AssistantModel } from "./assistant.ts";
import { handoverVariables } from "../handover/open-handover.ts";
import type { AssistantDefinition, ConnectionDefinition, FallbackDefinition, ProjectDefinition } from "./definition.ts";
import { shapeProblems, type SchemaProblem } from "./schema.ts";
import { assistantWarnings, budgetWarnings, modelWarnings } from "./warnings.ts";

/** A checked project, as `createApp` and the objects use it. */
export interface Project {
  connections: Readonly<Record<string, ConnectionDefinition>>;
  assistants: ReadonlyMap<string, Assistant>;
  /** What may be a mistake, one line each: file, field, value, fix. */
  warnings: readonly string[];
}

/** A project that must not be built or started. The message has one line per problem: file, field, value, fix. */
export class ProjectError extends Error {
  override readonly name = "ProjectError";
}

const connectionsFile = "assistants/connections.ts";
const indexFile = "assistants/index.ts";

const listFixes = {
  connections: "pass what assistants/connections.ts exports",
  assistants: "list the assistants, as in `assistants: { help }`",
};

/**
 * Checks a project and fills in its defaults.
 * @throws ProjectError that names the file, field, value and fix of every problem
 */
export function defineProject(definition: ProjectDefinition): Project {
  assertComplete(definition);
  const problems = connectionProblems(definition.connections);
  const warnings: string[] = [];
  const assistants = new Map<string, Assistant>();
  for (const [id, assistant] of Object.entries(definition.assistants)) {
    const found = assistantProblems(id, assistant, definition);
    problems.push(...found);
    if (found.length > 0) continue;
    const completed = complete(id, assistant, definition);
    assistants.set(id, completed);
    warnings.push(...warningsFor(assistant, completed, definition));
  }
  if (problems.length > 0) throw new ProjectError(problems.join("\n"));
  return { connections: definition.connections, assistants, warnings };
}

/** Reports a list that is missing altogether, which would otherwise fail as a bug further down. */
function assertComplete(definition: Partial<ProjectDefinition>): void {
  const missing = (["connections", "assistants"] as const).filter((name) => definition[name] === undefined);
  const lines = missing.map((name) => `${indexFile}: ${name} is missing: ${listFixes[name]}.`);
  if (Array.isArray(definition.assistants)) {
    lines.push(`${indexFile}: assistants is a list: name each assistant, as in \`assistants: { help }\`.`);
  }
  if (lines.length > 0) throw new ProjectError(lines.join("\n"));
}

function complete(id: string, definition: AssistantDefinition, { connections }: ProjectDefinition): Assistant {
  const [own, ...fallbacks] = modelsOf(definition);
  const isExposed = definition.expose?.reasoning ?? false;
  const roomTokens = definition.followUps ? followUpRoomTokens : 0;
  const toModel = (model: FallbackDefinition): AssistantModel =>
    completeModel(model, connections, { isExposed, roomTokens });
  return completeAssistant(id, definition, [toModel(own), ...fallbacks.map(toModel)]);
}

/** The assistant's own model, then its fallbacks. They inherit `maxCompletionTokens` if they do not set it. */
function modelsOf(definition: AssistantDefinition): [FallbackDefinition, ...FallbackDefinition[]] {
  const { maxCompletionTokens, fallbacks = [] } = definition;
  return [definition, ...fallbacks.map((fallback) => ({ maxCompletionTokens, ...fallback }))];
}

/**
 * Tokens that are added to an answer's limit for its follow-up questions, so that these take no room from the answer.
 * Three questions have about 60 in English, and 150 in most other scripts.
 */
const followUpRoomTokens = 256;

/** @param asked whether the browser is shown what the model thinks, and how many tokens follow-up questions add */
function completeModel(
  definition: FallbackDefinition,
  connections: ProjectDefinition["connections"],
  { isExposed, roomTokens }: { isExposed: boolean; roomTokens: number },
): AssistantModel {
  const { connection, model, baseModel = model, temperature } = definition;
  const provider = connections[connection]?.provider ?? "";
  const capabilities = capabilitiesOf(provider, baseModel, definition.capabilities);
  const thinking = chooseThinking(
    thinkingCapabilitiesOf(provider, baseModel, definition.capabilities),
    definition,
    isExposed,
  );
  const maxCompletionTokens =
    definition.maxCompletionTokens === undefined
      ? undefined
      : definition.maxCompletionTokens + thinking.roomTokens + roomTokens;
  const price = priceOf(provider, baseModel, definition.prices);
  const citesResults = traits[provider]?.citesResults ?? false;
  const known = { connection, provider, model, baseModel, capabilities, citesResults, price };
  return { ...known, temperature, thinking, maxCompletionTokens };
}

function connectionProblems(connections: ProjectDefinition["connections"]): string[] {
  return Object.entries(connections).flatMap(([name, connection]) =>
    problemsOfConnection(connection).map(({ field, ...problem }) =>
      describeProblem(connectionsFile, { field: `${name}.${field}`, ...problem }),
    ),
  );
}

function problemsOfConnection(connection: ConnectionDefinition): SchemaProblem[] {
  const { provider, variables } = connection;
  const known = traitsOf(connection);
  if (known === undefined) {
    return [{ field: "provider", value: provider, fix: `write one of ${Object.keys(traits).join(", ")}` }];
  }
  // Outside data, whatever its type says: the file may not have been checked by TypeScript.
  if (typeof variables !== "object" || variables === null) {
    const fix = 'name the variables that hold its settings, as in { apiKey: "ANTHROPIC_API_KEY" }';
    return [{ field: "variables", value: variables, fix }];
  }
  return Object.entries(variables).flatMap(([field, value]) => problemsOfVariable(field, value, known.fields));
}

/** The name of a variable, as it is usually written. A key does not look like this, or is longer. */
const variableName = /^[A-Z][A-Z0-9_]{0,63}$/;

function problemsOfVariable(field: string, name: unknown, fields: readonly string[]): SchemaProblem[] {
  const at = `variables.${field}`;
  if (typeof name !== "string" || !variableName.test(name)) {
    const fix = "write a name here, as in ANTHROPIC_API_KEY, and the value in .dev.vars";
    return [{ field: at, value: notAName, fix }];
  }
  if (fields.includes(field)) return [];
  const meant = didYouMean(nearNames(field, fields));
  return [{ field: at, value: name, fix: `there is no such field: ${meant ?? `write one of ${fields.join(", ")}`}` }];
}

/** Stands for a value that is not printed, because it may be a key. */
const notAName = Symbol("not the name of a variable");

/** Warnings about an assistant that has no problem. */
function warningsFor(
  assistant: AssistantDefinition,
  completed: Assistant,
  { connections }: ProjectDefinition,
): string[] {
  const models = modelsOf(assistant).flatMap((model, at) =>
    modelWarnings(model, connections[model.connection]?.provider ?? "").map(({ field, ...warning }) => ({
      field: fieldOfModel(at, field),
      ...warning,
    })),
  );
  const all = [...assistantWarnings(assistant), ...budgetWarnings(completed), ...models];
  return all.map((warning) => describeProblem(fileOf(completed.id), warning));
}

function fileOf(id: string): string {
  return `assistants/${id}/assistant.ts`;
}

/** @param at the model's place: 0 for the assistant's own, then its fallbacks */
function fieldOfModel(at: number, field: string): string {
  return at === 0 ? field : `fallbacks.${at - 1}.${field}`;
}

function assistantProblems(id: string, assistant: AssistantDefinition, project: ProjectDefinition): string[] {
  const file = fileOf(id);
  const found: SchemaProblem[] = [];
  if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(id)) {
    found.push({ field: "id", value: id, fix: "use lowercase letters, digits and `-`, at most 64 characters" });
  }
  const shape = shapeProblems(assistant);
  found.push(...shape, ...(shape.length === 0 ? ruleProblems(assistant, project) : []));
  return found.map((problem) => describeProblem(file, problem));
}

/** Problems that a check of each field's shape cannot find: rules between fields, and the provider's own rules. */
function ruleProblems(assistant: AssistantDefinition, project: ProjectDefinition): SchemaProblem[] {
  const found: SchemaProblem[] = [];
  const { streamVariable = "message", resultVariable = "response" } = assistant;
  const { context, pageContext = false, promptTemplate } = assistant;
  if (
    (context !== undefined || pageContext !== false) &&
    promptTemplate !== undefined &&
    !promptTemplate.includes("@@context")
  ) {
    const fix =
      "without `@@context` the model would never see the assistant's context or the page: put it where the context belongs";
    found.push({ field: "promptTemplate", value: promptTemplate, fix });
  }
  found.push(...handoverProblems(assistant));
  const { keepUnanswered, searched } = completeContext(assistant);
  if (keepUnanswered && searched.length === 0) {
    const fix = "no source is searched, so no question counts as unanswered: add a source, as in [documents()]";
    found.push({ field: "context.keepUnanswered", value: true, fix });
  }
  if (streamVariable === resultVariable) {
    const fix = "the pieces and the complete answer need different names: choose another name";
    found.push({ field: "resultVariable", value: resultVariable, fix });
  }
  const { usdPerDay, usdPerMonth } = assistant.budget ?? {};
  if (assistant.budget && usdPerDay === undefined && usdPerMonth === undefined) {
    found.push({ field: "budget", value: assistant.budget, fix: "set usdPerDay, usdPerMonth or both" });
  }
  if (assistant.budget !== undefined) found.push(...unpricedSources(assistant));
  for (const [at, model] of modelsOf(assistant).entries()) {
    const problems = modelProblems(model, project, assistant.budget !== undefined);
    found.push(...problems.map((problem) => ({ ...problem, field: fieldOfModel(at, problem.field) })));
  }
  return found;
}

/**
 * Checks the names of variables. Anything else is not printed, because it may be a secret, or a URL that must stay
 * secret.
 */
function handoverProblems({ handover }: AssistantDefinition): SchemaProblem[] {
  return Object.entries(handoverVariables(handover)).flatMap(([field, name]) => {
    if (variableName.test(name)) return [];
    const fix = "write a name here, as in HANDOVER_SECRET, and the value in .dev.vars";
    return [{ field: `handover.${field}`, value: notAName, fix }];
  });
}

/** Sources whose requests have an unknown cost. */
function unpricedSources({ context = [] }: AssistantDefinition): SchemaProblem[] {
  return sourcesOf(context).flatMap((source) => {
    if (!isSearched(source) || source.budgetProblem === undefined) return [];
    return [{ field: "context", value: source.name, fix: source.budgetProblem }];
  });
}

/** Problems of one model: the assistant's own, or a fallback. */
function modelProblems(model: FallbackDefinition, project: ProjectDefinition, hasBudget: boolean): SchemaProblem[] {
  const { temperature, maxCompletionTokens } = model;
  const connection = project.connections[model.connection];
  if (connection === undefined) {
    const names = Object.keys(project.connections).join(", ");
    const fix = `${connectionsFile} declares ${names}: write one of these, or declare it there`;
    return [{ field: "connection", value: model.connection, fix }];
  }
  const provider = traitsOf(connection);
  if (provider === undefined) return [];
  const found: SchemaProblem[] = [];
  const { min, max } = provider.temperature;
  if (temperature !== undefined && (temperature < min || temperature > max)) {
    const fix = `${provider.name} takes ${min.toFixed(1)} to ${max.toFixed(1)}: set it in that range, or leave it out`;
    found.push({ field: "temperature", value: temperature, fix });
  }
  if (maxCompletionTokens === undefined && (provider.needsMaxCompletionTokens || hasBudget)) {
    const requiredBy = provider.needsMaxCompletionTokens ? provider.name : "a budget";
    const fix = `${requiredBy} requires it: set the maximum number of tokens per answer, e.g. 1024`;
    found.push({ field: "maxCompletionTokens", value: undefined, fix });
  }
  const base = model.baseModel ?? model.model;
  const known = thinkingCapabilitiesOf(provider.name, base, model.capabilities);
  found.push(...thinkingProblems(base, known, model));
  if (isResponsesOnly(provider.name, base)) {
    const fix =
      "it supports only the Responses API, which Rivulet Chat cannot use: choose one that supports chat completions, " +
      "e.g. gpt-5.4-mini";
    found.push({ field: model.baseModel === undefined ? "model" : "baseModel", value: base, fix });
  }
  if (hasBudget && priceOf(provider.name, base, model.prices) === undefined) {
    const fix =
      "its price is not known, and a budget requires it: set `prices`, or set `baseModel` to a deployment's model";
    found.push({ field: "model", value: model.model, fix });
  }
  return found;
}

function traitsOf(connection: ConnectionDefinition): ProviderTraits | undefined {
  return Object.hasOwn(traits, connection.provider) ? traits[connection.provider] : undefined;
}

function describeProblem(file: string, { field, value, fix }: SchemaProblem): string {
  const shown =
    value === undefined
      ? "missing"
      : typeof value === "symbol"
        ? value.description
        : (JSON.stringify(value) ?? String(value)).slice(0, 120);
  return `${file}: ${field} is ${shown}: ${fix}${fix.endsWith("?") ? "" : "."}`;
}
