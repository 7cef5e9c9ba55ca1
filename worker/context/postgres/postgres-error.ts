import { DatabaseError } from "pg";
import { ContextError } from "../source.ts";

/** Postgres could not be used. The message names a fix where there is one, and contains nothing of the query. */
export class PostgresError extends ContextError {
  /** Whether the tables are missing, because no documents were ever ingested. */
  readonly hasNoTables: boolean;

  constructor(message: string, cause: unknown, hasNoTables = false) {
    super(message, { cause });
    this.hasNoTables = hasNoTables;
  }
}

/** @see https://www.postgresql.org/docs/current/errcodes-appendix.html */
const explained: Readonly<Record<string, string>> = {
  "28000": "Postgres refuses the user: correct the connection string.",
  "28P01": "Postgres refuses the user or the password: correct the connection string.",
  "3D000": "Postgres has no such database: correct the connection string.",
  "42501": "The user of the connection string may not do that: give it the right to create schemas and tables.",
  "42704": "Postgres has no pgvector in this database: run `CREATE EXTENSION vector` as an administrator.",
  "0A000": "Postgres has no pgvector: install it on the server, version 0.5 or later.",
  "58P01": "Postgres has no pgvector: install it on the server, version 0.5 or later.",
  "53300": "Postgres has no free connection.",
  "57014": "Postgres took too long.",
};

const missingTables = new Set(["42P01", "3F000"]);

/**
 * Turns any error of the driver or the server into one that can be logged. The server's own text cannot be logged,
 * because it can repeat a question.
 */
export function toPostgresError(error: unknown): ContextError {
  if (error instanceof ContextError) return error;
  if (!(error instanceof DatabaseError) || error.code === undefined) {
    return new PostgresError("Postgres cannot be reached, or the connection broke.", error);
  }
  if (missingTables.has(error.code)) {
    const message = "The database has no tables for these documents yet. Run: npm run ingest -- <assistant> <folder>";
    return new PostgresError(message, error, true);
  }
  const known = explained[error.code] ?? `Postgres answered with the error ${error.code}.`;
  return new PostgresError(known, error);
}
