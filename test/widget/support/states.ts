import type { RivuletChat } from "../../../widget/index.ts";
import { launcher } from "../../../widget/strings/en.ts";
import { tell } from "../../../widget/strings/other-languages.ts";
import { shiftClock } from "./clock.ts";
import { addRecognition, addVoices, removeStandIns } from "./voices.ts";
import { ask, askAndWait, button, find, mount, mountReady, part, type, until, worded } from "./mount.ts";

/** The languages in which the device can speak and recognize speech: the page's and the chat's. */
const spoken = ["en-US", "de", "ar"];

/** Every state of the interface, reached as a visitor reaches it. */
export const states: Record<string, () => Promise<RivuletChat>> = {
  launcher: () => mount({ mode: "popup" }),
  greeting: async () => {
    const chat = await mount({ mode: "popup", greeting: "Stuck on a light?", "greeting-replies": "It blinks|It hums" });
    const { setTimeout: later } = window;
    window.setTimeout = Object.assign((run: TimerHandler) => later(run), later); // skips the delay of five seconds
    await tell(chat, { ...launcher, lang: "en" });
    window.setTimeout = later;
    await until(() => find(chat, "[part=teaser]"));
    return chat;
  },
  loading: () => mount({ mode: "popup", open: "", endpoint: "http://10.255.255.1" }),
  welcome: () => mountReady({ mode: "popup", open: "" }),
  inline: () => mountReady(),
  sidebar: () => mountReady({ mode: "sidebar", open: "" }),
  unavailable: () => mountReady({ assistant: "closed" }),
  "unavailable, with people": async () => {
    const chat = await mountReady({ assistant: "handed-closed", mode: "popup", open: "" });
    await until(() => find(chat, ".handover-form"));
    return chat;
  },
  "writing to people": async () => {
    const chat = await writeTo();
    button(chat, worded("Send to the team")).click();
    await until(() => find(chat, ".handover-error"));
    return chat;
  },
  "a message to people that failed": async () => {
    const chat = await writeTo();
    fillIn(chat, { message: "limited", contact: "ada@example.com" });
    button(chat, worded("Send to the team")).click();
    await until(() => find(chat, "#handover-failed"));
    return chat;
  },
  "a message to people that was sent": async () => {
    const chat = await writeTo();
    fillIn(chat, { message: "Please call.", contact: "ada@example.com" });
    button(chat, worded("Send to the team")).click();
    await until(() => find(chat, ".handover-sent"));
    return chat;
  },
  "asked for consent": async () => {
    const chat = await mountReady({ assistant: "asking" });
    await until(() => find(chat, ".agree"));
    return chat;
  },
  "wrong set-up": async () => {
    const chat = await mount({ assistant: "foreign" });
    await until(() => find(chat, "[part=notice]"));
    return chat;
  },
  conversation: () => conversationOf("Hello"),
  sources: async () => {
    const chat = await conversationOf("with sources");
    await until(() => find(chat, ".card"));
    return chat;
  },
  suggestions: async () => {
    const chat = await conversationOf("what next");
    await until(() => find(chat, ".suggestion"));
    return chat;
  },
  "what it thought": async () => {
    const chat = await conversationOf("thinks aloud");
    find(chat, "[part=reasoning] summary")?.click();
    return chat;
  },
  "no answer": () => conversationOf("thinks its limit away"),
  directions: () => conversationOf("right to left"),
  "long words": () => conversationOf("long words"),
  error: () => conversationOf("breaks off once"),
  streaming: async () => {
    const chat = await mountReady();
    ask(chat, "slow answer");
    await until(() => find(chat, "[part=answer]")?.innerText);
    return chat;
  },
  waiting: async () => {
    const chat = await mountReady();
    ask(chat, "thinking");
    await until(() => find(chat, ".typing"));
    return chat;
  },
  "waiting for long": async () => {
    const chat = await mountReady();
    ask(chat, "thinks for long");
    await until(() => find(chat, ".clock")?.textContent);
    shiftClock(12_000);
    await until(() => find(chat, ".longer")?.textContent);
    return chat;
  },
  "unread answers": async () => {
    const chat = await mountReady({ mode: "popup", open: "" });
    ask(chat, "all but slow");
    await until(() => find(chat, "[part=answer]")?.innerText);
    chat.hide();
    await until(() => find(chat, ".badge"));
    return chat;
  },
  "two days": async () => {
    shiftClock(-48 * 3_600_000);
    const chat = await conversationOf("Hello");
    shiftClock(0);
    await askAndWait(chat, "Hello again");
    await until(() => find(chat, ".day"));
    return chat;
  },
  "reading aloud": async () => {
    addVoices(...spoken);
    const chat = await mountReady({ assistant: "speaking", mode: "popup", open: "" });
    await askAndWait(chat, "Hello");
    (await until(() => find(chat, ".speak"))).click();
    await until(() => find(chat, ".speak[aria-pressed=true]"));
    return chat;
  },
  dictating: async () => {
    addRecognition(...spoken);
    const chat = await mountReady({ assistant: "speaking", mode: "popup", open: "" });
    (await until(() => find(chat, ".dictate"))).click();
    await until(() => find(chat, ".dictate[aria-pressed=true]"));
    return chat;
  },
  "speech that failed": async () => {
    const synthesis = addVoices(...spoken);
    const chat = await mountReady({ assistant: "speaking" });
    await askAndWait(chat, "Hello");
    (await until(() => find(chat, ".speak"))).click();
    synthesis.finish("error");
    await until(() => find(chat, ".speech-note"));
    return chat;
  },
  "rate limited": async () => {
    const chat = await mountReady();
    ask(chat, "limited long");
    await until(() => find(chat, "[part=notice]"));
    return chat;
  },
  "text given back": async () => {
    const chat = await mountReady();
    ask(chat, "filtered prompt");
    await until(() => find(chat, "[part=notice]"));
    return chat;
  },
  "over the limit": async () => {
    const chat = await mountReady({ assistant: "terse" });
    type(chat, "Much more than twenty characters");
    await until(() => find(chat, ".limit.over"));
    return chat;
  },
  "a question waits offline": async () => {
    const chat = await mountReady();
    goOffline();
    ask(chat, "Hello");
    await until(() => find(chat, ".queued"));
    return chat;
  },
  "a challenge that failed": async () => {
    const chat = await mountReady({ assistant: "failing" });
    ask(chat, "Hello");
    await until(() => find(chat, ".challenge button"));
    return chat;
  },
  list: () => openList(),
  renaming: async () => {
    const chat = await openList();
    button(chat, worded("Rename: Hello")).click();
    await until(() => find(chat, ".task input"));
    return chat;
  },
  "before a deletion": async () => {
    const chat = await openList();
    button(chat, worded("Delete: Hello")).click();
    await until(() => find(chat, ".task .keep"));
    return chat;
  },
  "the visitor's data": async () => {
    const chat = await openList();
    find(chat, ".data summary")?.click();
    await until(() => find(chat, ".delete-all"));
    return chat;
  },
  versions: async () => {
    const chat = await conversationOf("Hello");
    button(chat, worded("Regenerate")).click();
    await until(() => find(chat, ".versions"));
    return chat;
  },
  editing: async () => {
    const chat = await conversationOf("Hello");
    button(chat, worded("Edit message")).click();
    await until(() => find(chat, ".message-form"));
    return chat;
  },
  commenting: async () => {
    const chat = await conversationOf("Hello");
    button(chat, worded("Bad answer")).click();
    await until(() => find(chat, ".message-form"));
    return chat;
  },
  reconnecting: async () => {
    const chat = await mountReady();
    ask(chat, "cut connection");
    await until(() => find(chat, ".typing")?.innerText.includes(worded("Reconnecting…")));
    return chat;
  },
  "scrolled up": async () => {
    const chat = await mountReady({ mode: "popup", open: "" });
    await askAndWait(chat, "long answer");
    part(chat, "messages").scrollTop = 0;
    await until(() => find(chat, ".jump"));
    return chat;
  },
};

