// Every function of the chat with the keyboard alone, from the script tag's launcher to the closed panel. At each step
// the focus is where the visitor expects it, and the focused element is fully visible and large enough.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import type { BrowserContext } from "playwright-core";
import { anthropicAnswer, anthropicError, anthropicErrorFrame, insertAfter } from "../fault-server/index.ts";
import { startReceiver, type HandoverReceiver } from "../support/handover-receiver.ts";
import { shareContext } from "../support/shared-context.ts";
import { KeyboardVisitor } from "./keyboard-visitor.ts";
import { setStage, still, type Stage } from "./stage.ts";

let stage: Stage;
let receiver: HandoverReceiver;
let context: BrowserContext;
let clear: () => Promise<void>;

before(async () => {
  receiver = await startReceiver();
  const secret = `whsec_${Buffer.alloc(32).toString("base64")}`;
  const variables = { HANDOVER_URL: receiver.url, HANDOVER_SECRET: secret, HANDOVER_TIMEOUT_MS: "60000" };
  stage = await setStage({ assistant: "by-keyboard", variables });
  const tag = stage.tag.replace(
    " async",
    ' data-page-context="main" data-greeting="Stuck?" data-greeting-replies="Tea" async',
  );
  const html = `<!doctype html><html lang="en"><title>A shop</title><main>Tea <a href="/">Home</a></main>${tag}`;
  stage.site.pages.set("/greets", { html });
  ({ context, clear } = await shareContext(stage, still));
});
after(async () => {
  await stage.close();
  await receiver.close();
});
beforeEach(answerWithAll);
afterEach(() => clear());

const input = "Your message";
const tea = "Tea is served at four.";

/** An answer with thoughts, a source, code, a link and two suggestions. */
function answerWithAll(): void {
  stage.upstream.reset();
  stage.upstream.script(({ text }) => {
    const mark = /<next-([a-z2-9]{6})>/.exec(text.slice(text.indexOf("After your answer")))?.[1] ?? "";
    const next = `\n\n<next-${mark}>\nWhen is dinner?\nWho bakes?\n</next-${mark}>`;
    return anthropicAnswer({
      thinking: "The visitor is thirsty.",
      blocks: [
        { text: tea, citations: [{ index: 0, text: tea }] },
        { text: "\n\n```sh\nkettle --on\n```\n\nSee [the menu](https://example.com/menu)." },
        { text: next },
      ],
    });
  });
}

/** Opens the panel, and asks a first question. */
async function begin(visitor: KeyboardVisitor): Promise<void> {
  await visitor.use("Open chat");
  await visitor.expectFocus(input);
  await visitor.chat(".welcome:not(.loading)").waitFor();
  await visitor.enter("When is tea?");
  await visitor.answered();
  await visitor.expectFocus(input);
  // each of these loads with a first answer, and moves what is below it
  for (const late of ["[part~=reasoning]", "[part~=sources]", ".speak", ".suggestion"])
    await visitor.chat(late).first().waitFor();
}

test("an answer: a starter, thoughts, sources, code, links, copying, reading aloud, rating, comments, suggestions", async () => {
  await context.grantPermissions(["clipboard-write"]);
  const visitor = await KeyboardVisitor.visit(context, stage.site);
  await visitor.use("Open chat");
  await visitor.expectFocus(input);
  await visitor.chat(".welcome:not(.loading)").waitFor();
  await visitor.use("When is tea?");
  await visitor.answered();
  await visitor.expectFocus(input);
  await visitor.chat(".citation").waitFor();
  await visitor.chat(".speak").waitFor();

  await visitor.use(/^(Thought|Thought process)/, "Shift+Tab");
  await visitor.chat(".reasoning[open]").waitFor();
  await visitor.expectFocus(/^Thought/);
  await visitor.use("Source 1: Tea");
  await visitor.expectFocus("Open page");
  await visitor.press("Escape"); // closes the preview alone
  await visitor.expectFocus("Source 1: Tea");
  assert.equal(await visitor.chat(".preview").count(), 0);
  await visitor.use("Copy");
  await visitor.expectFocus(/^(Copy|Copied)$/);
  await visitor.tabTo("the menu");
  await visitor.tabTo(/^Tea ?1/); // the card

  await visitor.use("Copy answer");
  await visitor.expectFocus("Copy answer");
  await visitor.use("Good answer");
  await visitor.chat(".up[aria-pressed=true]").waitFor();
  await visitor.expectFocus("Good answer");
  await visitor.use("Bad answer");
  await visitor.expectFocus("What went wrong? (optional)");
  await visitor.tabTo("Cancel");
  await visitor.press("Escape"); // closes the form alone
  await visitor.expectFocus("Bad answer");
  await visitor.press("Enter"); // takes the rating back
  await visitor.chat(".down[aria-pressed=false]").waitFor();
  await visitor.press("Enter");
  await visitor.expectFocus("What went wrong? (optional)");
  await visitor.enter("Too short.");
  await visitor.expectFocus("Bad answer");
  await visitor.use("Read aloud");
  await visitor.chat(".speak[aria-pressed=true]").waitFor();
  await visitor.expectFocus("Read aloud");
  await visitor.press("Enter");
  await visitor.chat(".speak[aria-pressed=false]").waitFor();

  await visitor.use("When is dinner?");
  await visitor.answered();
  await visitor.chat("[part~=question]").nth(1).filter({ hasText: "When is dinner?" }).waitFor();
  await visitor.expectFocus(input);
  await visitor.use("Dictate");
  await visitor.chat(".dictate[aria-pressed=true]").waitFor();
  await visitor.expectFocus(input); // where the dictated words will appear
  await visitor.use("Dictate");
  await visitor.chat(".dictate[aria-pressed=false]").waitFor();
});

