import { expect } from "chai";
import type { RivuletChat } from "../../../widget/index.ts";
import {
  answers,
  ask,
  askAndWait,
  button,
  cleanUp,
  find,
  findAll,
  mount,
  mountReady,
  seenRequests,
  type,
  until,
} from "../support/mount.ts";
import { addRecognition, Recognition, removeStandIns } from "../support/voices.ts";

const keys = () => [...Object.keys(localStorage), ...Object.keys(sessionStorage)];
const consentKey = () => keys().find((key) => key.includes(":consent:")) ?? "";
const sessionKey = () => keys().find((key) => key.includes(":session:")) ?? "";
const agreeButton = (chat: RivuletChat) => find<HTMLButtonElement>(chat, "[part=agree]");
const field = (chat: RivuletChat) => find<HTMLTextAreaElement>(chat, "[part=input]");
const posts = async () => (await seenRequests()).filter(({ method }) => method === "POST");
const { fetch } = window;

async function asking(attributes: Record<string, string> = {}): Promise<RivuletChat> {
  const chat = await mountReady({ assistant: "asking", ...attributes });
  await until(() => agreeButton(chat) ?? field(chat));
  return chat;
}

async function agreed(attributes: Record<string, string> = {}): Promise<RivuletChat> {
  const chat = await asking(attributes);
  agreeButton(chat)?.click();
  await until(() => field(chat));
  return chat;
}

/** A chat whose visitor has agreed and has a session. The stored agreement names the visitor. */
async function inConversation(): Promise<RivuletChat> {
  const chat = await agreed();
  await askAndWait(chat, "Hello");
  await until(() => localStorage.getItem(consentKey())?.includes("visitor"));
  return chat;
}

/** Stores or removes a value, as another tab would. */
function storeElsewhere(key: string, value: string | null): void {
  if (value === null) localStorage.removeItem(key);
  else localStorage.setItem(key, value);
  window.dispatchEvent(new StorageEvent("storage", { key }));
}

/** The stored value, with another visitor's id. @param visitor undefined for a visitor without a session */
function ofVisitor(key: string, visitor: string | undefined): string {
  const stored: unknown = JSON.parse(localStorage.getItem(key) ?? "");
  return JSON.stringify(Object.assign({}, stored, { visitor }));
}

/** Signs in somebody else, as on another page. */
function signInElsewhere(): void {
  storeElsewhere(sessionKey(), ofVisitor(sessionKey(), "somebody else"));
}

/** Makes the chat ask for consent again, in the middle of a conversation. */
async function askAgain(chat: RivuletChat): Promise<void> {
  storeElsewhere(consentKey(), JSON.stringify({ id: "an earlier text" }));
  await until(() => agreeButton(chat));
}

/**
 * Holds back requests until `arrive` is called.
 * @param path part of their address
 */
function delay(path: string): { arrive: () => void; requested: () => boolean; arrived: Promise<Response> } {
  const held = Promise.withResolvers<void>();
  const arrived = Promise.withResolvers<Response>();
  let isRequested = false;
  window.fetch = async (input, init) => {
    if (!String(input).includes(path)) return fetch(input, init);
    isRequested = true;
    await held.promise;
    const response = await fetch(input, init);
    arrived.resolve(response.clone());
    return response;
  };
  return { arrive: () => held.resolve(), requested: () => isRequested, arrived: arrived.promise };
}

