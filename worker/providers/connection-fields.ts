import type { ConnectionProblem } from "./provider.ts";

/** Values of a connection's fields, as the operator set them. */
export type ConnectionFields = Readonly<Record<string, string>>;

/**
 * Checks a secret that is sent in a header.
 * @returns what to do about it, without any part of the secret; undefined if it is valid
 */
export function secretProblem(secret: string | undefined): string | undefined {
  if (secret === undefined) return "set it";
  if (!/^[\x21-\x7e]+$/.test(secret)) return "use only ASCII characters, without spaces or line breaks";
  return undefined;
}

/** Checks a URL. @returns what to do about it; undefined if it is valid */
export function urlProblem(url: string | undefined): string | undefined {
  if (url === undefined) return "set it to a URL";
  const isHttp = URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
  return isHttp ? undefined : "set it to a full URL that begins with https:// (or http://, for tests)";
}

/** Collects the fields that have a problem. @returns undefined if there are none */
export function problemsIn(fields: Readonly<Record<string, string | undefined>>): ConnectionProblem | undefined {
  const problems: Record<string, string> = {};
  for (const [field, problem] of Object.entries(fields)) {
    if (problem !== undefined) problems[field] = problem;
  }
  return Object.keys(problems).length === 0 ? undefined : { problems };
}

/** The names of the variables that hold a connection's fields. */
export type FieldVariables = Readonly<Record<string, string>>;

/**
 * Reads the fields of a connection that are set.
 * @param variable returns a variable's value; undefined if it is missing or empty
 */
export function readFields(
  variables: FieldVariables,
  variable: (name: string) => string | undefined,
): ConnectionFields {
  const values = Object.entries(variables).flatMap(([field, name]): [string, string][] => {
    const value = variable(name);
    return value === undefined ? [] : [[field, value]];
  });
  return Object.fromEntries(values);
}

/** Writes one sentence per problem, with variables instead of fields, because an operator sets variables. */
export function describeProblems({ problems }: ConnectionProblem, variables: FieldVariables): string[] {
  const nameOf = (each: string) => variables[each] ?? `a variable for ${each} (name it in assistants/connections.ts)`;
  return Object.entries(problems).map(
    ([field, problem]) => `${nameOf(field)}: ${problem.replaceAll(/\{(\w+)\}/g, (_, other: string) => nameOf(other))}`,
  );
}
