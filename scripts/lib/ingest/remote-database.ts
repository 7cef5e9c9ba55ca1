import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import * as v from "valibot";
import { getPlatformProxy, unstable_readConfig as readConfig } from "wrangler";
import { Mistake } from "../mistake.ts";
import { at, root } from "../root.ts";
import { quietEnvironment } from "../wrangler.ts";
import { missingBinding, type OpenDatabase } from "./local-database.ts";
import { refuseSignalHandlers } from "./refuse-signal-handlers.ts";

/** What is read from wrangler.toml. */
const projectConfig = v.object({
  name: v.optional(v.string()),
  account_id: v.optional(v.string()),
  compatibility_date: v.optional(v.string()),
  d1_databases: v.array(
    v.object({ binding: v.string(), database_id: v.optional(v.string()), database_name: v.optional(v.string()) }),
  ),
});

/**
 * Opens the database of the deployment, through wrangler's own login.
 * @param binding its name in wrangler.toml
 * @throws Mistake if nobody is logged in, or the database does not exist
 */
export async function openRemoteDatabase(binding: string): Promise<OpenDatabase> {
  const config = v.parse(projectConfig, readConfig({ config: at("wrangler.toml") }));
  const entry = config.d1_databases.find((database) => database.binding === binding);
  if (entry === undefined) throw missingBinding(binding);
  const database_id = entry.database_id ?? (await findId(binding));
  const folder = await mkdtemp(join(tmpdir(), "rivulet-ingest-"));
  const configPath = join(folder, "wrangler.json");
  const { name, account_id, compatibility_date } = config;
  const d1_databases = [{ binding, database_id, database_name: entry.database_name, remote: true }];
  await writeFile(configPath, JSON.stringify({ name, account_id, compatibility_date, d1_databases }));
  try {
    const allowSignalHandlers = refuseSignalHandlers();
    const options = { configPath, persist: false };
    const proxy = await getPlatformProxy<Record<string, D1Database>>(options);
    const database = proxy.env[binding];
    if (database === undefined) throw missingBinding(binding);
    return { database, close: () => proxy.dispose().finally(allowSignalHandlers) };
  } catch (error) {
    throw explain(error instanceof Error ? error.message : String(error));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Asks wrangler for the id of a database that wrangler.toml has no id for, because `wrangler deploy` created it. */
async function findId(binding: string): Promise<string> {
  const cli = at("node_modules/wrangler/wrangler-dist/cli.js");
  const env = { ...process.env, ...quietEnvironment };
  try {
    const command = [cli, "d1", "info", binding, "--json"];
    const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: root, env });
    const database: unknown = JSON.parse(stdout.slice(stdout.indexOf("{")));
    const uuid: unknown = Reflect.get(Object(database), "uuid");
    if (typeof uuid === "string") return uuid;
    throw new Error("wrangler did not report the database's id");
  } catch (error) {
    const printed = ["stderr", "stdout", "message"].map((name) => String(Reflect.get(Object(error), name) ?? ""));
    throw explain(printed.filter(Boolean).join("\n"));
  }
}

function explain(message: string): Mistake {
  if (
    /CLOUDFLARE_API_TOKEN|not (logged|authenticated)|wrangler login|Authentication error|code: 10000/i.test(message)
  ) {
    return new Mistake(
      "--remote needs your Cloudflare account: run `npx wrangler login`, or set CLOUDFLARE_API_TOKEN.",
    );
  }
  if (/Couldn't find|not found|code: 7404/i.test(message)) {
    return new Mistake("The deployment has no database yet: run `npx wrangler deploy`, which creates it.");
  }
  const [reason = message] = /(?<=ERROR\W+)\w[^\n]*/.exec(message) ?? message.split("\n");
  return new Mistake(`The database of the deployment cannot be opened: ${reason.trim()}`);
}
