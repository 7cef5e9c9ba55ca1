import { isKnownModel, modelNames } from "../models/known-models.ts";
import { upperBoundOf, type NanoUsd } from "../models/prices.ts";
import { didYouMean, nearNames } from "../models/near-names.ts";
import type { Assistant } from "./assistant.ts";
import type { AssistantDefinition, FallbackDefinition } from "./definition.ts";
import type { SchemaProblem } from "./schema.ts";

const loopback = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:|$)/;

/** What may be a mistake in a valid assistant: it can be built and started, but the operator should know. */
export function assistantWarnings(assistant: AssistantDefinition): SchemaProblem[] {
  const { origins, budget, developmentOnly = false } = assistant;
  const warnings = [...limitWarnings(assistant), ...templateWarnings(assistant)];
  if (budget === undefined) {
    const fix = "nothing limits what its turns can cost: set it, for example to { usdPerDay: 5 }";
    warnings.push({ field: "budget", value: undefined, fix });
  }
  if (!developmentOnly && origins.every((origin) => loopback.test(origin))) {
    const fix = "no page of a website may use the assistant: add your site, as in https://www.example.com";
    warnings.push({ field: "origins", value: origins, fix });
  }
  return warnings;
}

/** Zero does not mean that there is no limit. */
function limitWarnings({ limits = {} }: AssistantDefinition): SchemaProblem[] {
  const zeros = Object.entries(limits).filter(([, limit]) => limit === 0);
  return zeros.map(([name]) => {
    const what = /handover/i.test(name) ? "write to a person" : "ask a question";
    return { field: `limits.${name}`, value: 0, fix: `nobody can ${what}: raise it, or leave it out` };
  });
}

const placeholders = ["@@context", "@@userPrompt"];

/** Warns only about names that are near a placeholder's: a prompt may have a use for other words of this form. */
function templateWarnings({ promptTemplate = "" }: AssistantDefinition): SchemaProblem[] {
  const words = (promptTemplate.match(/@@\w+/g) ?? []).filter(
    (word) => !placeholders.some((placeholder) => word.startsWith(placeholder)),
  );
  return [...new Set(words)].flatMap((word) => {
    const meant = didYouMean(nearNames(word, placeholders));
    if (meant === undefined) return [];
    const fix = `${word} is not a placeholder and reaches the model unchanged: ${meant}`;
    return [{ field: "promptTemplate", value: promptTemplate, fix }];
  });
}

/**
 * Finds the caps that are too low for any question: the smaller of the two shares of a cap is less than what the ledger
 * reserves for a turn with the system prompt alone.
 */
export function budgetWarnings({ budget, models: [model], systemPrompt = "" }: Assistant): SchemaProblem[] {
  const { price, maxCompletionTokens } = model;
  if (budget === undefined || price === undefined || maxCompletionTokens === undefined) return [];
  const { nanoUsdPerDay, nanoUsdPerMonth, visitorShare, addressShare } = budget;
  const turn = upperBoundOf(new TextEncoder().encode(systemPrompt).length, maxCompletionTokens, price);
  const [share, name] = visitorShare > addressShare ? [addressShare, "addressShare"] : [visitorShare, "visitorShare"];
  return Object.entries({ usdPerDay: nanoUsdPerDay, usdPerMonth: nanoUsdPerMonth }).flatMap(([cap, nanoUsd]) => {
    if (nanoUsd === undefined || turn <= nanoUsd * share) return [];
    const fix =
      `${name} leaves ${inUsd(nanoUsd * share)} of it, but one turn can cost ${inUsd(turn)}, so every question is ` +
      "refused: raise it, or lower maxCompletionTokens or effort";
    return [{ field: `budget.${cap}`, value: nanoUsd / 1e9, fix }];
  });
}

/** Writes an amount with two digits, as in `$0.046`. */
function inUsd(nanoUsd: NanoUsd): string {
  return `$${Number((nanoUsd / 1e9).toPrecision(2))}`;
}

/**
 * What may be a mistake in one model: the assistant's own, or a fallback.
 * @param adapter name of the adapter that speaks to it
 */
export function modelWarnings(model: FallbackDefinition, adapter: string): SchemaProblem[] {
  const name = model.baseModel ?? model.model;
  const isDescribed = model.capabilities !== undefined || model.prices !== undefined; // the operator knows better
  if (isDescribed || isKnownModel(adapter, name)) return [];
  const meant = didYouMean(nearNames(name, modelNames(adapter)));
  const isDeployment = adapter === "azure" && model.baseModel === undefined;
  const otherwise = isDeployment ? "set `baseModel` to the model behind the deployment" : "check its spelling";
  const field = model.baseModel === undefined ? "model" : "baseModel";
  return [{ field, value: name, fix: `no model of this name is known: ${meant ?? otherwise}` }];
}
