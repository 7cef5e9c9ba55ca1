import { root } from "../root.ts";
import { findFiles } from "./find-files.ts";
import { ingestDocuments } from "./ingest-documents.ts";
import type { Project } from "../../../worker/assistants/project.ts";
import { documentsOf } from "./documents-source.ts";
import { openLocalDatabase } from "./local-database.ts";
import { storeInD1, type OpenStore } from "./open-store.ts";

/** The assistant that answers from the demo's pages. */
export const demoAssistant = "handbook";

/**
 * Brings the demo's pages into D1 on this machine, if the demo's assistant answers from documents there.
 * @param state the folder of the worker's state
 */
export async function ingestDemoIntoD1(project: Project, state: string): Promise<void> {
  const assistant = project.assistants.get(demoAssistant);
  const settings = assistant && documentsOf(assistant.context);
  if (settings === undefined) return;
  const { language, database } = settings;
  const opened = await openLocalDatabase(database, state);
  await ingestDemoDocuments(storeInD1(opened, { assistant: demoAssistant, language }), language);
}

/**
 * Brings the demo's pages in, as `npm run ingest -- handbook demo/content --url /` does. Documents that have not
 * changed are not written.
 * @param language of the documents, as a BCP 47 tag
 */
export async function ingestDemoDocuments({ store, close }: OpenStore, language: string): Promise<void> {
  try {
    await store.migrate();
    const found = await findFiles(["demo/content"], root);
    const options = {
      language,
      urlPrefix: "/",
      isDryRun: false,
      isPruning: false,
      signal: new AbortController().signal,
    };
    for await (const outcome of ingestDocuments(found, store, { ...options, onFile: () => undefined })) {
      if (outcome.state === "failed") console.warn(`Warning: ${outcome.path}: ${outcome.reason}`);
    }
  } finally {
    await close();
  }
}
