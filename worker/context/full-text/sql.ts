/** What can be written into a statement: undefined becomes NULL. */
type Value = string | number | undefined;

/** A statement whose values are bound, never pasted: sql`SELECT * FROM documents WHERE path = ${path}`. */
export type Sql = (statement: TemplateStringsArray, ...values: Value[]) => D1PreparedStatement;

/** A tag that prepares statements on a D1 database. They run one by one, or as one transaction with `batch`. */
export function sqlOn(database: D1Database): Sql {
  return (statement, ...values) => database.prepare(statement.join("?")).bind(...values.map((value) => value ?? null));
}
