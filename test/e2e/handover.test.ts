// A visitor writes to a person, in Chromium and through a real worker: the form, the message that arrives, and what the
// form says if no message arrives.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { anthropicAnswer } from "../fault-server/index.ts";
import { eventually } from "../support/eventually.ts";
import { startReceiver, type HandoverReceiver } from "../support/handover-receiver.ts";
import { ask, setStage, visitChat, still, type Stage } from "./stage.ts";

let stage: Stage;
let receiver: HandoverReceiver;

before(async () => {
  receiver = await startReceiver();
  const secret = `whsec_${Buffer.alloc(32).toString("base64")}`;
  const variables = { HANDOVER_URL: receiver.url, HANDOVER_SECRET: secret, HANDOVER_TIMEOUT_MS: "60000" };
  stage = await setStage({ assistant: "handed", variables });
});
after(async () => {
  await stage.close();
  await receiver.close();
});

/** Collects the URLs of the chat's parts whose names begin with `name` and that a page loads from now on. */
function loadsOn(page: Page, name: string): string[] {
  const loads: string[] = [];
  page.on("request", (request) => {
    if (new URL(request.url()).pathname.startsWith(`/chunks/${name}`)) loads.push(request.url());
  });
  return loads;
}

test("the form loads when it is opened; the message arrives once, with the conversation that was ticked", async () => {
  const text = `A fault.${"\n\nIt has a code.".repeat(12)}`;
  stage.upstream.script(anthropicAnswer({ text }));
  const page = await visitChat(await stage.browser.newContext(still), stage.site);
  const forms = loadsOn(page, "handover");
  await ask(page, "What does red mean?");
  await page.locator("rivulet-chat [part~=answer]").getByText("A fault.").waitFor();
  const chat = page.locator("rivulet-chat");
  const opener = chat.getByRole("button", { name: "Contact us" });
  await opener.waitFor();
  assert.deepEqual(forms, []);
  await opener.click();
  await chat.locator(".handover-form textarea:focus").waitFor();
  await page.evaluate("new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))");
  const boxes = [".handover-form", "[part~=messages]"].map((selector) => chat.locator(selector).boundingBox());
  const [form, view] = await Promise.all(boxes);
  assert.ok(form && view && form.y + form.height <= view.y + view.height + 1, "it stays in view, below a long answer");
  await chat.locator(".handover-form").getByLabel("Your message").fill("Three and one.");
  await chat.getByLabel("Your email").fill("ada@example.com");
  await chat.getByLabel("Send this conversation along (2 messages)").check();
  assert.equal(forms.length, 1);

  receiver.script(500);
  await chat.getByRole("button", { name: "Send to the team" }).click();
  await chat.getByText("Your message wasn't sent. Nothing is lost: please try again.").first().waitFor();
  const [failed] = receiver.received;
  receiver.script(202);
  await chat.getByRole("button", { name: "Send to the team" }).click();
  await chat.getByRole("heading", { name: "Message sent" }).waitFor();
  await eventually(() => assert.equal(receiver.received.length, 1));
  const [request] = receiver.received;
  assert.equal(request?.headers["webhook-id"], failed?.headers["webhook-id"], "so that the receiver can tell");
  const { data } = JSON.parse(request?.body ?? "");
  assert.deepEqual([data.message, data.contact], ["Three and one.", "ada@example.com"]);
  assert.deepEqual(
    data.conversation.messages.map(({ content }: { content: string }) => content),
    ["What does red mean?", text],
  );
  await page.close();
});
