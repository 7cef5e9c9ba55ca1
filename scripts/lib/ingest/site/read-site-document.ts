import { createHash } from "node:crypto";
import type { StoredDocument, Validators } from "../../../../worker/context/ingestion-store.ts";
import { chunkDocument } from "../chunk/chunk-document.ts";
import type { ParsedDocument } from "../parsed-document.ts";
import { titleFromPath } from "../title-from-path.ts";

/**
 * The version of the code that turns pages into documents. Raise it when this code makes a different document of the
 * same page: all pages are then read again.
 */
const formatVersion = 1;

/** Whether a document was made by the current version. */
export function isCurrent(hash: string): boolean {
  return hash.startsWith(`${formatVersion}:`);
}

/** What a document is made of. */
export interface SiteDocument {
  address: string;
  /** The address that the page gives for itself, or `address` if it gives none. */
  url: string;
  parsed: ParsedDocument;
  validators?: Validators;
}

/**
 * A hash that changes with the text of a page, but not with other parts of its HTML, such as the date or a number of
 * views.
 */
export function hashOf({ url, address, parsed }: SiteDocument, language: string): string {
  // Pages with the same text at several addresses have the same hash, unless they give another address for themselves.
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

/** Reads what a server says about the version of a page; undefined if it says nothing. */
export function readValidators(headers: Headers, links: readonly string[]): Validators | undefined {
  const [etag, lastModified] = [headers.get("etag"), headers.get("last-modified")];
  if (etag === null && lastModified === null) return undefined;
  return { ...(etag !== null && { etag }), ...(lastModified !== null && { lastModified }), links };
}
