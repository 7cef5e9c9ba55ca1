import { ChatError } from "../../protocol/index.ts";
import type { Assistant } from "../../worker/assistants/assistant.ts";
import { openConnection } from "../../worker/assistants/connect.ts";
import type { ConnectionDefinition } from "../../worker/assistants/definition.ts";
import { assemblePrompt, markersFor, requestFor } from "../../worker/prompt/assemble.ts";
import { cleanContext, promptContext, type RetrievedContext } from "../../worker/prompt/context.ts";
import { fitHistory } from "../../worker/prompt/history.ts";
import { textOf, textParts } from "../../worker/prompt/parts.ts";
import type { Fetch, Provider, ProviderEvent, ProviderUsage } from "../../worker/providers/provider.ts";
import { openWithRetry } from "../../worker/providers/retry.ts";
import { CitationMarkers, type AnswerPiece } from "../../worker/turn/citation-markers.ts";
import { FollowUpBlock } from "../../worker/turn/follow-up-block.ts";
import { readFollowUps } from "../../worker/turn/read-follow-ups.ts";
import { startStandIn } from "../../demo/stand-in/server.ts";
import { planConnection } from "./connections.ts";
import { readDevVars } from "./dev-vars.ts";
import { Mistake } from "./mistake.ts";
import { searchLocally } from "./search-locally.ts";
import { printTable } from "./table.ts";

/** A question that the operator asks in the terminal. */
export interface AskedQuestion {
  assistant: Assistant;
  /** The connection of the assistant's first model. */
  connection: ConnectionDefinition;
  question: string;
  /** The folder with the worker's state, which includes the documents. */
  state: string;
  /** Whether each request to the provider is printed. */
  showsRequests: boolean;
}

/** What is printed if the search returned no passages, by reason. */
const notes = {
  nothing_found: "No passage of the sources fits the question.",
  unavailable: "No source could be searched.",
};

/**
 * Asks the provider, or the stand-in if there is no key, and prints the answer.
 * @returns whether there is an answer
 * @throws Mistake if the connection is configured only in part, or wrongly
 */
export async function askQuestion(asked: AskedQuestion): Promise<boolean> {
  const { connection, showsRequests } = asked;
  const standIn = await startStandIn();
  const known = { ...readDevVars(), ...process.env };
  const plan = planConnection(connection, known, standIn.url);
  const variables = { ...known, ...plan.variables };
  const opened = openConnection(
    connection,
    { providerTimeouts: { firstByteMs: 60_000, silenceMs: 60_000 }, variable: (name) => variables[name] || undefined },
    showsRequests ? showingFetch : fetch,
  );
  if ("problems" in opened) throw new Mistake(opened.problems.join("\n"));
  if (plan.missing !== undefined)
    console.error(
      `No key is set, so the stand-in answers. To use the real provider, edit .dev.vars. ${plan.missing}\n`,
    );
  try {
    await printAnswer(asked, opened.provider, variables);
    return true;
  } catch (error) {
    if (!(error instanceof ChatError)) throw error;
    console.error(`\n${error.code}: ${error.message}${error.detail === undefined ? "" : ` (${error.detail})`}`);
    return false;
  } finally {
    await standIn.stop();
  }
}

/** Streams the answer to the terminal, followed by its token usage. */
async function printAnswer(
  { assistant, question: words, state }: AskedQuestion,
  provider: Provider,
  variables: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const [model] = assistant.models;
  const question = textParts(words);
  const parts = { assistant, history: fitHistory([], assistant.history), question };
  const { signal } = new AbortController();
  const retrieved = await searchLocally(parts, { variables, state, provider, signal });
  if (retrieved.missing !== undefined && assistant.context.whenNothingFound === "refuse") {
    console.log(
      `${assistant.context.nothingFound}\n\n${notes[retrieved.missing]} So visitors read this text instead of a model's answer.`,
    );
    return;
  }
  const prompt = assemblePrompt(parts, promptContext(retrieved));
  const request = requestFor(prompt, model);
  const numbers = markersFor(prompt, model);
  const markers = numbers.size > 0 ? new CitationMarkers(numbers) : undefined;
  const block = prompt.followUps && new FollowUpBlock(prompt.followUps);
  const printText = (text: string) => print(markers?.push(text) ?? [{ type: "text", text }]);
  let used: ProviderUsage = {};
  let ending = "";
  const take = (event: ProviderEvent) => {
    if (event.type === "delta") printText(block?.push(event.content).shown ?? event.content);
    if (event.type === "citation") print([{ type: "marker", removed: "", indexes: [event.index] }]);
    if (event.type === "usage") used = { ...used, ...event.usage };
    if (event.type === "warning") console.error(`${event.code}: ${event.detail}`);
    if (event.type === "finish") ending = event.finishReason;
  };
  const stream = await openWithRetry(() => provider.open(request, signal), { signal, take });
  await stream?.readToEnd(take);
  printText(block?.end().shown ?? "");
  print(markers?.end() ?? []);
  const { inputTokens = "?", outputTokens = "?" } = used;
  console.log("\n");
  const about = { question: textOf(question), isCut: ending === "length" };
  const { suggestions = [], handover } = block ? readFollowUps(block, assistant, about) : {};
  if (suggestions.length > 0) console.log(`Follow-up questions:\n${suggestions.join("\n")}\n`);
  if (handover) console.log("The model suggests that a person take over.\n");
  printSources(retrieved);
  console.log(`${model.provider}, ${model.model}: ${inputTokens} tokens in, ${outputTokens} out, ${ending}`);
}

/**
 * Prints the sources that the model received, with their numbers and with the scores that are compared with `minScore`.
 */
function printSources({ results, missing }: RetrievedContext): void {
  const scores = results.filter(({ title }) => title !== "").map(({ score }) => score);
  const rows = cleanContext(promptContext({ results })).results.map(({ index, title, source }) => {
    return [`[${index}]`, scores[index - 1]?.toFixed(2) ?? "", title, source];
  });
  if (rows.length > 0) printTable(["source", "score", "title", "place"], rows);
  if (missing !== undefined) console.log(notes[missing]);
  if (rows.length > 0 || missing !== undefined) console.log();
}

/** Prints a part of the answer, with the numbers of the cited sources in brackets. */
function print(pieces: readonly AnswerPiece[]): void {
  for (const piece of pieces)
    process.stdout.write(piece.type === "text" ? piece.text : piece.indexes.map((index) => `[${index}]`).join(""));
}

/** Prints a request, and then sends it. Its headers are not printed, because they contain the key. */
async function showingFetch(...[url, init]: Parameters<Fetch>): Promise<Response> {
  const request = new Request(url, init);
  const body = await request.clone().text();
  const shown = request.headers.get("content-type")?.includes("json") ? JSON.stringify(JSON.parse(body), null, 2) : "…";
  console.log(`${request.method} ${request.url}\n${shown}\n`);
  return fetch(request);
}
