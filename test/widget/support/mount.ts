import "../../../widget/define.ts";
import type { CustomStrings, RivuletChat } from "../../../widget/index.ts";
import { ask, find, next, until, workerUrl } from "./page.ts";

export { answers, ask, button, find, findAll, next, part, press, seenRequests, type, until } from "./page.ts";

const mounted = new Set<Element>();

/** Texts that replace the chats' English ones: a site's strings, and how an English label reads in them. */
interface Speech {
  strings: CustomStrings;
  worded(label: string): string;
}

let speech: Speech | undefined;

/** Gives other words to the chats that are added from now on; undefined restores English. */
export function speak(other: Speech | undefined): void {
  speech = other;
}

/** How an English label reads in the words of the chats. */
export function worded(label: string): string {
  return speech?.worded(label) ?? label;
}

// the test files of a run share a browser: an earlier file may have left a visitor's data
localStorage.clear();
sessionStorage.clear();

/**
 * Adds a chat to the page, as a site would.
 * @param attributes override `endpoint` and `assistant`
 */
export async function mount(attributes: Record<string, string> = {}): Promise<RivuletChat> {
  const chat = document.createElement("rivulet-chat");
  const all = { endpoint: await workerUrl(), assistant: "brook", ...attributes };
  for (const [name, value] of Object.entries(all)) chat.setAttribute(name, value);
  if (speech) chat.strings = speech.strings;
  document.body.append(chat);
  mounted.add(chat);
  await chat.updateComplete;
  return chat;
}

/** A chat whose profile is loaded. */
export async function mountReady(attributes: Record<string, string> = {}): Promise<RivuletChat> {
  const chat = await mount(attributes);
  await until(() => find(chat, ".welcome:not(.loading)"));
  return chat;
}

/** Removes what the test added to the page and to storage. */
export async function cleanUp(): Promise<void> {
  for (const element of mounted) element.remove();
  mounted.clear();
  await new Promise((resolve) => setTimeout(resolve)); // a removed element detaches in the next task
  localStorage.clear();
  sessionStorage.clear();
}

/** Types, sends and waits for the end of the turn. */
export async function askAndWait(chat: RivuletChat, text: string): Promise<void> {
  const ended = Promise.race([next(chat, "rivulet-response"), next(chat, "rivulet-error")]);
  ask(chat, text);
  await ended;
  await until(() => find(chat, "[part=send]"));
  await new Promise(requestAnimationFrame); // a new node has no layout, and so no `innerText`, before its first frame
  await new Promise(requestAnimationFrame);
}
