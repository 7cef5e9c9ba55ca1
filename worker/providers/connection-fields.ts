import type { ConnectionProblem } from "./provider.ts";

/** Values of a connection's fields, as the operator set them. */
export type ConnectionFields = Readonly<Record<string, string>>;

/**
 * What is wrong with a secret that travels in a header.
 * @returns what to do about it, in words that hold nothing of it; undefined if it is fine
 */
export function secretProblem(secret: string | undefined): string | undefined {
  if (secret === undefined) return "set it";
  if (!/^[\x21-\x7e]+$/.test(secret)) return "set it without spaces, line breaks or letters outside ASCII";
  return undefined;
}

/** What is wrong with a URL; undefined if it is fine. */
export function urlProblem(url: string | undefined): string | undefined {
  if (url === undefined) return "set it to a URL";
  const isHttp = URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
  return isHttp ? undefined : "set it to a full URL that begins with https:// (or http://, for tests)";
}

/** Keeps the fields that are wrong. @returns the problem, or undefined if there is none */
export function problemsIn(fields: Readonly<Record<string, string | undefined>>): ConnectionProblem | undefined {
  const problems: Record<string, string> = {};
  for (const [field, problem] of Object.entries(fields)) {
    if (problem !== undefined) problems[field] = problem;
  }
  return Object.keys(problems).length === 0 ? undefined : { problems };
}
