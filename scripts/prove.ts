// `npm run prove -- <name>`: what takes too long for `npm test`. Runs test/prove/<name>.ts, whose `prove` returns
// figures, and keeps them in docs/proof/<name>.json.
import { existsSync, globSync, mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, totalmem } from "node:os";
import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureDemo } from "./lib/build-demo.ts";
import { endWithParent } from "./lib/lifetime.ts";
import { at, root } from "./lib/root.ts";
import "./load-markdown.mjs";

endWithParent();
const [name = "", ...args] = process.argv.slice(2);
const file = at(`test/prove/${name}.ts`);
if (!/^[\w-]+$/.test(name) || !existsSync(file)) {
  const names = globSync("test/prove/*.ts", { cwd: root }).map((path) => basename(path, ".ts"));
  console.error(`Usage: npm run prove -- <name>\nThe proofs are ${names.join(", ") || "none so far"}.`);
  process.exit(1);
}
await ensureDemo();
const module: unknown = await import(pathToFileURL(file).href);
const prove: unknown = Reflect.get(Object(module), "prove");
if (typeof prove !== "function") throw new Error(`test/prove/${name}.ts exports no function named prove`);
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
