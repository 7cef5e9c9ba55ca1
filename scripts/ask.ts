// `npm run ask -- <assistant> "question" [--show-prompt]`: asks an assistant one question, in the same way as its
// worker on this machine, and prints the answer.
import { readArguments } from "./lib/arguments.ts";
import { endWithParent } from "./lib/lifetime.ts";
import { loadProject } from "./lib/load-project.ts";
import { explainMistakes, Mistake } from "./lib/mistake.ts";
import { printWarnings } from "./lib/project-warnings.ts";
import { stateFolder } from "./lib/state-folder.ts";

const usage = 'Usage: npm run --silent ask -- <assistant> "question" [--show-prompt] [--persist-to <folder>]';

endWithParent();
explainMistakes();
const { positionals, flags } = readArguments(usage, {
  "show-prompt": { type: "boolean" },
  "persist-to": { type: "string" },
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

const { askQuestion } = await import("./lib/ask-question.ts"); // takes long to load, so mistakes are reported first
const isAnswered = await askQuestion({
  assistant,
  connection,
  question: words.join(" "),
  state: stateFolder(flags["persist-to"]),
  showsRequests: flags["show-prompt"] === true,
});
process.exit(isAnswered ? 0 : 1);