async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe("consent", function () {
  this.timeout(60_000);
  afterEach(async () => {
    window.fetch = fetch;
    await cleanUp();
    removeStandIns();
  });

  it("is asked for before anything can be typed, sent or stored", async () => {
    const chat = await asking({ mode: "popup", open: "" });
    expect([field(chat), findAll(chat, ".starter").length]).to.deep.equal([undefined, 0]);
    expect(find(chat, "[part=consent]")?.innerText).to.contain("stored for 30 days");
    const before = (await seenRequests()).length;
    let isAboutToSend = false;
    chat.addEventListener("rivulet-send", () => (isAboutToSend = true));
    expect(await errorOf(chat.send("Hello"))).to.have.property("name", "AbortError");
    chat.hide();
    chat.show();
    await chat.updateComplete;
    expect([keys(), (await seenRequests()).length, isAboutToSend]).to.deep.equal([[], before, false]);
  });

  it("is given with one click, which leads to the text field, and is not asked for again", async () => {
    const chat = await asking();
    agreeButton(chat)?.click();
    await until(() => field(chat) && chat.shadowRoot?.activeElement === field(chat));
    expect(consentKey()).not.to.equal("");
    expect(findAll(chat, ".starter").length).to.equal(3);
    await askAndWait(chat, "Hello");
    const next = await mount({ assistant: "asking" });
    await until(() => field(next) && find(next, "[part=answer]"));
    expect(agreeButton(next)).to.equal(undefined);
  });

  it("is awaited by what is sent before the profile is here", async () => {
    const { arrive } = delay("/v1/assistants/");
    const before = (await posts()).length;
    const chat = await mount({ assistant: "asking" });
    ask(chat, "Hello");
    const sent = errorOf(chat.send("Hello again"));
    await new Promise(requestAnimationFrame);
    expect([(await posts()).length, keys()]).to.deep.equal([before, []]);
    arrive();
    await until(() => agreeButton(chat));
    expect(await sent).to.have.property("name", "AbortError");
    expect([(await posts()).length, keys()]).to.deep.equal([before, []]);
    agreeButton(chat)?.click();
    expect((await until(() => field(chat))).value).to.equal("Hello"); // what was typed is still there
  });

  it("does not hold back what is sent to an assistant that asks for nothing", async () => {
    const { arrive } = delay("/v1/assistants/");
    const chat = await mount();
    ask(chat, "Hello");
    const sent = chat.send("Hello again");
    arrive();
    expect(await errorOf(sent)).to.have.property("code", "turn_in_progress");
    await until(() => answers(chat).length === 1);
  });

  it("is asked for again when the text has changed, and when the visitor has", async () => {
    const chat = await agreed();
    const key = consentKey();
    await askAgain(chat);
    agreeButton(chat)?.click();
    await until(() => field(chat));
    await chat.reset();
    await until(() => agreeButton(chat));
    expect(localStorage.getItem(key)).to.equal(null);
  });

  it("is forgotten with a visitor who has asked something", async () => {
    const chat = await inConversation();
    const key = consentKey();
    await chat.reset();
    await until(() => agreeButton(chat));
    expect(localStorage.getItem(key)).to.equal(null);
  });

  it("belongs to the visitor who has agreed, also if somebody else has signed in on another page", async () => {
    const chat = await inConversation();
    signInElsewhere();
    await until(() => agreeButton(chat));
    expect(field(chat)).to.equal(undefined);
  });

  it("of the next visitor stays when a chat learns late that the one before has gone", async () => {
    const chat = await inConversation();
    const agreement = ofVisitor(consentKey(), "somebody else");
    localStorage.setItem(consentKey(), agreement);
    signInElsewhere();
    await until(() => answers(chat).length === 0);
    expect(localStorage.getItem(consentKey())).to.equal(agreement);
    await until(() => field(chat));
  });

  it("of the next visitor, who has no session yet, is not taken for that of the one before", async () => {
    const chat = await inConversation();
    const key = consentKey();
    const agreement = ofVisitor(key, undefined);
    chat.remove();
    localStorage.removeItem(sessionKey());
    localStorage.setItem(key, agreement);
    chat.accentColor = "#123456"; // updates the chat after it was removed
    await chat.updateComplete;
    expect(localStorage.getItem(key)).to.equal(agreement);
  });

  it("of the next visitor stays when a removed chat learns late that the one before has gone", async () => {
    await inConversation();
    const { arrive, requested, arrived } = delay("/v1/conversations");
    signInElsewhere();
    await until(requested);
    await cleanUp();
    const next = await agreed();
    arrive();
    await (await arrived).text();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(consentKey()).not.to.equal("");
    expect(field(next)).not.to.equal(undefined);
  });

  it("is given, and taken back, in every tab", async () => {
    const chat = await agreed();
    const [key, value] = [consentKey(), localStorage.getItem(consentKey())];
    storeElsewhere(key, null);
    await until(() => agreeButton(chat));
    storeElsewhere(key, value);
    await until(() => field(chat));
  });

  it("blocks everything that asks, changes or rates, in a conversation that can still be read", async () => {
    addRecognition("en-US");
    const chat = await agreed({ assistant: "asking-and-speaking" });
    await askAndWait(chat, "what next");
    await until(() => find(chat, ".suggestion"));
    const clickable = ["Edit message", "Regenerate", "Good answer"].map((label) => button(chat, label));
    const suggestion = await until(() => find(chat, ".suggestion"));
    button(chat, "Edit message").click();
    const form = await until(() => find(chat, ".message-form"));
    (await until(() => find(chat, ".dictate"))).click();
    const recognition = await until(() => Recognition.current);
    const before = (await posts()).length;
    await askAgain(chat);
    await until(() => !recognition.isRunning); // the microphone is off
    // clicks the earlier elements, as if they could still be reached
    for (const each of [...clickable, suggestion]) each.click();
    form.dispatchEvent(new SubmitEvent("submit", { cancelable: true }));
    await chat.updateComplete;
    expect((await posts()).length).to.equal(before);
    expect(answers(chat)).to.have.length(1);
    for (const selector of [".suggestion", ".actions", ".notice-actions", ".handover-button"])
      expect(findAll(chat, selector).some((each) => each.checkVisibility())).to.equal(false);
    agreeButton(chat)?.click();
    await until(() => field(chat));
    await until(() => find(chat, ".suggestion")?.checkVisibility());
  });

  it("is asked for before a question of an earlier page is delivered, which it then is", async () => {
    const chat = await agreed();
    type(chat, "a draft");
    await askAgain(chat);
    const tabKey = keys().find((key) => key.includes(":tab:")) ?? "";
    const question = { role: "user", id: crypto.randomUUID(), content: "Hello", createdAt: Date.now() };
    const tab: unknown = JSON.parse(sessionStorage.getItem(tabKey) ?? "");
    chat.remove();
    const undelivered = [{ ...question, delivery: { state: "sending" } }];
    sessionStorage.setItem(tabKey, JSON.stringify(Object.assign({}, tab, { undelivered })));
    const before = (await posts()).length;
    const next = await mount({ assistant: "asking" });
    await until(() => agreeButton(next));
    expect((await posts()).length).to.equal(before);
    agreeButton(next)?.click();
    await until(() => answers(next).length === 1);
  });

  it("applies until the page is closed where nothing can be stored", async () => {
    const { setItem } = Storage.prototype;
    Storage.prototype.setItem = () => {
      throw new DOMException("denied", "QuotaExceededError");
    };
    try {
      const chat = await agreed();
      await askAndWait(chat, "Hello");
      expect([agreeButton(chat), keys()]).to.deep.equal([undefined, []]);
      await chat.reset();
      await until(() => agreeButton(chat));
    } finally {
      Storage.prototype.setItem = setItem;
    }
  });

  it("is in the chat's language, with the text's own direction", async () => {
    const chat = await asking({ lang: "ar" });
    await until(() => agreeButton(chat)?.innerText === "موافقة ومتابعة");
    expect(find(chat, ".consent-text p")?.dir).to.equal("auto");
  });
});
