/** A row of any table. */
export type Row = Record<string, SqlStorageValue>;

/** What can be written into a statement: undefined becomes NULL. */
export type SqlValue = SqlStorageValue | undefined;

/** Runs a statement whose values are bound, never pasted: sql`SELECT * FROM answer WHERE id = ${id}`. */
export type Sql = (statement: TemplateStringsArray, ...values: SqlValue[]) => Row[];

/** The text of each statement with its placeholders, made once per place in the code. */
const queries = new WeakMap<TemplateStringsArray, string>();

/** A tag that runs statements on an object's storage and returns their rows. */
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
