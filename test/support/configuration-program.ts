// Reads wrangler.toml and writes it to a file as Miniflare's options: `configuration-program.ts <file>`.
import { writeFileSync } from "node:fs";
import { unstable_getMiniflareWorkerOptions as readOptions } from "wrangler";
import { at } from "../../scripts/lib/root.ts";

const [file = ""] = process.argv.slice(2);
const { modulesRules: _, ...options } = readOptions(at("wrangler.toml")).workerOptions;
writeFileSync(file, JSON.stringify(options));
