import type { IngestionStore } from "../../../worker/context/ingestion-store.ts";
import type { FoundFile, FoundFiles } from "./find-files.ts";
import type { Outcome } from "./outcome.ts";
import { UnreadableDocument } from "./parsed-document.ts";
import { readDocument, type ReadOptions } from "./read-document.ts";
import { isAddress } from "./site/site-scope.ts";

/** Where documents are written. */
export type Store = Pick<IngestionStore, "hashes" | "put" | "remove">;

/** How documents are brought in. */
export interface IngestOptions extends ReadOptions {
  /** If true, nothing is written. */
  isDryRun: boolean;
  /** If true, documents outside the named folders and files are removed. */
  isPruning: boolean;
  /** Ends the run after the current step. Everything that was written until then is kept. */
  signal: AbortSignal;
  /** Called before a file is read. */
  onFile(path: string, number: number, total: number): void;
}

/**
 * Writes new and changed documents, and removes those whose files are gone, one after the other. Documents that are
 * pages of a site are kept.
 */
export async function* ingestDocuments(
  found: FoundFiles,
  store: Store,
  options: IngestOptions,
): AsyncGenerator<Outcome, void> {
  const { isDryRun, isPruning, signal } = options;
  const problems = [...found.namedProblems, ...found.problems];
  for (const { path, reason } of problems) yield { state: "failed", path, reason };
  const hashes = await store.hashes();
  const present = new Set<string>();
  for (const [at, file] of found.files.entries()) {
    if (signal.aborted) return;
    options.onFile(file.path, at + 1, found.files.length);
    const outcome = await ingestFile(file, hashes.get(file.path)?.hash, store, options);
    if (outcome.state !== "draft") present.add(file.path);
    yield outcome;
  }
  // A folder whose name is misspelled, or that cannot be read, must not empty the database.
  const isComplete = isPruning && found.namedProblems.length === 0;
  const isKept = (path: string) => present.has(path) || problems.some((problem) => isAt(path, problem.path));
  const isCovered = (path: string) =>
    isComplete || found.folders.some((folder) => isAt(path, folder)) || found.files.some((file) => file.path === path);
  const isGone = (path: string) => !isAddress(path) && isCovered(path) && !isKept(path);
  for (const path of [...hashes.keys()].filter(isGone)) {
    if (signal.aborted) return;
    if (!isDryRun) await store.remove([path]);
    yield { state: "removed", path };
  }
}

async function ingestFile(
  file: FoundFile,
  storedHash: string | undefined,
  store: Pick<IngestionStore, "put">,
  options: IngestOptions,
): Promise<Outcome> {
  const { path } = file;
  try {
    const { hash, parse } = await readDocument(file, options);
    if (hash === storedHash) return { state: "unchanged", path };
    const document = await parse();
    if (document === undefined) return { state: "draft", path };
    if (!options.isDryRun) await store.put(document, options.signal);
    return { state: storedHash === undefined ? "new" : "changed", path, passages: document.chunks.length };
  } catch (error) {
    if (error instanceof UnreadableDocument) return { state: "failed", path, reason: error.message };
    throw error;
  }
}

/** Whether a path is the given folder or file, or in that folder. */
function isAt(path: string, folder: string): boolean {
  return path === folder || folder === "." || path.startsWith(`${folder}/`);
}
