// The element in an app of React 19, from the packed package. `npm run prove -- frameworks` does the same with the
// other frameworks.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { runTool } from "../../scripts/lib/check/step.ts";
import { at } from "../../scripts/lib/root.ts";
import { setStage, type Stage } from "../e2e/stage.ts";
import { identitySecret } from "../worker/support/user-token.ts";
import { bundleApp } from "./bundle-app.ts";
import { readDocumented } from "./documented.ts";
import { driveApp } from "./drive-app.ts";
import { installPackage } from "./install-package.ts";

let stage: Stage;

before(async () => {
  await installPackage();
  stage = await setStage({ variables: { IDENTITY_SECRET: identitySecret } });
});

after(() => stage.close());

test("React 19: the types accept what the element accepts, and nothing else", async () => {
  assert.deepEqual(
    await runTool([at("node_modules/typescript/lib/tsc.js"), "-p", at("test/frameworks/apps/react")]),
    [],
  );
});

test("React 19 sets every property, opens and closes, receives every event and signs a visitor in", async () => {
  await driveApp(stage, await bundleApp("apps/react/app.tsx"), "react");
});

test("every app sets every documented property and listens to every event", () => {
  const { properties, events } = readDocumented();
  const names = [...properties, ...events.map((name) => `(on)?${name}`)];
  for (const app of ["react/app.tsx", "vue/App.vue", "svelte/App.svelte", "angular/app.ts"]) {
    const text = readFileSync(at(`test/frameworks/apps/${app}`), "utf8");
    const missing = names.filter((name) => !new RegExp(`^ +[:@[(]?${name}[\\])]?=`, "m").test(text));
    assert.deepEqual(missing, [], app);
  }
});
