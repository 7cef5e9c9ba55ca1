/** A statement with its values. */
export interface Statement {
  bind(...values: (string | number | null)[]): Statement;
}

/** What a statement returned. */
export interface Result {
  results: unknown[];
  meta: { changes?: number };
}

/** The part of `D1Database` that is used. Scripts implement it for databases that they reach in another way. */
export interface DocumentsDatabase {
  prepare(query: string): Statement;
  /** Runs statements as one transaction, in one round trip. */
  batch(statements: Statement[]): Promise<Result[]>;
}

/** Whether a binding is a database. */
export function isDatabase(value: unknown): value is DocumentsDatabase {
  return typeof value === "object" && value !== null && "prepare" in value && "batch" in value;
}

/** A statement whose values are bound, never pasted into it: sql`SELECT * FROM documents WHERE path = ${path}`. */
export type Sql = (statement: TemplateStringsArray, ...values: (string | number | undefined)[]) => Statement;

/** A tag that prepares statements. Undefined becomes NULL. */
export function sqlOn(database: DocumentsDatabase): Sql {
  return (statement, ...values) => database.prepare(statement.join("?")).bind(...values.map((value) => value ?? null));
}

/** The rows that a statement returned. Their type is not checked: the statement is our own and determines it. */
export function rowsOf<Row>(result: Result | undefined): Row[] {
  return (result?.results ?? []) as Row[];
}
