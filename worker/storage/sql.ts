/** A row of any table. */
export type Row = Record<string, SqlStorageValue>;

/** A value in a statement. Undefined becomes NULL. */
export type SqlValue = SqlStorageValue | undefined;

/** Runs a statement with its values bound as parameters: sql`SELECT * FROM answer WHERE id = ${id}`. */
export type Sql = (statement: TemplateStringsArray, ...values: SqlValue[]) => Row[];

/** The text of each statement with its placeholders, built once per place in the code. */
const queries = new WeakMap<TemplateStringsArray, string>();

/** Returns a template tag that runs statements on an object's storage and returns their rows. */
export function sqlOn(storage: Pick<DurableObjectStorage, "sql">): Sql {
  return (statement, ...values) => {
    let query = queries.get(statement);
    if (query === undefined) {
      query = statement.join("?");
      queries.set(statement, query);
    }
    return storage.sql.exec<Row>(query, ...values.map((value) => value ?? null)).toArray();
  };
}
