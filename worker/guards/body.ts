import type { Context } from "hono";
import * as v from "valibot";
import { ChatError } from "../../protocol/index.ts";
import type { AppEnv } from "./variables.ts";

/** The largest body, in bytes: a long prompt and the text of a page, with room to spare. */
export const maxBodyBytes = 256 * 1024;

/**
 * Reads a JSON body by its schema.
 * @throws ChatError `invalid_request` that names the field
 */
export async function readBody<Output>(c: Context<AppEnv>, schema: v.GenericSchema<unknown, Output>): Promise<Output> {
  const result = v.safeParse(schema, await readJson(c));
  if (result.success) return result.output;
  const [issue] = result.issues;
  const field = v.getDotPath(issue) ?? "body";
  throw new ChatError("invalid_request", { field: `${field}: ${issue.message}.` });
}

async function readJson(c: Context<AppEnv>): Promise<unknown> {
  try {
    const value: unknown = await c.req.json();
    return value;
  } catch (error) {
    if (error instanceof ChatError) throw error; // the body was too large
    throw new ChatError("invalid_request", { field: "body: it is not JSON.", cause: error });
  }
}
