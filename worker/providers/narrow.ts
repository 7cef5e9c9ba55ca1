/** A JSON object whose fields are not known yet. */
export type JsonRecord = Record<string, unknown>;

/** Whether a value is a JSON object. Hand checks, not schemas: these run for every piece of every answer. */
export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object in a field, or an empty one. */
export function recordIn(record: JsonRecord, field: string): JsonRecord {
  const value = record[field];
  return isRecord(value) ? value : {};
}

/** The text in a field; undefined where it is anything but a text with something in it. */
export function textIn(record: JsonRecord, field: string): string | undefined {
  const value = record[field];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The count in a field; undefined where it is anything but a number that can count tokens. */
export function countIn(record: JsonRecord, field: string): number | undefined {
  const value = record[field];
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : undefined;
}

/** The named fields of a record that hold something: not null, not undefined, not an empty text, list or object. */
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
