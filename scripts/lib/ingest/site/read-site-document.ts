import { createHash } from "node:crypto";
import type { StoredDocument, Validators } from "../../../../worker/context/ingestion-store.ts";
import { chunkDocument } from "../chunk/chunk-document.ts";
import type { ParsedDocument } from "../parsed-document.ts";
import { titleFromPath } from "../title-from-path.ts";

/** The version of what is made of a page. Raise it when something else is made of the same page: all are then read again. */
const formatVersion = 1;

/** Whether a document was made in the same way as now. */
export function isCurrent(hash: string): boolean {
  return hash.startsWith(`${formatVersion}:`);
}

/** What a document is made of. */
export interface SiteDocument {
  address: string;
  /** Where the page wants to be read. */
  url: string;
  parsed: ParsedDocument;
  validators?: Validators;
}

/** Changes when the text of a page would change: not with the day or a number of views in its HTML. */
export function hashOf({ url, address, parsed }: SiteDocument, language: string): string {
  // Pages with the same text at several addresses have the same hash, unless they name an address elsewhere.
  const parts = [parsed.title, parsed.sections, url === address ? "" : url, parsed.language ?? language];
  return `${formatVersion}:${createHash("sha256").update(JSON.stringify(parts)).digest("hex")}`;
}

/** Makes the document that is stored. @throws UnreadableDocument if it has too many passages */
export function toStored(document: SiteDocument, hash: string, language: string): StoredDocument {
  const { address, url, parsed, validators } = document;
  const title = parsed.title ?? titleFromPath(decodePath(new URL(address).pathname) || address);
  return { path: address, title, url, hash, chunks: chunkDocument(parsed, { language }), validators };
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** What a server says about the version of a page. */
export function readValidators(headers: Headers, links: readonly string[]): Validators | undefined {
  const [etag, lastModified] = [headers.get("etag"), headers.get("last-modified")];
  if (etag === null && lastModified === null) return undefined;
  return { ...(etag !== null && { etag }), ...(lastModified !== null && { lastModified }), links };
}
