// Every function of the chat with the keyboard alone, from the script tag's launcher to the closed panel. After each
// step the focus is where the visitor expects it, and can be seen.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { anthropicAnswer, anthropicError, insertAfter } from "../fault-server/index.ts";
import { eventually } from "../support/eventually.ts";
import { setStage, still, visit, type Stage } from "./stage.ts";

let stage: Stage;
let page: Page;

before(async () => {
  stage = await setStage({
    entry: "test/worker/follow-up-project/entry.ts",
    assistant: "anthropic-context",
    variables: { API_KEY: "k" },
  });
});
after(() => stage.close());

/** What has the focus: its label, its words, or its part; and whether it can be seen whole. */
interface Focused {
  name: string;
  isSeen: boolean;
  isInChat: boolean;
}

const look = `(() => {
  const active = document.activeElement?.shadowRoot?.activeElement;
  if (!active) return { name: document.activeElement?.localName ?? "", isSeen: true, isInChat: false };
  const label = active.ariaLabel ?? active.closest("label")?.querySelector("span")?.textContent ?? active.textContent;
  const ring = active.closest(".field, .message-form") ?? active;
  const { left, top, right, bottom } = ring.getBoundingClientRect();
  const list = active.matches("[part=messages]") ? null : active.closest("[part=messages], .list-body");
  const around = [active.closest("[part=panel]"), list].filter(Boolean).map((each) => each.getBoundingClientRect());
  const isWithin = around.every((box) => {
    const isTall = bottom - top > box.height;
    return left >= box.left && right <= box.right && (isTall || (top >= box.top - 1 && bottom <= box.bottom + 1));
  });
  const isOutlined = getComputedStyle(ring).outlineStyle !== "none";
  return { name: label.trim().replaceAll(/\\s+/g, " "), isSeen: isWithin && isOutlined, isInChat: true };
})()`;

function focused(): Promise<Focused> {
  return page.evaluate<Focused>(look);
}

/** Waits until what matches has the focus, visibly. */
async function expectFocus(wanted: string | RegExp): Promise<void> {
  await eventually(async () => {
    const { name, isSeen } = await focused();
    if (typeof wanted === "string") assert.equal(name, wanted);
    else assert.match(name, wanted);
    assert.ok(isSeen, `the focus on "${name}" cannot be seen`);
  });
}

/** Presses Tab, or Shift+Tab, until what matches has the focus. It may leave the chat, and always comes back. */
async function tabTo(wanted: string | RegExp, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  const seen: string[] = [];
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press(key);
    const { name, isSeen } = await focused();
    seen.push(name);
    assert.ok(isSeen, `the focus on "${name}" cannot be seen`);
    if (typeof wanted === "string" ? name === wanted : wanted.test(name)) return;
  }
  assert.fail(`${String(wanted)} is not reached: ${seen.join(", ")}`);
}

