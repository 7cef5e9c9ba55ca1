import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import type { StoredDocument } from "../../../worker/context/full-text/store.ts";
import { chunkDocument } from "./chunk/chunk-document.ts";
import { urlFromPath } from "./document-url.ts";
import { reasonOf, type FoundFile } from "./find-files.ts";
import { parseDocument } from "./parse-document.ts";
import { UnreadableDocument } from "./parsed-document.ts";
import { titleFromPath } from "./title-from-path.ts";

/**
 * The version of what the parsers and the chunker produce. Raise it when they produce something else from the same
 * file.
 */
const formatVersion = 1;

/** The largest file that is read, in bytes. A manual of several hundred pages with pictures is smaller. */
const maxFileBytes = 32 * 1024 * 1024;

/** How files become documents. */
export interface ReadOptions {
  /** The language of the documents, as a BCP 47 tag. */
  language: string;
  /** The prefix of the URLs of a folder's pages. If undefined, only documents that give their own URL have one. */
  urlPrefix?: string;
}

/** A file that has been read, but not parsed. */
export interface ReadFile {
  /** Changes when the document would change. */
  hash: string;
  /** @returns undefined if the document says that it is not published */
  parse(): Promise<StoredDocument | undefined>;
}

/** Reads a file. @throws UnreadableDocument that says what is wrong and what to do */
export async function readDocument({ path, file, pathInFolder }: FoundFile, options: ReadOptions): Promise<ReadFile> {
  const { language, urlPrefix } = options;
  const derivedUrl = urlPrefix === undefined ? undefined : urlFromPath(urlPrefix, pathInFolder);
  const bytes = await readBytes(file);
  const hash = createHash("sha256")
    .update(JSON.stringify([formatVersion, path, derivedUrl, language]))
    .update(bytes)
    .digest("hex");
  const parse = async () => {
    const document = await parseDocument(path, bytes);
    if (document.isDraft === true) return undefined;
    const chunks = chunkDocument(document, { language });
    return { path, title: document.title ?? titleFromPath(path), url: document.url ?? derivedUrl, hash, chunks };
  };
  return { hash, parse };
}

async function readBytes(file: string): Promise<Buffer> {
  try {
    const { size } = await stat(file);
    if (size <= maxFileBytes) return await readFile(file);
    const megabytes = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MB`;
    throw new UnreadableDocument(
      `it is ${megabytes(size)}, and the limit is ${megabytes(maxFileBytes)}: split it, or remove it.`,
    );
  } catch (error) {
    if (error instanceof UnreadableDocument) throw error;
    throw new UnreadableDocument(reasonOf(error));
  }
}
