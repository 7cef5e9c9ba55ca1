import type { ChatError } from "../../protocol/index.ts";
import { errorFromStatus } from "./errors.ts";
import { isRecord } from "./narrow.ts";
import { readJson } from "./read-json.ts";

/** How long to wait for the body of a refusal, in milliseconds. The status has already arrived and says enough. */
const bodyMs = 1000;

/** Codes are words. A text has spaces, and a key has digits, dashes or both. */
const codePattern = /^(?=.{1,64}$)[A-Za-z]+(_[A-Za-z]+)*$/;

/**
 * Turns a provider's refusal into our error. Only the error code of its body is used, for the operator's log, because
 * the rest may repeat keys and prompts.
 * @param who the name of the service that answered, for the operator's log
 */
export async function errorFromRefusal(response: Response, who?: string): Promise<ChatError> {
  const { promise: timeout, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), bodyMs);
  const body = await Promise.race([readJson(response).catch(() => undefined), timeout]);
  clearTimeout(timer);
  return errorFromStatus(response.status, response.headers, { who, code: codeOf(body) });
}

/**
 * The error code that a provider names: `error.code` or `error.type` of its JSON, `error` itself (OAuth), or, if there
 * is no `error`, `code` or `type`.
 * @param body parsed JSON of any shape
 * @returns undefined if there is none, or if it is not a word
 */
export function codeOf(body: unknown): string | undefined {
  if (!isRecord(body)) return undefined;
  const error = body.error ?? body;
  const names = isRecord(error) ? [error.code, error.type] : [error];
  return names.find((name): name is string => typeof name === "string" && codePattern.test(name));
}

/** Describes an error object inside a stream, for the operator. */
export function describeStreamError(error: unknown): string {
  const code = codeOf({ error });
  return `The provider sent an error in its stream${code === undefined ? "" : ` (${code})`}.`;
}
