import * as v from "valibot";

/** An object with no other properties than these. @param example what an operator could write, for the message */
export function properties<const Entries extends v.ObjectEntries>(entries: Entries, example: string) {
  return v.strictObject(entries, `write its properties in braces, as in ${example}`);
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
