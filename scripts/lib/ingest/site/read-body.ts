import { buffer } from "node:stream/consumers";
import type { Answer } from "./answer.ts";

/** The largest web page that is read, in bytes. A page with the text of a whole book is smaller. */
const maxPageBytes = 8 * 1024 * 1024;

/** The largest other file that is read, in bytes: the same limit as for files on disk. Sitemaps are usually smaller. */
const maxFileBytes = 32 * 1024 * 1024;

/** Content types of files that cannot be documents. Their content is not transferred. */
const otherTypes =
  /^(?:image|audio|video|font)\/|^(?:text\/(?:css|javascript)|application\/(?:javascript|json|wasm))\b/i;

/** Reads the content of an answer, up to a limit. */
export async function readBody(response: Response): Promise<Answer> {
  const { headers } = response;
  const type = headers.get("content-type") ?? "";
  const maxBytes = isHtmlType(type) ? maxPageBytes : maxFileBytes;
  const limit = { isExceeded: false };
  const isOther = otherTypes.test(type);
  if (isOther) await response.body?.cancel();
  const bytes = await buffer(readParts(isOther ? null : response.body, maxBytes, limit));
  return limit.isExceeded ? { kind: "too large", maxBytes } : { kind: "page", headers, bytes };
}

/** Yields the parts of a body up to a limit. Leaving the loop ends the transfer. */
async function* readParts(body: Response["body"], maxBytes: number, limit: { isExceeded: boolean }) {
  let size = 0;
  for await (const part of (body ?? []) as AsyncIterable<Uint8Array>) {
    size += part.length;
    limit.isExceeded = size > maxBytes;
    if (limit.isExceeded) return;
    yield part;
  }
}

/** Whether a content type is that of a web page. */
export function isHtmlType(type: string): boolean {
  return /^\s*(?:text\/html|application\/xhtml\+xml)\b/i.test(type);
}

/** Whether a content type can be that of a document. If it is empty, the content decides. */
export function isDocumentType(type: string): boolean {
  return type === "" || (!otherTypes.test(type) && !/^(?:application|text)\/(?:[\w.-]+\+)?xml\b/i.test(type));
}
