// The main job with every part real: a page on one origin, a worker on another, and the providers' wire formats.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import {
  anthropicAnswer,
  azureAnswer,
  insertAfter,
  slowly,
  startFaultServer,
  type FaultServer,
} from "../fault-server/index.ts";
import { brotliBytes, sizeLimits, sizeOf } from "../../scripts/lib/sizes.ts";
import { eventually } from "../support/eventually.ts";
import { startBrowser, startSite } from "../support/site.ts";
import { startTestWorker, type TestWorker } from "../support/worker.ts";

const pieces = Array.from({ length: 40 }, (_, at) => `word${at} `);

let upstream: FaultServer;
let worker: TestWorker;
let browser: Browser;

before(async () => {
  upstream = await startFaultServer();
  upstream.script(({ wire }) => {
    const answer = wire === "anthropic" ? anthropicAnswer({ text: pieces }) : azureAnswer({ text: pieces });
    return slowly(5, insertAfter(20, [{ hold: "half" }], answer));
  });
  browser = await startBrowser();
  worker = await startTestWorker({
    assets: "dist/widget",
    variables: {
      ANTHROPIC_API_KEY: "k",
      ANTHROPIC_BASE_URL: upstream.url,
      AZURE_AI_API_KEY: "k",
      MODELS_ENDPOINT: `${upstream.url}/models`,
    },
  });
});

after(async () => {
  await browser.close();
  await worker.stop();
  await upstream.close();
});

/** Releases the second half of the answer. */
async function finish(): Promise<void> {
  await eventually(() => assert.equal(upstream.heldCount("half"), 1));
  upstream.release("half");
}

for (const assistant of ["anthropic", "azure"]) {
  test(`${assistant}: a script tag, a question, an answer while it is written, and a follow-up`, async (t) => {
    const script = `<script src="${worker.url}/rivulet.js" data-assistant="${assistant}" async></script>`;
    const site = await startSite(`<!doctype html><html lang="en"><title>A shop</title><h1>Tea</h1>${script}</html>`);
    t.after(() => site.close());
    const page = await browser.newPage();
    t.after(() => page.close());
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(error.message));
    page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
    const scripts: string[] = [];
    page.on("request", (request) => request.resourceType() === "script" && scripts.push(request.url()));
    await page.goto(site.url);

    const chat = page.locator("rivulet-chat");
    await chat.locator("[part~=launcher]").click();
    const input = chat.locator("[part~=input]");
    await input.fill("When is tea?");
    await input.press("Enter");
    const answer = chat.locator("[part~=answer]").last();
    await answer.filter({ hasText: "word3" }).waitFor();
    const halfway = (await answer.textContent()) ?? "";
    assert.ok(!halfway.includes("word39"), "the answer appeared in one piece");
    await finish();
    await answer.filter({ hasText: "word39" }).waitFor();
    assert.equal((await answer.textContent())?.trim(), pieces.join("").trim());

    await chat.locator("[part~=send]").waitFor();
    const first = [...scripts];
    await input.fill("And cake?");
    await input.press("Enter");
    await finish();
    await chat.locator("[part~=answer]").nth(1).filter({ hasText: "word39" }).waitFor();
    const sent = upstream.requests.at(-1)?.text ?? "";
    for (const words of ["When is tea?", "word39", "And cake?"]) assert.ok(sent.includes(words), words);
    assert.ok(first.length >= 3);
    const sizes = first.map((url) => sizeOf(new URL(url).pathname.slice(1)));
    assert.ok(brotliBytes(sizes) <= sizeLimits.firstAnswer, first.join());
    assert.deepEqual(errors, []);
  });
}