const { fetch } = window;

/** Goes offline like a browser: dispatches the event, and no request is sent. */
export function goOffline(): void {
  Object.defineProperty(navigator, "onLine", { value: false, configurable: true });
  window.fetch = () => Promise.reject(new TypeError("offline"));
  window.dispatchEvent(new Event("offline"));
}

/** Undoes what a state has changed in the browser. */
export function restoreBrowser(): void {
  shiftClock(0);
  removeStandIns();
  Reflect.deleteProperty(navigator, "onLine");
  window.fetch = fetch;
}

/** A chat in which, after one question, the form for writing to people is open. */
async function writeTo(): Promise<RivuletChat> {
  const chat = await mountReady({ assistant: "handed", mode: "popup", open: "" });
  await askAndWait(chat, "Hello");
  (await until(() => find(chat, ".handover-button"))).click();
  await until(() => find(chat, ".handover-form"));
  return chat;
}

/** Fills in the form for writing to people. */
export function fillIn(chat: RivuletChat, fields: Record<string, string>): void {
  for (const [name, value] of Object.entries(fields)) {
    const field = find<HTMLInputElement>(chat, `.handover-form [name=${name}]`);
    if (!field) throw new Error(`no field ${name}`);
    field.value = value;
    field.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
  }
}

async function openList(): Promise<RivuletChat> {
  const chat = await conversationOf("Hello");
  button(chat, worded("Conversations")).click();
  await until(() => find(chat, ".entry-open"));
  return chat;
}

async function conversationOf(question: string): Promise<RivuletChat> {
  const chat = await mountReady({ mode: "popup", open: "" });
  await askAndWait(chat, question);
  return chat;
}
