/** A JSON object whose fields are not known yet. */
export type JsonRecord = Record<string, unknown>;

/** Whether a value is a JSON object. This file uses no schemas, because it runs for every piece of every answer. */
export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object in a field, or an empty one. */
export function recordIn(record: JsonRecord, field: string): JsonRecord {
  const value = record[field];
  return isRecord(value) ? value : {};
}

/** The text in a field; undefined if it is not a string or is empty. */
export function textIn(record: JsonRecord, field: string): string | undefined {
  const value = record[field];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The count in a field; undefined if it is not a finite number of 0 or more. */
export function countIn(record: JsonRecord, field: string): number | undefined {
  const value = record[field];
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : undefined;
}

/** The named fields of a record, without those that are null, undefined, or an empty string, list or object. */
export function pick(record: JsonRecord, fields: readonly string[]): JsonRecord {
  const picked: JsonRecord = {};
  for (const field of fields) {
    const value = record[field];
    if (value !== null && value !== undefined && !isEmpty(value)) picked[field] = value;
  }
  return picked;
}

function isEmpty(value: unknown): boolean {
  if (value === "") return true;
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}