test("a turn: stop, regenerate, versions, from message to message, edit, retry, jump to the latest", async () => {
  const visitor = await KeyboardVisitor.visit(context, stage.site);
  await begin(visitor);
  stage.upstream.reset();
  stage.upstream.script(insertAfter(3, [{ hold: "stop" }], anthropicAnswer({ text: ["One. ", "Two."] })));
  await visitor.enter("And dinner?");
  await visitor.chat("[part~=answer]").nth(1).filter({ hasText: "One." }).waitFor();
  await visitor.use("Stop generating");
  await visitor.answered();
  stage.upstream.release("stop");
  await visitor.expectFocus(input);

  answerWithAll();
  await visitor.use("Regenerate", "Shift+Tab");
  await visitor.answered();
  await visitor.expectFocus(input);
  await visitor.chat(".versions").waitFor();
  await visitor.use("Previous version", "Shift+Tab");
  await visitor.expectFocus("Previous version");

  await walk(visitor);

  await visitor.use("Edit message", "Shift+Tab");
  await visitor.chat(".message-form").waitFor();
  await visitor.expectFocus("Edit message");
  await visitor.press("Escape");
  await visitor.chat(".message-form").waitFor({ state: "detached" });
  await visitor.expectFocus("Edit message");
  await visitor.press("Enter");
  await visitor.chat(".message-form").waitFor();
  await visitor.expectFocus("Edit message");
  await visitor.press("ControlOrMeta+A");
  await visitor.enter("When is breakfast?");
  await visitor.chat("[part~=question]").nth(1).filter({ hasText: "breakfast" }).waitFor();
  await visitor.answered();
  await visitor.expectFocus(input);

  stage.upstream.reset();
  stage.upstream.script(anthropicError(400, "invalid_request_error"));
  await visitor.enter("Is it refused?"); // afterwards the question is back in the text field
  await visitor.chat(".composer .failure").waitFor();
  await visitor.expectFocus(input);
  await visitor.tabTo(/^Reference/, "Shift+Tab");
  await visitor.tabTo(input);
  stage.upstream.reset();
  stage.upstream.script(
    insertAfter(3, [anthropicErrorFrame("api_error")], anthropicAnswer({ text: ["Half", " of it."] })),
  );
  await visitor.press("Enter");
  await visitor.chat(".message .failure").waitFor();
  await visitor.expectFocus(input);
  answerWithAll();
  await visitor.use("Try again", "Shift+Tab");
  await visitor.chat("[part~=answer]").nth(2).filter({ hasText: tea }).waitFor();
  await visitor.answered();
  await visitor.expectFocus(input);

  stage.upstream.reset();
  stage.upstream.script(anthropicAnswer({ text: "A line.\n\n".repeat(40) }));
  await visitor.enter("A long one?");
  await visitor.answered();
  await visitor.tabTo("Conversation", "Shift+Tab");
  await visitor.press("Home");
  await visitor.chat(".jump:not([hidden])").waitFor();
  await visitor.use("Jump to latest", "Shift+Tab"); // tabbing forward through the messages scrolls to their end
  await visitor.chat(".jump").waitFor({ state: "hidden" });
  await visitor.expectFocus(input);
});

/** Walks from the text field through the messages of two turns and back; the second answer is "One.". */
async function walk(visitor: KeyboardVisitor): Promise<void> {
  await visitor.tabTo(input);
  await visitor.press("Alt+ArrowUp");
  await visitor.expectFocus("Every function");
  const description = await visitor.page.evaluate<string>(`(() => {
    const root = document.querySelector("rivulet-chat").shadowRoot;
    return root.getElementById(root.activeElement.getAttribute("aria-describedby")).textContent;
  })()`);
  assert.match(description, /One\./);
  await visitor.press("Alt+ArrowUp");
  await visitor.expectFocus("You");
  for (let steps = 0; steps < 4; steps++) await visitor.press("Alt+ArrowUp"); // stays at the first message
  await visitor.expectFocus("You");
  await visitor.press("Alt+ArrowDown");
  await visitor.expectFocus("Every function");
  for (let steps = 0; steps < 3; steps++) await visitor.press("Alt+ArrowDown");
  await visitor.expectFocus(input);
}

