// `npm run ask -- <assistant> "question" [--show-prompt]`: asks an assistant one question in the terminal.
import { ChatError } from "../protocol/index.ts";
import { openConnection } from "../worker/assistants/connect.ts";
import { assemblePrompt, markersFor, requestFor } from "../worker/prompt/assemble.ts";
import { promptContext } from "../worker/prompt/context.ts";
import { fitHistory } from "../worker/prompt/history.ts";
import { textParts } from "../worker/prompt/parts.ts";
import type { Fetch, ProviderEvent, ProviderUsage } from "../worker/providers/provider.ts";
import { openWithRetry } from "../worker/providers/retry.ts";
import { CitationMarkers, type AnswerPiece } from "../worker/turn/citation-markers.ts";
import { readArguments } from "./lib/arguments.ts";
import { planConnection } from "./lib/connections.ts";
import { readDevVars } from "./lib/dev-vars.ts";
import { endWithParent } from "./lib/lifetime.ts";
import { loadProject } from "./lib/load-project.ts";
import { explainMistakes, Mistake } from "./lib/mistake.ts";
import { printWarnings } from "./lib/project-warnings.ts";

const usage = 'Usage: npm run --silent ask -- <assistant> "question" [--show-prompt]';

endWithParent();
explainMistakes();
const { positionals, flags } = readArguments(usage, {
  "show-prompt": { type: "boolean" },
  help: { type: "boolean", short: "h" },
});
const project = await loadProject();
printWarnings(project);
const available = `The available assistants are ${[...project.assistants.keys()].join(", ")}.`;
if (flags.help) {
  console.log(`${usage}\n${available}`);
  process.exit();
}
const [id = "", ...words] = positionals;
const assistant = project.assistants.get(id);
const connection = assistant && project.connections[assistant.models[0].connection];
if (id !== "" && assistant === undefined) {
  throw new Mistake(`There is no assistant ${id} in assistants/index.ts. ${available}`);
}
if (assistant === undefined || connection === undefined || words.length === 0) {
  throw new Mistake(`${usage}\n${available}`);
}

const { startStandIn } = await import("../demo/stand-in/server.ts"); // takes longer to load than a mistake above to find
const standIn = await startStandIn();
const known = { ...readDevVars(), ...process.env };
const plan = planConnection(connection, known, standIn.url);
const settings = { ...known, ...plan.variables };
const opened = openConnection(
  connection,
  { providerTimeouts: { firstByteMs: 60_000, silenceMs: 60_000 }, variable: (name) => settings[name] || undefined },
  flags["show-prompt"] ? showingFetch : fetch,
);
if ("problems" in opened) throw new Mistake(opened.problems.join("\n"));
if (plan.missing !== undefined)
  console.error(`No key is set, so the stand-in answers. To use the real provider, edit .dev.vars. ${plan.missing}\n`);
try {
  await ask(opened.provider);
} catch (error) {
  if (!(error instanceof ChatError)) throw error;
  console.error(`\n${error.code}: ${error.message}${error.detail === undefined ? "" : ` (${error.detail})`}`);
  process.exitCode = 1;
}
await standIn.stop();
process.exit();

/** Streams the answer to the terminal, followed by its token usage. */
async function ask(provider: Extract<typeof opened, { provider: unknown }>["provider"]): Promise<void> {
  if (assistant === undefined) return;
  const { context } = assistant;
  const [model] = assistant.models;
  const question = textParts(words.join(" "));
  const parts = { assistant, history: fitHistory([], assistant.history), question };
  const prompt = assemblePrompt(parts, promptContext({ results: context.fixed }));
  const request = requestFor(prompt, model);
  const numbers = markersFor(prompt, model);
  const markers = numbers.size > 0 ? new CitationMarkers(numbers) : undefined;
  const { signal } = new AbortController();
  let used: ProviderUsage = {};
  let ending = "";
  const take = (event: ProviderEvent) => {
    if (event.type === "delta") print(markers?.push(event.content) ?? [{ type: "text", text: event.content }]);
    if (event.type === "citation") print([{ type: "marker", removed: "", indexes: [event.index] }]);
    if (event.type === "usage") used = { ...used, ...event.usage };
    if (event.type === "warning") console.error(`${event.code}: ${event.detail}`);
    if (event.type === "finish") ending = event.finishReason;
  };
  const stream = await openWithRetry(() => provider.open(request, signal), { signal, take });
  await stream?.readToEnd(take);
  print(markers?.end() ?? []);
  const { inputTokens = "?", outputTokens = "?" } = used;
  console.log(`\n\n${model.provider}, ${model.model}: ${inputTokens} tokens in, ${outputTokens} out, ${ending}`);
}

/** Prints a part of the answer, with the numbers of the sources that it cites in brackets. */
function print(pieces: readonly AnswerPiece[]): void {
  for (const piece of pieces)
    process.stdout.write(piece.type === "text" ? piece.text : piece.indexes.map((index) => `[${index}]`).join(""));
}

/** Prints a request before it is sent, without its headers, because they contain the key. */
async function showingFetch(...[url, init]: Parameters<Fetch>): Promise<Response> {
  const request = new Request(url, init);
  const body = await request.clone().text();
  const shown = request.headers.get("content-type")?.includes("json") ? JSON.stringify(JSON.parse(body), null, 2) : "…";
  console.log(`${request.method} ${request.url}\n${shown}\n`);
  return fetch(request);
}
