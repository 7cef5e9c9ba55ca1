// What a visitor sees of an answer besides its text, in Chromium and through a real worker: that the model is thinking,
// its thoughts, and its citations, as chips in the text and as cards below it.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import type { BrowserContext, Page } from "playwright-core";
import { anthropicAnswer, insertAfter, type Scenario } from "../fault-server/index.ts";
import { eventually } from "../support/eventually.ts";
import { shareContext } from "../support/shared-context.ts";
import { ask as askOn, notesSpeech, saidOn, setStage, still, visitChat, type Stage } from "./stage.ts";

let stage: Stage;
let context: BrowserContext;
let clear: () => Promise<void>;

before(async () => {
  stage = await setStage({ assistant: "thinking" });
  const citing = stage.tag.replace('"thinking"', '"list-context"');
  const html = `<!doctype html><html lang="en"><title>A shop</title><script>${notesSpeech}</script>${citing}`;
  stage.site.pages.set("/citing", { html });
  ({ context, clear } = await shareContext(stage, still));
});
afterEach(() => clear());
after(() => stage.close());

/** Opens the chat on a new page, and asks. */
async function ask(scenario: Scenario) {
  stage.upstream.script(scenario);
  const page = await context.newPage();
  await page.goto(stage.site.url);
  const chat = page.locator("rivulet-chat");
  await chat.locator("[part~=launcher]").click();
  const input = chat.locator("[part~=input]");
  await input.fill("Which kit fits my balcony?");
  await input.press("Enter");
  return { page, chat, doing: chat.locator(".typing"), thoughts: chat.locator("[part~=reasoning]") };
}

/** The number of seconds that the visitor has waited, according to the chat; 0 before it starts to count. */
const secondsIn = (words: string) => Number(/(\d+) s/.exec(words)?.[1] ?? 0);

/** Asserts that the chat says that the assistant is thinking and, in the first ten seconds, nothing else. */
function assertThinking(words: string): void {
  assert.match(words.trim(), secondsIn(words) < 10 ? /^Thinking…\s*(\d+ s)?$/ : /^Thinking…/);
}

test("a stream with only thoughts so far: the page says so, and shows them on request", async () => {
  const answer = anthropicAnswer({ thinking: ["The balcony ", "faces south."], text: "The small one." });
  const { chat, doing, thoughts } = await ask(insertAfter(5, [{ hold: "think" }], answer));
  await thoughts.getByText("Thought process").click();
  await thoughts.getByText("The balcony faces south.").waitFor();
  assertThinking(await doing.innerText());
  await eventually(() => assert.equal(stage.upstream.heldCount("think"), 1));
  stage.upstream.release("think");
  await chat.locator("[part~=answer]").getByText("The small one.").waitFor();
  await doing.waitFor({ state: "detached" });
  await thoughts.getByText("The balcony faces south.").waitFor(); // the thoughts stay open
});

test("a long silent think: the page goes on saying that the assistant thinks", async () => {
  const answer = anthropicAnswer({ isThinkingOmitted: true, text: "The small one." });
  const { chat, doing, thoughts } = await ask(insertAfter(2, [{ hold: "silence" }], answer));
  await doing.getByText("Thinking…").waitFor();
  const seen: string[] = [];
  await eventually(async () => {
    seen.push(await doing.innerText());
    return secondsIn(seen.at(-1) ?? "") > 10; // after 10 s of silence, other turns say only that they take longer
  });
  for (const words of seen) assertThinking(words);
  assert.equal(await thoughts.count(), 0);
  await eventually(() => assert.equal(stage.upstream.heldCount("silence"), 1));
  stage.upstream.release("silence");
  await chat.locator("[part~=answer]").getByText("The small one.").waitFor();
});

test("a reload during a think: the page says at once that the assistant thinks, and has the thoughts", async () => {
  const answer = anthropicAnswer({ thinking: ["The balcony ", "faces south."], text: "The small one." });
  const { page, chat, doing, thoughts } = await ask(insertAfter(5, [{ hold: "reload" }], answer));
  await doing.getByText("Thinking…").waitFor();
  await eventually(() => assert.equal(stage.upstream.heldCount("reload"), 1));
  await page.reload();
  await doing.getByText("Thinking…").waitFor();
  await thoughts.getByText("Thought process").click();
  await thoughts.getByText("The balcony faces south.").waitFor();
  stage.upstream.release("reload");
  await chat.locator("[part~=answer]").getByText("The small one.").waitFor();
  await doing.waitFor({ state: "detached" });
});

test("a think that the limit cuts: a sentence says what to do, and no bubble is empty", async () => {
  const { page, chat } = await ask(
    anthropicAnswer({ thinking: ["The balcony "], text: [], stopReason: "max_tokens", usage: { output_tokens: 3048 } }),
  );
  const words = "The assistant spent too long thinking and wrote no answer. Ask for something more specific.";
  await chat.locator("[part~=notice]").getByText(words).waitFor();
  assert.equal(await chat.locator("[part~=answer]").isVisible(), false);
  await page.reload(); // the stored answer says the same
  await chat.locator("[part~=notice]").getByText(words).waitFor();
});

/** The label of each chip, preceded by the text before the chip. */
function chipsOn(page: Page): Promise<string[]> {
  return page
    .locator("rivulet-chat .citation")
    .evaluateAll((chips) =>
      chips.map((chip) => `${chip.closest("sup")?.previousSibling?.textContent} ${chip.ariaLabel}`),
    );
}

const wanted = ["Tea is served at four. Source 1: Tea", "Tea is served at four. Source 2: Cake"];

test("citations are chips while the answer is written, and cards at its end; a reload shows the same", async () => {
  const citations = [
    { index: 0, text: "Tea is served at four." },
    { index: 1, text: "Cake is served at five." },
  ];
  const answer = anthropicAnswer({ blocks: [{ text: ["Tea is ", "served at four."], citations, citesLast: true }] });
  stage.upstream.script(insertAfter(7, [{ hold: "end" }], answer)); // the answer continues after its citations
  const page = await visitChat(context, stage.site, "/citing");
  const requested: string[] = [];
  page.on("request", (request) => requested.push(new URL(request.url()).origin));
  await askOn(page, "When is tea?");
  await eventually(async () => assert.deepEqual(await chipsOn(page), wanted));
  assert.equal(await page.locator("rivulet-chat [part~=sources]").count(), 0);
  stage.upstream.release("end");
  const cards = page.locator("rivulet-chat .card");
  await cards.nth(1).waitFor();
  assert.deepEqual(await cards.evaluateAll((all) => all.map((card) => card.getAttribute("href"))), [
    "https://example.com/tea",
    null, // the handbook has no address
  ]);
  await eventually(async () => assert.match(await saidOn(page), /at four\. 2 sources: Tea, Cake\.$/));
  await page.reload();
  await eventually(async () => assert.deepEqual(await chipsOn(page), wanted));
  await page.locator("rivulet-chat .citation").first().click();
  await page.locator("rivulet-chat .preview mark").getByText("Tea is served at four.").waitFor();
  // the chat requests nothing from the cited addresses
  assert.ok(requested.every((origin) => origin === stage.proxy.url || origin === stage.site.url));
});
