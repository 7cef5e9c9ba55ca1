// What a visitor sees of a model that thinks: in Chromium, through a real worker.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { anthropicAnswer, insertAfter, type Scenario } from "../fault-server/index.ts";
import { eventually } from "../support/eventually.ts";
import { setStage, type Stage } from "./stage.ts";

let stage: Stage;

before(async () => {
  stage = await setStage({ assistant: "thinking" });
});
after(() => stage.close());

/** Opens the chat on a new page, and asks. */
async function ask(scenario: Scenario) {
  stage.upstream.script(scenario);
  const page = await stage.browser.newPage();
  await page.goto(stage.site.url);
  const chat = page.locator("rivulet-chat");
  await chat.locator("[part~=launcher]").click();
  const input = chat.locator("[part~=input]");
  await input.fill("Which kit fits my balcony?");
  await input.press("Enter");
  return { page, chat, doing: chat.locator(".typing"), thoughts: chat.locator("[part~=reasoning]") };
}

test("a stream with only thoughts so far: the page says so, and shows them on request", async () => {
  const answer = anthropicAnswer({ thinking: ["The balcony ", "faces south."], text: "The small one." });
  const { page, chat, doing, thoughts } = await ask(insertAfter(5, [{ hold: "think" }], answer));
  await thoughts.getByText("Thought process").click();
  await thoughts.getByText("The balcony faces south.").waitFor();
  assert.equal((await doing.textContent())?.trim(), "Thinking…");
  await eventually(() => assert.equal(stage.upstream.heldCount("think"), 1));
  stage.upstream.release("think");
  await chat.locator("[part~=answer]").getByText("The small one.").waitFor();
  await doing.waitFor({ state: "detached" });
  await thoughts.getByText("The balcony faces south.").waitFor(); // it stays open
  await page.close();
});

test("a long silent think: the page goes on saying that the assistant thinks", async () => {
  const answer = anthropicAnswer({ isThinkingOmitted: true, text: "The small one." });
  const { page, chat, doing, thoughts } = await ask(insertAfter(2, [{ hold: "silence" }], answer));
  await doing.getByText("Thinking…").waitFor();
  await sleep(8000); // after 7 s of silence, any other turn is called slow
  assert.match((await doing.innerText()).trim(), /^Thinking…\s*\d+ s$/); // 10 s would be called long
  assert.equal(await thoughts.count(), 0);
  await eventually(() => assert.equal(stage.upstream.heldCount("silence"), 1));
  stage.upstream.release("silence");
  await chat.locator("[part~=answer]").getByText("The small one.").waitFor();
  await page.close();
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
  await page.close();
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
  await page.close();
});
