import type { IngestionStore, KnownDocument } from "../../../worker/context/ingestion-store.ts";
import { PostgresError } from "../../../worker/context/postgres/postgres-error.ts";
import { databaseMistake } from "./database-mistake.ts";
import { findFiles, type FoundFiles } from "./find-files.ts";
import { ingestDocuments, type Store } from "./ingest-documents.ts";
import type { OpenStore } from "./open-store.ts";
import type { Outcome } from "./outcome.ts";
import { Progress } from "./progress.ts";
import type { SiteLimits } from "./site/site-crawl.ts";
import { isAddress, type SiteScope } from "./site/site-scope.ts";
import { describeOutcome, printSummary } from "./summary.ts";

/** What `npm run ingest` is asked to do. */
export interface IngestionRequest {
  assistant: string;
  /** The language of the documents, as a BCP 47 tag. */
  language: string;
  /** Folders and files, relative to `from`. */
  named: readonly string[];
  from: string;
  /** Sites that are read as well. */
  sites: readonly SiteScope[];
  limits: SiteLimits;
  urlPrefix?: string;
  isDryRun: boolean;
  isPruning: boolean;
  open(): Promise<OpenStore>;
  signal: AbortSignal;
}

/** Brings documents in, and prints progress and summary. @returns the exit code */
export async function runIngestion(request: IngestionRequest): Promise<number> {
  const { isDryRun, signal } = request;
  const found = await findFiles(request.named, request.from);
  const progress = new Progress(process.stderr);
  const { store, costs, close } = await request.open();
  const outcomes: Outcome[] = [];
  try {
    if (!isDryRun) await store.migrate();
    for await (const outcome of ingestAll(request, found, isDryRun ? readOnly(store) : store, progress)) {
      outcomes.push(outcome);
      if (isSilent(outcome)) continue;
      progress.step(describeOutcome(outcome), isDryRun);
    }
  } catch (error) {
    if (!signal.aborted) throw databaseMistake(error, "Run the command again: it continues where it stopped.");
  } finally {
    progress.clear();
    await close();
  }
  printSummary(outcomes);
  const paid = costs();
  if (paid !== undefined) console.log(`\n${paid}`);
  if (found.leftOut === 1) console.log("\nLeft out, because it is not a document: 1 file.");
  if (found.leftOut > 1) console.log(`\nLeft out, because they are not documents: ${found.leftOut} files.`);
  if (isDryRun) console.log("\nThis was a dry run: nothing was written.");
  if (!signal.aborted) return outcomes.some(({ state }) => state === "failed") ? 1 : 0;
  console.error("\nInterrupted. Run the command again: it continues where it stopped.");
  return 130;
}

/**
 * Brings in the files first, then one site after the other. `--prune` removes only files if files are named, only pages
 * of the named sites if sites are named, and everything if nothing is named.
 */
async function* ingestAll(
  request: IngestionRequest,
  found: FoundFiles,
  store: Store,
  progress: Progress,
): AsyncGenerator<Outcome, void> {
  const { language, urlPrefix, isDryRun, isPruning, signal, named, sites, limits } = request;
  const onFile = (path: string, number: number, total: number) => progress.show(`${number} of ${total}: ${path}`);
  const options = { language, urlPrefix, isDryRun, isPruning, signal, onFile };
  const isEverythingRemoved = named.length === 0 && sites.length === 0;
  if (named.length > 0 || isEverythingRemoved) yield* ingestDocuments(found, store, options);
  for (const scope of sites) {
    const { ingestSite } = await import("./site/ingest-site.ts"); // its parser takes a while to load
    yield* ingestSite(scope, store, { ...options, ...limits });
  }
  if (isEverythingRemoved) yield* removePages(store, options);
}

async function* removePages(
  store: Store,
  { isDryRun, signal }: { isDryRun: boolean; signal: AbortSignal },
): AsyncGenerator<Outcome, void> {
  for (const path of [...(await store.hashes()).keys()].filter(isAddress)) {
    if (signal.aborted) return;
    if (!isDryRun) await store.remove([path]);
    yield { state: "removed", path };
  }
}

/** Whether an outcome gets no line during the run: nothing changed, or it is printed at the end. */
function isSilent({ state }: Outcome): boolean {
  return ["unchanged", "failed", "left out", "limited"].includes(state);
}

/**
 * Makes a store for a dry run, which writes nothing. A dry run creates no tables either; if there are none, the store
 * has no documents.
 */
function readOnly(store: IngestionStore): Store {
  const none = (error: unknown) => {
    if (!hasNoTables(error)) throw error;
    return new Map<string, KnownDocument>();
  };
  return { hashes: () => store.hashes().catch(none), put: () => Promise.resolve(), remove: () => Promise.resolve() };
}

function hasNoTables(error: unknown): boolean {
  if (error instanceof PostgresError) return error.hasNoTables;
  return error instanceof Error && error.message.includes("no such table");
}
