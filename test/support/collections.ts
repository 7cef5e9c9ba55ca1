import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { at, root } from "../../scripts/lib/root.ts";
import { DocumentStore } from "../../worker/context/full-text/store.ts";
import type { DocumentsDatabase } from "../../worker/context/full-text/sql.ts";
import { pool } from "../prove/figures.ts";
import type { Gains } from "./retrieval-measures.ts";

/** Passages, and questions with the passages that are relevant to each. */
export interface Collection {
  name: string;
  language: string;
  passages: { id: string; title: string; content: string }[];
  questions: { text: string; gains: Gains }[];
}

/** The collections of this repository: one file per language. */
export function ownCollections(): Collection[] {
  return globSync("test/data/retrieval/??.json", { cwd: root })
    .toSorted()
    .map((file) => {
      const { language, passages, questions }: OwnFile = JSON.parse(readFileSync(at(file), "utf8"));
      return {
        name: basename(file, ".json"),
        language,
        passages,
        questions: questions.map(({ text, passage }) => ({ text, gains: new Map([[passage, 1]]) })),
      };
    });
}

/** A question about one of {@link ownCollections}, whose documents may or may not answer it. */
export interface ThresholdQuestion {
  /** The collection's name. */
  documents: string;
  text: string;
  /** The passage that answers it, if one does. */
  passage?: string | null;
}

/** A question in another language than the documents of a collection. */
export interface ForeignQuestion {
  id: string;
  language: string;
  text: string;
  /** The question in the language of the documents, as a model translates it. */
  translation: string;
  /** The passage that answers it. */
  passage: string;
}

/** Japanese and Arabic questions about one collection. `language` is the name of that collection. */
export function foreignQuestions(): { language: string; questions: ForeignQuestion[] } {
  return JSON.parse(readFileSync(at("test/data/retrieval/cross-language.json"), "utf8"));
}

/** Questions for choosing the minimum score of a passage. Those without an answer share words with the documents. */
export function thresholdQuestions(): ThresholdQuestion[] {
  const file: { questions: ThresholdQuestion[] } = JSON.parse(
    readFileSync(at("test/data/retrieval/threshold.json"), "utf8"),
  );
  return file.questions;
}

/**
 * Reads a collection in Cranfield's format: `*_docs.json`, `*_queries.json` and `*_qrels.json`, in which positions from
 * 1 to 4 mean gains from 4 to 1. Questions are numbered by their order.
 * @returns undefined if the folder is not there
 */
export function readCollection(folder: string): Collection | undefined {
  if (!existsSync(folder)) return undefined;
  const read = (kind: string): unknown => {
    const [file = ""] = globSync(`*_${kind}.json`, { cwd: folder });
    return JSON.parse(readFileSync(join(folder, file), "utf8"));
  };
  const documents = read("docs") as { id: number; title: string; body: string }[];
  const questions = read("queries") as { query: string }[];
  const judgements = read("qrels") as { query_num: string; position: number; id: string }[];
  return {
    name: basename(folder),
    language: "en",
    passages: documents.map(({ id, title, body }) => ({ id: String(id), title, content: body })),
    questions: questions.map(({ query }, index) => ({
      text: query,
      gains: new Map(
        judgements
          .filter(({ query_num }) => Number(query_num) === index + 1)
          .map(({ id, position }) => [id, 5 - Number(position)]),
      ),
    })),
  };
}

/** Stores each passage of a collection as a document of the assistant that has the collection's name. */
export async function ingestCollection(
  database: DocumentsDatabase,
  { name, language, passages }: Collection,
): Promise<void> {
  const store = new DocumentStore(database, name, language);
  await store.migrate();
  await pool(passages.length, 4, async (index) => {
    const { id, title = "", content = "" } = passages[index] ?? {};
    if (id !== undefined) await store.put({ path: id, title, hash: id, chunks: [{ headings: [], content }] });
  });
}

interface OwnFile {
  language: string;
  passages: Collection["passages"];
  questions: { text: string; passage: string; kind: string }[];
}
