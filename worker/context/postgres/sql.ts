/** A statement with its values. */
export interface Statement {
  text: string;
  values: unknown[];
}

/**
 * Makes a statement whose values are bound, never pasted into its text: sql`SELECT * FROM documents WHERE path =
 * ${path}`. Undefined becomes NULL.
 */
export function sql(text: TemplateStringsArray, ...values: readonly unknown[]): Statement {
  const numbered = text.map((part, at) => (at === 0 ? part : `$${at}${part}`));
  return { text: numbered.join(""), values: values.map((value) => value ?? null) };
}

/** A text as an SQL string literal, for statements that cannot have bound values. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