test("the panel and the list: enlarge, new, rename, continue, download, delete, close", async () => {
  const visitor = await KeyboardVisitor.visit(context, stage.site);
  await begin(visitor);
  await visitor.use("Enlarge", "Shift+Tab");
  await visitor.chat(".panel.large").waitFor();
  await visitor.expectFocus("Enlarge");
  await visitor.use("New conversation", "Shift+Tab");
  await visitor.expectFocus(input);

  await visitor.use("Conversations", "Shift+Tab");
  await visitor.expectFocus("Back to conversation");
  await visitor.chat(".entry-open").waitFor();
  await visitor.use(/^Rename:/);
  await visitor.expectFocus("Conversation name");
  await visitor.press("ControlOrMeta+A");
  await visitor.enter("Meals");
  await visitor.expectFocus(/^Meals/);
  await visitor.press("Enter"); // continues the conversation
  await visitor.expectFocus(input);
  await visitor.chat("[part~=question]").first().waitFor();
  await visitor.use("Conversations", "Shift+Tab");
  await visitor.expectFocus("Back to conversation");
  await visitor.use("Your data");
  for (const name of ["Text (Markdown)", "Data (JSON)", "Download my data"]) {
    const download = visitor.page.waitForEvent("download");
    await visitor.use(name);
    await download;
    await visitor.expectFocus(name);
  }

  await visitor.use("Delete: Meals", "Shift+Tab");
  await visitor.expectFocus("Cancel");
  await visitor.press("Escape"); // cancels the question alone
  await visitor.expectFocus(/^Meals/);
  await visitor.use("Delete: Meals");
  await visitor.expectFocus("Cancel");
  await visitor.use("Delete");
  await visitor.expectFocus("Back to conversation");
  await visitor.tabTo("Your data");
  if (!(await visitor.chat(".delete-all").isVisible())) await visitor.press("Enter");
  await visitor.use("Delete everything");
  await visitor.expectFocus("Cancel");
  await visitor.press("Escape");
  await visitor.expectFocus("Delete everything");
  await visitor.press("Enter");
  await visitor.expectFocus("Cancel");
  await visitor.use("Delete everything");
  await visitor.expectFocus(input);

  await visitor.tabTo("a"); // the page's link: the focus is not trapped
  await visitor.tabTo(input, "Shift+Tab");
  await visitor.press("Escape");
  await visitor.expectFocus("Open chat");
});

test("people: what is missing is focused, a message is sent, and the focus goes back to the button", async () => {
  const visitor = await KeyboardVisitor.visit(context, stage.site);
  await begin(visitor);
  await visitor.use("Contact us");
  await visitor.expectFocus(input);
  await visitor.tabTo("Send to the team");
  await visitor.press("Enter");
  await visitor.expectFocus(input);
  await visitor.type("Three and one.");
  await visitor.tabTo("Your email");
  await visitor.type("ada@example.com");
  await visitor.tabTo(/^Send this conversation along/);
  await visitor.press(" ");
  await visitor.use("Send to the team");
  await visitor.expectFocus(/^Message sent/);
  await visitor.use("Close");
  await visitor.expectFocus("Contact us");
  await visitor.press("Enter");
  await visitor.expectFocus(input);
  await visitor.press("Escape"); // closes the form alone
  await visitor.expectFocus("Contact us");
});

test("a greeting and a page that is sent along: closed, opened, switched", async () => {
  const visitor = await KeyboardVisitor.visit(context, stage.site, { path: "/greets" });
  await visitor.chat(".greeting-close").waitFor();
  await visitor.tabTo("Stuck?");
  await visitor.tabTo("Tea");
  await visitor.press("Escape"); // closes the greeting
  await visitor.expectFocus("Open chat");
  await visitor.press("Enter");
  await visitor.expectFocus(input);
  await visitor.chat(".page-chip").waitFor();
  await visitor.use(/^Sees this page/);
  await visitor.tabTo("What is sent", "Shift+Tab");
  await visitor.tabTo("Send this page along", "Shift+Tab");
  await visitor.press(" ");
  await visitor.chat("[role=switch][aria-checked=false]").waitFor();
  await visitor.expectFocus("Send this page along");
  await visitor.press("Escape"); // closes only the view of what is sent
  await visitor.expectFocus("Page not shared");
});

test("where the panel covers the page it keeps the focus, and gives it back to the launcher", async () => {
  const visitor = await KeyboardVisitor.visit(context, stage.site, { viewport: { width: 390, height: 844 } });
  await begin(visitor);
  await visitor.chat(".panel:modal").waitFor();
  for (const key of ["Tab", "Shift+Tab"])
    for (let presses = 0; presses < 25; presses++) {
      await visitor.press(key);
      const { name, isInChat, problems } = await visitor.focused();
      assert.ok(isInChat || name === "body", `the focus is on the page's ${name}`); // "body" means the browser's bar
      assert.deepEqual(problems, [], name);
    }
  await visitor.tabTo(input);
  await visitor.press("Escape");
  await visitor.expectFocus("Open chat");
});
