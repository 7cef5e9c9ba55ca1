import type { RivuletChat } from "../../../widget/index.ts";
import { ask, askAndWait, button, find, mount, mountReady, part, type, until, worded } from "./mount.ts";

/** Every state of the interface, reached as a visitor reaches it. */
export const states: Record<string, () => Promise<RivuletChat>> = {
  launcher: () => mount({ mode: "popup" }),
  loading: () => mount({ mode: "popup", open: "", endpoint: "http://10.255.255.1" }),
  welcome: () => mountReady({ mode: "popup", open: "" }),
  inline: () => mountReady(),
  sidebar: () => mountReady({ mode: "sidebar", open: "" }),
  unavailable: () => mountReady({ assistant: "closed" }),
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
  sources: () => conversationOf("with sources"),
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
    await until(() => find(chat, ".typing")?.innerText.includes("Reconnecting…"));
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
function goOffline(): void {
  Object.defineProperty(navigator, "onLine", { value: false, configurable: true });
  window.fetch = () => Promise.reject(new TypeError("offline"));
  window.dispatchEvent(new Event("offline"));
}

/** Ends what a state has done to the browser. */
export function goOnline(): void {
  Reflect.deleteProperty(navigator, "onLine");
  window.fetch = fetch;
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
