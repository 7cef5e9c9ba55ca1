import type { Context } from "hono";
import * as v from "valibot";
import { bytesOf } from "../bytes.ts";
import { ChatError } from "../../protocol/index.ts";
import type { AppEnv } from "./variables.ts";

/** The largest body that is accepted, in bytes. A long prompt together with the text of a page is smaller. */
const maxBodyBytes = 256 * 1024;

/**
 * How much of a body that is too large is read and discarded, in bytes. A client that is still sending would otherwise
 * see a broken connection instead of our response. Past this limit the rest is not read.
 */
const maxDrainedBytes = 32 * 1024 * 1024;

/**
 * Reads a JSON body and checks it against a schema.
 * @throws ChatError `invalid_request` that names the field, or `payload_too_large`
 */
export async function readBody<Output>(c: Context<AppEnv>, schema: v.GenericSchema<unknown, Output>): Promise<Output> {
  const result = v.safeParse(schema, await readJson(c));
  if (result.success) return result.output;
  const [issue] = result.issues;
  const field = v.getDotPath(issue) ?? "body";
  throw new ChatError("invalid_request", { field: `${field}: ${issue.message}.` });
}

async function readJson(c: Context<AppEnv>): Promise<unknown> {
  const text = await readText(c.req.raw);
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch (error) {
    throw new ChatError("invalid_request", { field: "body: must be JSON.", cause: error });
  }
}

async function readText(request: Request): Promise<string> {
  const decoder = new TextDecoder();
  const pieces: string[] = [];
  let bytes = 0;
  for await (const piece of bytesOf(request)) {
    bytes += piece.byteLength;
    if (bytes <= maxBodyBytes) pieces.push(decoder.decode(piece, { stream: true }));
    if (bytes > maxDrainedBytes) break;
  }
  if (bytes > maxBodyBytes) throw new ChatError("payload_too_large");
  return pieces.join("") + decoder.decode();
}
