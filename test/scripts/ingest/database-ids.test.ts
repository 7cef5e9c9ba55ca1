// The ids of local databases are read without wrangler, and must be the ones that wrangler uses.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { unstable_getMiniflareWorkerOptions as readOptions } from "wrangler";
import { readDatabaseIds } from "../../../scripts/lib/ingest/database-ids.ts";
import { at } from "../../../scripts/lib/root.ts";
import { makeFolder, removeFolder } from "../../support/worker.ts";

const configuration = `name = "chat"
main = "index.js"
compatibility_date = "2026-10-01"
[[d1_databases]]
binding = "NEW"
database_name = "new"
[[d1_databases]]
binding = "DEPLOYED"
database_name = "deployed"
database_id = "11111111-1111-4111-8111-111111111111"
[[d1_databases]]
binding = "PREVIEWED"
database_id = "22222222-2222-4222-8222-222222222222"
preview_database_id = "33333333-3333-4333-8333-333333333333"
[[env.staging.d1_databases]]
binding = "NEW"
database_id = "44444444-4444-4444-8444-444444444444"
[env.empty]
`;

/** The ids that wrangler gives to Miniflare. */
function wranglersIds(file: string): Map<string, string> {
  const databases: unknown = Reflect.get(readOptions(file).workerOptions, "d1Databases");
  const entries = Object.entries(Object(databases));
  return new Map(entries.map(([binding, value]) => [binding, String(Reflect.get(Object(value), "id"))]));
}

for (const environment of [undefined, "staging", "empty"])
  test(`the ids of local databases in ${environment ?? "no"} environment are wrangler's`, async () => {
    const folder = await makeFolder("configuration");
    const file = join(folder, "wrangler.toml");
    writeFileSync(file, configuration);
    if (environment !== undefined) process.env.CLOUDFLARE_ENV = environment;
    try {
      const ids = readDatabaseIds(file);
      assert.deepEqual(ids, wranglersIds(file));
      assert.equal(ids.size, { none: 3, staging: 1, empty: 0 }[environment ?? "none"]);
    } finally {
      delete process.env.CLOUDFLARE_ENV;
      await removeFolder(folder);
    }
  });

const mistaken = {
  "line 1": "[[d1_databases",
  "d1_databases.0.binding": "[[d1_databases]]\nbinding = 5",
  "env.staging.d1_databases": "[env.staging]\nd1_databases = 1",
};

for (const [place, text] of Object.entries(mistaken))
  test(`a mistake in wrangler.toml is named: ${place}`, async () => {
    const folder = await makeFolder("configuration");
    const file = join(folder, "wrangler.toml");
    writeFileSync(file, text);
    const message = `wrangler.toml: ${place} cannot be read: write it as docs/documents.md shows.`;
    assert.throws(() => readDatabaseIds(file), { name: "Mistake", message });
    await removeFolder(folder);
  });

test("the ids of this project's databases are wrangler's", () => {
  assert.deepEqual(readDatabaseIds(), wranglersIds(at("wrangler.toml")));
});
