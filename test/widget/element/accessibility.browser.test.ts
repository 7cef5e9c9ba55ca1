import { expect } from "chai";
import { emulateMedia, setViewport } from "@web/test-runner-commands";
import "axe-core/axe.min.js";
import type axe from "axe-core";
import { ask, askAndWait, button, cleanUp, find, mount, mountReady, part, type, until } from "../support/mount.ts";
import { itInOwnWindow, restoreWindow } from "../support/own-window.ts";
import type { RivuletChat } from "../../../widget/index.ts";

declare global {
  interface Window {
    axe: typeof axe;
  }
}

/** What axe-core finds in the chat, in short. */
async function audit(chat: Element): Promise<string[]> {
  const animations = (chat.shadowRoot?.getAnimations() ?? []).filter(
    ({ effect }) => effect?.getComputedTiming().iterations === 1,
  );
  await Promise.all(animations.map(({ finished }) => finished)); // colors are measured after transitions
  // `region` is about the host page, which decides where an inline chat is
  const { violations } = await window.axe.run(chat, { rules: { region: { enabled: false } } });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${String(target)} ${failureSummary}`),
  );
}

const states: Record<string, () => Promise<RivuletChat>> = {
  launcher: () => mount({ mode: "popup" }),
  loading: () => mount({ mode: "popup", open: "", endpoint: "http://10.255.255.1" }),
  welcome: () => mountReady({ mode: "popup", open: "" }),
  inline: () => mountReady(),
  sidebar: () => mountReady({ mode: "sidebar", open: "" }),
  unavailable: () => mountReady({ assistant: "closed" }),
  "wrong set-up": async () => {
    const chat = await mount({ assistant: "foreign" });
    await until(() => find(chat, "[part=notice]"));
    return chat;
  },
  conversation: () => conversationOf("Hello"),
  sources: () => conversationOf("with sources"),
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
    button(chat, "Rename: Hello").click();
    await until(() => find(chat, ".task input"));
    return chat;
  },
  "before a deletion": async () => {
    const chat = await openList();
    button(chat, "Delete: Hello").click();
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
    button(chat, "Regenerate").click();
    await until(() => find(chat, ".versions"));
    return chat;
  },
  editing: async () => {
    const chat = await conversationOf("Hello");
    button(chat, "Edit message").click();
    await until(() => find(chat, ".message-form"));
    return chat;
  },
  commenting: async () => {
    const chat = await conversationOf("Hello");
    button(chat, "Bad answer").click();
    await until(() => find(chat, ".message-form"));
    return chat;
  },
  reconnecting: async () => {
    const chat = await mountReady();
    ask(chat, "cut connection");
    await until(() => find(chat, ".typing")?.innerText === "Reconnecting…");
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

function goOnline(): void {
  Reflect.deleteProperty(navigator, "onLine");
  window.fetch = fetch;
}

async function openList(): Promise<RivuletChat> {
  const chat = await conversationOf("Hello");
  button(chat, "Conversations").click();
  await until(() => find(chat, ".entry-open"));
  return chat;
}

async function conversationOf(question: string): Promise<RivuletChat> {
  const chat = await mountReady({ mode: "popup", open: "" });
  await askAndWait(chat, question);
  return chat;
}

describe("axe-core finds nothing", () => {
  before(() => {
    document.title = "A test page";
    document.documentElement.lang = "en";
  });
  afterEach(async () => {
    goOnline();
    await cleanUp();
  });
  after(restoreWindow);

  for (const colorScheme of ["light", "dark"] as const) {
    for (const [name, reach] of Object.entries(states)) {
      itInOwnWindow(`${name}, ${colorScheme}`, async () => {
        await emulateMedia({ colorScheme });
        document.body.style.background = colorScheme === "dark" ? "#111" : "#fff";
        expect(await audit(await reach())).to.deep.equal([]);
      });
    }
  }

  for (const name of ["welcome", "conversation", "error", "list", "before a deletion", "editing"]) {
    itInOwnWindow(`${name}, on a phone`, async () => {
      await setViewport({ width: 390, height: 844 });
      const chat = await states[name]?.();
      expect(chat && (await audit(chat))).to.deep.equal([]);
    });
  }

  itInOwnWindow("the button that sends an edit looks different from the one that cancels it", async () => {
    const chat = await states["editing"]?.();
    const [cancel, send] = [":not(:last-child)", ":last-child"].map((place) => {
      const found = chat && find(chat, `.message-form .quiet${place}`);
      return found && getComputedStyle(found).backgroundColor;
    });
    expect(send).to.be.a("string");
    expect(send).not.to.equal(cancel);
  });
});