async function press(...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

async function ask(question: string): Promise<void> {
  await page.keyboard.type(question);
  await press("Enter");
}

const chat = (selector: string) => page.locator(`rivulet-chat ${selector}`);

/** Waits until an answer is complete. */
async function answered(): Promise<void> {
  await chat("[part~=send]").waitFor();
}

const input = "Your message";
const tea = "Tea is served at four.";

/** An answer with a source and two suggestions. */
function answerWithAll(): void {
  stage.upstream.reset();
  stage.upstream.script(({ text }) => {
    const mark = /<next-([a-z2-9]{6})>/.exec(text)?.[1] ?? "";
    const next = `\n\n<next-${mark}>\nWhen is dinner?\nWho bakes?\n</next-${mark}>`;
    return anthropicAnswer({ blocks: [{ text: tea, citations: [{ index: 0, text: tea }] }, { text: next }] });
  });
}

test("every function with the keyboard alone", async () => {
  page = await visit(await stage.browser.newContext({ ...still, acceptDownloads: true }), stage.site);
  page.setDefaultTimeout(45_000);
  await chat("[part~=launcher]").waitFor();

  // open, ask
  answerWithAll();
  await tabTo("Open chat");
  await press("Enter");
  await expectFocus(input);
  await chat(".welcome:not(.loading)").waitFor();
  await ask("When is tea?");
  await answered();
  await expectFocus(input);

  // sources: a chip, its preview, the card
  await chat(".citation").waitFor();
  await tabTo("Source 1: Tea", "Shift+Tab");
  await press("Enter");
  await expectFocus("Open page");
  await press("Escape");
  await expectFocus("Source 1: Tea");
  assert.equal(await chat(".preview").count(), 0);
  await tabTo(/^Tea ?1/);

  // copy, rate, comment
  await tabTo("Copy answer");
  await press("Enter");
  await expectFocus("Copy answer");
  await tabTo("Good answer");
  await press("Enter");
  await chat(".up[aria-pressed=true]").waitFor();
  await expectFocus("Good answer");
  await tabTo("Bad answer");
  await press("Enter");
  await expectFocus("What went wrong? (optional)");
  await press("Escape"); // closes the form alone
  await expectFocus("Copy answer");

  // a suggestion is asked; then stop
  stage.upstream.reset();
  stage.upstream.script(insertAfter(3, [{ hold: "stop" }], anthropicAnswer({ text: ["One. ", "Two."] })));
  await tabTo("When is dinner?");
  await press("Enter");
  await expectFocus(input);
  await chat("[part~=answer]").nth(1).filter({ hasText: "One." }).waitFor();
  await tabTo("Stop generating");
  await press("Enter");
  await answered();
  stage.upstream.release("stop");
  await expectFocus(input);

  // regenerate, versions
  answerWithAll();
  await tabTo("Regenerate", "Shift+Tab");
  await press("Enter");
  await answered();
  await expectFocus(input);
  await chat(".versions").waitFor();
  await tabTo("Previous version", "Shift+Tab");
  await press("Enter");
  await expectFocus("Previous version");

  // from message to message
  await tabTo(input);
  await press("Alt+ArrowUp");
  await expectFocus("Offers follow-up questions");
  assert.match(
    String(
      await page.evaluate(`(() => {
      const root = document.querySelector("rivulet-chat").shadowRoot;
      return root.getElementById(root.activeElement.getAttribute("aria-describedby")).textContent;
    })()`),
    ),
    /One\./,
  );
  await press("Alt+ArrowUp");
  await expectFocus("You");
  await press("Alt+ArrowUp", "Alt+ArrowUp", "Alt+ArrowUp", "Alt+ArrowUp"); // the first one is the end
  await expectFocus("You");
  await press("Alt+ArrowDown");
  await expectFocus("Offers follow-up questions");
  await press("Alt+ArrowDown", "Alt+ArrowDown", "Alt+ArrowDown");
  await expectFocus(input);

  // edit and resend
  await tabTo("Edit message", "Shift+Tab");
  await press("Enter");
  await expectFocus("Edit message");
  await press("Escape");
  await expectFocus("Edit message");
  await press("Enter");
  await expectFocus("Edit message");
  await press("ControlOrMeta+A");
  await ask("When is breakfast?");
  await chat("[part~=question]").nth(1).filter({ hasText: "breakfast" }).waitFor();
  await answered();
  await expectFocus(input);

  // retry after a failure
  stage.upstream.reset();
  stage.upstream.script(anthropicError(400, "invalid_request_error"));
  await ask("Does it fail?");
  await chat(".failure").first().waitFor();
  await expectFocus(input);
  answerWithAll();
  await tabTo(/^(Try again|Regenerate)$/, "Shift+Tab");
  await press("Enter");
  await chat("[part~=answer]").nth(2).filter({ hasText: tea }).waitFor();
  await expectFocus(input);

  // jump to latest
  stage.upstream.reset();
  stage.upstream.script(anthropicAnswer({ text: "A line.\n\n".repeat(40) }));
  await ask("A long one?");
  await answered();
  await tabTo("Conversation", "Shift+Tab");
  await press("Home");
  await chat(".jump:not([hidden])").waitFor();
  await tabTo("Jump to latest");
  await press("Enter");
  await chat(".jump").waitFor({ state: "hidden" });
  assert.ok((await focused()).isInChat);

  // enlarge, new conversation
  await tabTo("Enlarge", "Shift+Tab");
  await press("Enter");
  await chat(".panel.large").waitFor();
  await expectFocus("Enlarge");
  await tabTo("New conversation", "Shift+Tab");
  await press("Enter");
  await expectFocus(input);

  // the list: rename, downloads, continue, delete, delete everything
  await tabTo("Conversations", "Shift+Tab");
  await press("Enter");
  await expectFocus("Back to conversation");
  await chat(".entry-open").waitFor();
  await tabTo(/^Rename:/);
  await press("Enter");
  await expectFocus("Conversation name");
  await ask("Meals");
  await expectFocus(/^Meals/);
  await press("Enter"); // continues it
  await expectFocus(input);
  await chat("[part~=question]").first().waitFor();
  await tabTo("Conversations", "Shift+Tab");
  await press("Enter");
  await expectFocus("Back to conversation");
  await tabTo("Your data");
  await press("Enter");
  for (const name of ["Markdown", "JSON", "Download my data"]) {
    await tabTo(new RegExp(name));
    const download = page.waitForEvent("download");
    await press("Enter");
    await download;
    await expectFocus(new RegExp(name));
  }
  await tabTo("Delete: Meals", "Shift+Tab");
  await press("Enter");
  await expectFocus("Cancel");
  await press("Escape"); // cancels the question alone
  await expectFocus(/^Meals/);
  await tabTo("Delete: Meals");
  await press("Enter");
  await expectFocus("Cancel");
  await tabTo("Delete");
  await press("Enter");
  await expectFocus("Back to conversation");
  await tabTo("Your data");
  if (!(await chat(".delete-all").isVisible())) await press("Enter");
  await tabTo(/^Delete everything/);
  await press("Enter");
  await expectFocus("Cancel");
  await tabTo("Delete everything");
  await press("Enter");
  await expectFocus(input);

  // nothing is trapped; close
  await tabTo("a");
  await tabTo(input, "Shift+Tab");
  await press("Escape");
  await expectFocus("Open chat");
});
