import type { Assistant } from "../../../worker/assistants/assistant.ts";
import type { DocumentsDatabase } from "../../../worker/context/full-text/sql.ts";
import { documentsOf } from "../ingest/documents-source.ts";
import { groupQuestions, type QuestionGroup } from "./group-questions.ts";
import { nearestDocument, type NearestDocument } from "./nearest-document.ts";
import { readQuestions } from "./read-questions.ts";

/** The most groups that are reported, because each group takes a search. The questions of later groups are rare. */
const maxGroups = 100;

/** What an assistant's documents do not answer. */
export interface GapReport {
  assistant: string;
  /** How many kept questions the report covers. */
  questions: number;
  /** When the oldest and the newest of them were asked, in milliseconds since the epoch; undefined without any. */
  period?: { from: number; to: number };
  /** The most frequent one first. */
  groups: readonly ReportedGroup[];
  /** How many groups were left out, because their questions are rarer. */
  furtherGroups: number;
}

/** One group of a report. */
export interface ReportedGroup extends QuestionGroup {
  /** Undefined if no passage has any of the question's words, or if the documents are not in D1. */
  nearest?: NearestDocument;
}

/** Where a report is read from. */
export interface ReportDatabases {
  /** Holds the questions. */
  gaps: DocumentsDatabase;
  /** Holds the assistant's documents, if they are in D1. */
  documents: DocumentsDatabase;
}

/**
 * Reads the questions of an assistant, and searches its documents for each group.
 * @param since milliseconds since the epoch
 */
export async function makeReport(databases: ReportDatabases, assistant: Assistant, since: number): Promise<GapReport> {
  const settings = documentsOf(assistant.context);
  const questions = await readQuestions(databases.gaps, assistant.id, since);
  const all = groupQuestions(questions, settings?.language);
  const groups: ReportedGroup[] = [];
  for (const group of all.slice(0, maxGroups)) {
    const nearest = settings && (await nearestDocument(databases.documents, assistant.id, settings, group.example));
    groups.push({ ...group, nearest });
  }
  const [from, to] = [questions.at(-1)?.askedAt, questions[0]?.askedAt];
  return {
    assistant: assistant.id,
    questions: questions.length,
    period: from === undefined || to === undefined ? undefined : { from, to },
    groups,
    furtherGroups: all.length - groups.length,
  };
}
