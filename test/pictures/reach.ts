// What a visitor does before a picture is taken.
import type { Page } from "playwright-core";
import { ask } from "../e2e/stage.ts";
import { question } from "./answers.ts";
import { tomorrow } from "./page.ts";
import { openEmpty } from "./picture-stage.ts";
import type { Visit } from "./scene.ts";

/** Moves the pointer away from everything. */
async function lookOn(page: Page): Promise<void> {
  await page.mouse.move(1, 1);
}

/** Asks a first question, and waits until it is answered. */
export async function askFirst({ page, chat }: Visit, words = question): Promise<void> {
  await openEmpty(page);
  await ask(page, words);
  await chat.locator("[part~=send]").waitFor();
  await chat.locator("[part~=sources]").last().waitFor();
  await lookOn(page);
}

/** Asks a first question, and waits for all that belongs to its answer: sources and suggested questions. */
export async function seeWhole(visit: Visit, words = question): Promise<void> {
  await askFirst(visit, words);
  const { chat } = visit;
  await chat.locator(".card").first().waitFor();
  await chat.locator(".suggestion").first().waitFor();
}

/** Asks, and waits for a part of the chat. */
export async function askUntil({ page, chat }: Visit, selector: string, words = question): Promise<void> {
  await openEmpty(page);
  await ask(page, words);
  await chat.locator(selector).first().waitFor();
  await lookOn(page);
}

/** Presses a button of the chat. */
export async function press({ page, chat }: Visit, name: string | RegExp): Promise<void> {
  await chat.getByRole("button", { name }).last().click();
  await lookOn(page);
}

/** Opens the list. @param others the questions that begin the conversations in it */
export async function openList(visit: Visit, ...others: string[]): Promise<void> {
  await askFirst(visit, others[0]);
  for (const words of others.slice(1)) {
    await visit.chat.getByRole("button", { name: "New conversation" }).click();
    await visit.chat.locator(".welcome").waitFor();
    await ask(visit.page, words);
    await visit.chat.locator("[part~=send]").waitFor();
    await visit.chat.locator("[part~=answer]").waitFor();
  }
  await press(visit, "Conversations");
  await visit.chat
    .locator(".entry-open")
    .nth(others.length - 1)
    .waitFor();
}

/** Reloads the page as on the next day, and scrolls to the beginning of the conversation. */
export async function comeBack({ page, chat }: Visit): Promise<void> {
  await page.addInitScript(tomorrow);
  await page.reload();
  await chat.locator(".day").waitFor();
  await chat.locator(".card").first().waitFor();
  await chat.locator("[part~=messages]").evaluate((node) => node.scrollTo(0, 0));
}
