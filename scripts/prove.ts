// `npm run prove -- <name>`: runs a proof that takes too long for `npm test`. Calls `prove` of test/prove/<name>.ts and
// writes the returned figures to docs/proof/<name>.json.
import { existsSync, globSync, mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, totalmem } from "node:os";
import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureDemo } from "./lib/build-demo.ts";
import { endWithParent } from "./lib/lifetime.ts";
import { explainMistakes } from "./lib/mistake.ts";
import { at, root } from "./lib/root.ts";
import "./load-markdown.mjs";

endWithParent();
explainMistakes();
const [name = "", ...args] = process.argv.slice(2);
const file = at(`test/prove/${name}.ts`);
if (!/^[\w-]+$/.test(name) || !existsSync(file)) {
  const names = globSync("test/prove/*.ts", { cwd: root }).map((path) => basename(path, ".ts"));
  console.error(`Usage: npm run prove -- <name>\nAvailable proofs: ${names.join(", ") || "none yet"}.`);
  process.exit(1);
}
await ensureDemo();
const module: unknown = await import(pathToFileURL(file).href);
const prove: unknown = Reflect.get(Object(module), "prove");
if (typeof prove !== "function") throw new Error(`test/prove/${name}.ts does not export a function named prove`);
const startedAt = performance.now();
const figures: unknown = await Reflect.apply(prove, undefined, args);
const seconds = Math.round((performance.now() - startedAt) / 1000);
const machine = {
  cores: availableParallelism(),
  processor: cpus()[0]?.model ?? "unknown",
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  system: `${process.platform} ${process.arch}`,
  node: process.version,
};
const proof = JSON.stringify({ name, date: new Date().toISOString(), seconds, machine, figures }, null, 2);
mkdirSync(at("docs/proof"), { recursive: true });
writeFileSync(at(`docs/proof/${name}.json`), `${proof}\n`);
console.log(proof);
process.exit();
