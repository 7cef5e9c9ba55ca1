import { ContextError } from "../source.ts";

/** A database has no tables yet, because nothing was ever ingested into it. The message says what to do. */
export class MissingTablesError extends ContextError {
  constructor(assistant: string, cause: unknown) {
    super(`The database has no tables for documents yet. Run: npm run ingest -- ${assistant} <folder>`, { cause });
  }
}

/** Whether a database has rejected a statement because a table is missing. */
export function isMissingTable(error: unknown): boolean {
  return error instanceof Error && error.message.includes("no such table");
}
