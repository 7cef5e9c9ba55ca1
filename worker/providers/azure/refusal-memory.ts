import type { OptionalField } from "./request.ts";

/**
 * How long a refusal is remembered, in milliseconds. The model behind a deployment's name can be replaced by one that
 * accepts the field.
 */
const keptMs = 60 * 60_000;

/** The most models that are remembered; the oldest one is forgotten first. */
const maxModels = 500;

interface Refusal {
  fields: readonly OptionalField[];
  /** Milliseconds since the epoch. */
  until: number;
}

/** Shared by all visitors whose objects run in this isolate, so that a field is not refused again for each of them. */
const refusals = new Map<string, Refusal>();

/**
 * The fields that a model has refused.
 * @param model endpoint and name of the model
 */
export function recallRefused(model: string): readonly OptionalField[] {
  const refusal = refusals.get(model);
  return refusal === undefined || refusal.until < Date.now() ? [] : refusal.fields;
}

/** Remembers the fields without which a model has accepted a request. If there are none, the model is forgotten. */
export function rememberRefused(model: string, fields: readonly OptionalField[]): void {
  refusals.delete(model);
  if (fields.length === 0) return;
  refusals.set(model, { fields, until: Date.now() + keptMs });
  const [oldest] = refusals.keys();
  if (refusals.size > maxModels && oldest !== undefined) refusals.delete(oldest);
}
