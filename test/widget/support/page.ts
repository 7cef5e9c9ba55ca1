import { expect } from "chai";
import "../../../widget/element/events.ts";
import { eventually } from "../../support/eventually.ts";
import type { SeenRequest } from "./scripted-worker.ts";

let address: Promise<string> | undefined;

/** The scripted worker's address. Its origin is not the page's. */
export function workerUrl(): Promise<string> {
  return (address ??= askForAddress());
}

async function askForAddress(): Promise<string> {
  const reply: unknown = await (await fetch("/scripted-worker.json")).json();
  if (typeof reply !== "object" || reply === null || !("url" in reply))
    throw new Error("the scripted worker is not running");
  return String(reply.url);
}

/** An element within the chat, if it exists and is visible. */
export function find<E extends HTMLElement = HTMLElement>(chat: Element, selector: string): E | undefined {
  const found = chat.shadowRoot?.querySelector<E>(selector);
  return found && found.closest("[hidden]") === null ? found : undefined;
}

/** All elements within the chat that match a selector. */
export function findAll(chat: Element, selector: string): HTMLElement[] {
  return [...(chat.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? [])];
}

/** A part by its name, which must exist. */
export function part<E extends HTMLElement = HTMLElement>(chat: Element, name: string): E {
  const found = find<E>(chat, `[part=${name}]`);
  if (!found) throw new Error(`no part ${name}`);
  return found;
}

/** A button by its label, which must exist. */
export function button(chat: Element, words: string): HTMLButtonElement {
  const buttons = [...(chat.shadowRoot?.querySelectorAll("button") ?? [])];
  const found = buttons.find((each) => (each.getAttribute("aria-label") ?? each.textContent).trim() === words);
  if (!found) throw new Error(`no button "${words}"`);
  return found;
}

/** The texts of all answers, with an empty line between two blocks. `innerText` would omit off-screen content. */
export function answers(chat: Element): string[] {
  return findAll(chat, "[part=answer]").map(({ children }) =>
    [...children].map(({ textContent }) => textContent).join("\n\n"),
  );
}

/** Types a text like a visitor's keyboard. */
export function type(chat: Element, text: string): HTMLTextAreaElement {
  const input = part<HTMLTextAreaElement>(chat, "input");
  input.focus();
  input.value = text;
  input.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
  return input;
}

/** Presses a key in the text field. */
export function press(chat: Element, key: string, init: KeyboardEventInit = {}): KeyboardEvent {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, composed: true, cancelable: true, ...init });
  part(chat, "input").dispatchEvent(event);
  return event;
}

/** Types and sends. */
export function ask(chat: Element, text: string): void {
  type(chat, text);
  press(chat, "Enter");
}

/**
 * Waits for a condition.
 * @returns its value
 */
export async function until<T>(look: () => T): Promise<NonNullable<T>> {
  return eventually(() => look() || expect.fail(`timed out waiting for ${look.toString()}`));
}

/** The next event of a kind. */
export function next<Name extends keyof HTMLElementEventMap>(
  target: HTMLElement,
  name: Name,
): Promise<HTMLElementEventMap[Name]> {
  return new Promise((resolve) => target.addEventListener(name, resolve, { once: true }));
}

/** The requests that the worker has received so far. */
export async function seenRequests(): Promise<SeenRequest[]> {
  const reply: SeenRequest[] = await (await fetch(`${await workerUrl()}/seen`)).json();
  return reply;
}
