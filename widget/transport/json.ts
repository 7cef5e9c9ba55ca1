/** Whether a parsed JSON value is an object, whose fields can then be read. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** @returns undefined if the value is not a string */
export function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** @returns undefined if the value is not a number */
export function number(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}
