import type { AssistantDefinition } from "./definition.ts";
import type { SchemaProblem } from "./schema.ts";

/** Warns of an assistant without a budget: only the number of its turns limits what it costs. */
export function budgetWarnings({ budget }: AssistantDefinition): SchemaProblem[] {
  if (budget !== undefined) return [];
  const fix = "only `limits` bounds what the assistant can cost: set a budget, as in { usdPerDay: 5 }";
  return [{ field: "budget", value: budget, fix }];
}
