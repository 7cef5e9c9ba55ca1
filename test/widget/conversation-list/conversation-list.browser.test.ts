import { expect } from "chai";
import {
  answers,
  ask,
  askAndWait,
  button,
  cleanUp,
  find,
  findAll,
  mountReady,
  next,
  part,
  seenRequests,
  until,
} from "../support/mount.ts";
import { absoluteEndpoint, storageKey } from "../../../widget/conversation/storage-key.ts";
import type { RivuletChat } from "../../../widget/index.ts";
import { wholeAnswer } from "../support/scripts.ts";

const questions = (chat: RivuletChat) => findAll(chat, "[part=question]").map(({ textContent }) => textContent);

async function openList(chat: RivuletChat): Promise<void> {
  button(chat, "Conversations").click();
  await until(() => find(chat, ".entry-open"));
}

describe("conversation list and message actions", () => {
  afterEach(cleanUp);

  it("shows the newest version of an answer first", async () => {
    const chat = await mountReady();
    await askAndWait(chat, "breaks off once");
    button(chat, "Regenerate").click();
    await until(() => answers(chat)[0] === "Half an answer, made whole.");
    await until(() => find(chat, ".versions")?.innerText.includes("2/2"));
    button(chat, "Previous version").click();
    await until(() => answers(chat)[0] === "Half an");
    expect(find(chat, ".versions")?.innerText).to.contain("1/2");
    button(chat, "Next version").click();
    await until(() => answers(chat)[0] === "Half an answer, made whole.");
  });

  it("edits a question, which removes everything after it", async () => {
    const chat = await mountReady();
    await askAndWait(chat, "Hello");
    await askAndWait(chat, "with sources");
    button(chat, "Edit message").click();
    const field = await until(() => find<HTMLTextAreaElement>(chat, ".message-form textarea"));
    expect(chat.shadowRoot?.activeElement === field).to.equal(true);
    expect(field.value).to.equal("Hello");
    field.value = "cut at length";
    button(chat, "Send").click();
    await until(() => answers(chat)[0] === "As far as");
    expect(questions(chat)).to.deep.equal(["cut at length"]);
    const posts = (await seenRequests()).filter(({ path }) => path === "/v1/messages");
    expect(posts.at(-1)?.body).to.have.property("replaces");
  });

  it("restores the replaced messages if the worker refuses the edit", async () => {
    const chat = await mountReady();
    await askAndWait(chat, "Hello");
    button(chat, "Edit message").click();
    const field = await until(() => find<HTMLTextAreaElement>(chat, ".message-form textarea"));
    field.value = "filtered prompt";
    button(chat, "Send").click();
    await until(() => find(chat, "[part=composer] [part=notice]"));
    expect(questions(chat)).to.deep.equal(["Hello"]);
    expect(answers(chat)).to.deep.equal([wholeAnswer]);
    expect(part<HTMLTextAreaElement>(chat, "input").value).to.equal("filtered prompt");
  });

  it("sends a rating and a comment, and notifies the page", async () => {
    const chat = await mountReady();
    await askAndWait(chat, "Hello");
    const told = next(chat, "rivulet-feedback");
    button(chat, "Bad answer").click();
    expect((await told).detail.feedback).to.deep.equal({ rating: "down" });
    const field = await until(() => find<HTMLTextAreaElement>(chat, ".message-form textarea"));
    expect(field.maxLength).to.equal(2_000); // what the worker accepts
    field.value = "It is too long.";
    const again = next(chat, "rivulet-feedback");
    find(chat, ".message-form .quiet:last-child")?.click();
    expect((await again).detail.feedback).to.deep.equal({ rating: "down", comment: "It is too long." });
    expect(button(chat, "Bad answer").getAttribute("aria-pressed")).to.equal("true");
  });

  it("lists, opens, renames and deletes conversations", async () => {
    const chat = await mountReady();
    await askAndWait(chat, "Hello");
    button(chat, "New conversation").click();
    await askAndWait(chat, "with sources");
    await openList(chat);
    const titles = () => findAll(chat, ".entry-open span").map(({ textContent }) => textContent);
    await until(() => titles().join() === "with sources,Hello");
    button(chat, "Rename: Hello").click();
    const input = await until(() => find<HTMLInputElement>(chat, ".task input"));
    expect([input.selectionStart, input.selectionEnd]).to.deep.equal([0, "Hello".length]); // typing replaces it
    input.value = "Greetings";
    button(chat, "Save").click();
    await until(() => titles()[1] === "Greetings");
    findAll(chat, ".entry-open")[1]?.click();
    await until(() => answers(chat)[0] === wholeAnswer);
    await openList(chat);
    button(chat, "Delete: Greetings").click();
    (await until(() => find(chat, ".task .danger"))).click();
    await until(() => titles().join() === "with sources");
    button(chat, "Back to conversation").click();
    await until(() => find(chat, ".welcome"));
  });

  it("does not show a deleted conversation again when an earlier list arrives late", async () => {
    const chat = await mountReady();
    await askAndWait(chat, "Hello");
    await openList(chat);
    await until(() => findAll(chat, ".entry").length === 1);
    const { fetch } = window;
    const held = Promise.withResolvers<void>();
    let isFirst = true;
    window.fetch = async (input, init) => {
      const response = await fetch(input, init);
      const isList = (init?.method ?? "GET") === "GET" && String(input).endsWith("/v1/conversations");
      if (isList && isFirst) {
        isFirst = false;
        await held.promise;
      }
      return response;
    };
    try {
      const otherTab = new BroadcastChannel(storageKey("tabs", absoluteEndpoint(chat.endpoint), chat.assistant));
      otherTab.postMessage({ type: "changed", conversation: crypto.randomUUID() });
      otherTab.close();
      await until(() => !isFirst);
      button(chat, "Delete: Hello").click();
      (await until(() => find(chat, ".task .danger"))).click();
      await until(() => findAll(chat, ".entry, .task").length === 0);
      held.resolve();
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(findAll(chat, ".entry")).to.deep.equal([]);
    } finally {
      window.fetch = fetch;
    }
  });

  it("shows an empty conversation after everything is deleted, ready to be asked", async () => {
    const chat = await mountReady();
    await askAndWait(chat, "Hello");
    await openList(chat);
    find(chat, ".data summary")?.click();
    (await until(() => find(chat, ".delete-all"))).click();
    (await until(() => find(chat, ".data .task .danger"))).click();
    await until(() => find(chat, ".welcome:not(.loading)") && find(chat, "[part=composer]"));
    await until(() => chat.shadowRoot?.activeElement === part(chat, "input"));
    expect(questions(chat)).to.deep.equal([]);
  });

  it("sends an edited question with Enter, as the composer does", async () => {
    const chat = await mountReady();
    await askAndWait(chat, "Hello");
    button(chat, "Edit message").click();
    const field = await until(() => find<HTMLTextAreaElement>(chat, ".message-form textarea"));
    field.value = "Hello again";
    const keydown = (init: KeyboardEventInit) =>
      field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true, ...init }));
    expect(keydown({ shiftKey: true })).to.equal(true); // a new line
    expect(keydown({ isComposing: true })).to.equal(true);
    expect(keydown({})).to.equal(false);
    await until(() => questions(chat).join() === "Hello again");
  });

  it("stays in a conversation that was created after a not-found response was requested", async () => {
    const chat = await mountReady();
    const changed = next(chat, "rivulet-conversation-change");
    chat.newConversation();
    const { conversation } = (await changed).detail;
    const { fetch } = window;
    const held = Promise.withResolvers<void>();
    window.fetch = async (input, init) => {
      const response = await fetch(input, init);
      if (response.status === 404) await held.promise; // the response is late
      return response;
    };
    try {
      const otherTab = new BroadcastChannel(storageKey("tabs", absoluteEndpoint(chat.endpoint), chat.assistant));
      otherTab.postMessage({ type: "changed", conversation });
      otherTab.close();
      while (!(await seenRequests()).some(({ path }) => path === `/v1/conversations/${conversation}`)) continue;
      await askAndWait(chat, "Hello");
      held.resolve();
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(questions(chat)).to.deep.equal(["Hello"]);
    } finally {
      window.fetch = fetch;
    }
  });

  it("loads older messages on scrolling up and keeps the scroll position", async () => {
    const chat = await mountReady({ mode: "popup", open: "" });
    for (let at = 0; at < 8; at++) await askAndWait(chat, `Hello ${at}`);
    chat.newConversation();
    await openList(chat);
    findAll(chat, ".entry-open")[0]?.click();
    await until(() => questions(chat).join() === [2, 3, 4, 5, 6, 7].map((at) => `Hello ${at}`).join());
    const area = part(chat, "messages");
    await until(() => area.scrollTop > 500);
    // a reader scrolls only after seeing the messages
    for (let frame = 0; frame < 5; frame++) await new Promise(requestAnimationFrame);
    area.scrollTop = 300;
    await new Promise(requestAnimationFrame);
    const { top } = area.getBoundingClientRect();
    const read = findAll(chat, "[data-message]").find((message) => message.getBoundingClientRect().bottom > top);
    const before = read?.getBoundingClientRect().top ?? 0;
    const moved = () => Math.abs((read?.getBoundingClientRect().top ?? 0) - before);
    await until(() => questions(chat).length === 8);
    await until(() => moved() < 40); // the chat restores the position some frames later
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(moved()).to.be.lessThan(40);
  });

  it("uses a site's own strings in the list and in forms, and English ones for the rest", async () => {
    const chat = await mountReady({ lang: "nl" });
    chat.strings = {
      chat: { lang: "nl", send: "Versturen" },
      list: { yourData: "Je gegevens" },
      forms: { replaces: "Dit vervangt het antwoord." },
    };
    await until(() => part(chat, "send").getAttribute("aria-label") === "Versturen");
    await askAndWait(chat, "Hello");
    button(chat, "Edit message").click();
    expect((await until(() => find(chat, ".message-form small"))).textContent).to.equal("Dit vervangt het antwoord.");
    await openList(chat);
    expect((await until(() => find(chat, ".data summary"))).textContent).to.equal("Je gegevens");
  });

  it("changes its words with the language while it is open, and keeps a name that is being typed", async () => {
    const chat = await mountReady();
    await askAndWait(chat, "Hello");
    await openList(chat);
    button(chat, "Rename: Hello").click();
    const field = await until(() => find<HTMLInputElement>(chat, ".task input"));
    field.value = "Tea";
    chat.lang = "de";
    await until(() => find(chat, ".data summary")?.textContent === "Ihre Daten");
    expect(find<HTMLInputElement>(chat, ".task input")?.value).to.equal("Tea");
    expect(find(chat, ".list-back")?.getAttribute("aria-label")).to.equal("Zurück zur Unterhaltung");
  });

  it("leaves nothing in storage after reset()", async () => {
    const chat = await mountReady();
    await askAndWait(chat, "Hello");
    ask(chat, "slow answer");
    await until(() => answers(chat).length === 2);
    await chat.reset();
    expect(questions(chat)).to.deep.equal([]);
    expect(Object.keys({ ...localStorage, ...sessionStorage })).to.deep.equal([]);
    const last = (await seenRequests()).at(-1);
    expect(`${last?.method} ${last?.path}`).to.equal("DELETE /v1/sessions");
  });

  for (const isShown of [true, false]) {
    it(`leaves nothing in a list that is ${isShown ? "open" : "closed"} after reset()`, async () => {
      const chat = await mountReady();
      await askAndWait(chat, "Hello");
      await openList(chat);
      const entry = await until(() => find(chat, ".entry-open"));
      expect(entry.textContent).to.include("Hello");
      if (!isShown) find(chat, ".list-back")?.click();
      await chat.reset();
      const list = chat.shadowRoot?.querySelector(".conversation-list"); // it may be hidden
      expect(list?.textContent).not.to.include("Hello");
      await new Promise((resolve) => setTimeout(resolve, 500)); // a request for a new visitor would be sent by then
      expect(Object.keys({ ...localStorage })).to.deep.equal([]);
    });
  }
});
