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

/** A database is damaged, or D1 does not answer. The message says what to do. */
export class UnavailableDatabaseError extends ContextError {
  /** @param binding its name in wrangler.toml */
  constructor(binding: string, cause: unknown) {
    super(
      `The database ${binding} cannot be searched. In a deployment, D1 may be down: see ` +
        "https://www.cloudflarestatus.com. On this machine, the database may be damaged: remove " +
        ".wrangler/state/v3/d1, and run npm run ingest again.",
      { cause },
    );
  }
}

/**
 * Whether a statement failed because the database cannot be used at all, and not because of the statement.
 * @see https://developers.cloudflare.com/d1/observability/debug-d1/
 */
export function isUnavailable(error: unknown): boolean {
  return (
    error instanceof Error &&
    /internal error|overloaded|object to be reset|connection lost|transient issue|SQLITE_(?:NOTADB|CORRUPT|CANTOPEN|IOERR|FULL)/i.test(
      error.message,
    )
  );
}
