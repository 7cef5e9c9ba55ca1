// `npm run --silent worker -- <wrangler dev flags>`: starts only the worker, for development and tests.
import { answerHelp, flagValue } from "./lib/flags.ts";
import { endWithParent, exitOf } from "./lib/lifetime.ts";
import { loadProject } from "./lib/load-project.ts";
import { explainMistakes } from "./lib/mistake.ts";
import { printWarnings } from "./lib/project-warnings.ts";
import { checkVariables, startWorker } from "./lib/worker.ts";

endWithParent();
explainMistakes();
const flags = process.argv.slice(2);
answerHelp(
  flags,
  "Usage: npm run --silent worker -- [--port <number>] [--var NAME:value] [other options of `wrangler dev`]",
);
printWarnings(await loadProject());
checkVariables(flags);
if (flagValue(flags, "--assets") === undefined) await (await import("./lib/build-demo.ts")).ensureDemo(); // loads a bundler
const worker = await startWorker(flags);
console.log(`The worker is running at ${worker.url}`);
process.exitCode = await exitOf(worker.process);
