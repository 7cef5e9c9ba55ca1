import { expect } from "chai";
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
  next,
  part,
  seenRequests,
  type,
  until,
} from "../support/mount.ts";
import { wholeAnswer } from "../support/scripts.ts";

describe("a conversation", () => {
  afterEach(cleanUp);

  it("shows the assistant's title, a welcome message, starters and the disclosure", async () => {
    const chat = await mountReady();
    expect(find(chat, ".welcome h2")?.innerText).to.contain("Brook");
    expect(find(chat, ".welcome")?.innerText).to.contain("running water").and.to.contain("rivers and streams");
    expect(findAll(chat, ".starter")).to.have.length(3);
    expect(find(chat, ".footer")?.innerText).to.contain("It can be wrong");
    expect(find<HTMLAnchorElement>(chat, ".footer a")?.href).to.equal("https://example.com/privacy");
  });

  it("emits an event when the assistant is ready", async () => {
    const ready = new Promise<Event>((resolve) => document.addEventListener("rivulet-ready", resolve, { once: true }));
    await mount();
    expect(await ready)
      .to.have.property("detail")
      .that.deep.equals({ assistant: "brook", title: "Brook" });
  });

  it("sends a question and shows the exact answer in paragraphs", async () => {
    const chat = await mountReady();
    await askAndWait(chat, "Hello");
    expect(part(chat, "question").textContent).to.equal("Hello");
    expect(answers(chat)).to.deep.equal([wholeAnswer]);
    expect([...part(chat, "answer").children].map(({ localName }) => localName)).to.deep.equal(["p", "p", "p"]);
    expect(part<HTMLTextAreaElement>(chat, "input").value).to.equal("");
    expect(find(chat, ".welcome") === undefined).to.equal(true);
  });

  it("keeps finished paragraphs while the rest streams", async () => {
    const chat = await mountReady();
    ask(chat, "slow answer");
    await until(() => findAll(chat, "[part=answer] p").length > 1);
    const [first] = findAll(chat, "[part=answer] p");
    chat.stop();
    await until(() => find(chat, "[part=send]"));
    expect(findAll(chat, "[part=answer] p")[0] === first).to.equal(true);
  });

  it("sends a starter on click", async () => {
    const chat = await mountReady();
    const starter = button(chat, "Hello, what is a rivulet?");
    starter.focus();
    starter.click();
    await until(() => answers(chat)[0] === wholeAnswer);
    expect(chat.shadowRoot?.activeElement?.getAttribute("part")).to.equal("input");
  });

  it("resolves send() with the response, and emits each delta", async () => {
    const chat = await mountReady();
    let pieces = "";
    chat.addEventListener("rivulet-delta", ({ detail }) => (pieces += detail.content));
    const told = next(chat, "rivulet-response");
    const response = await chat.send("Hello");
    expect(response.content).to.equal(wholeAnswer);
    expect(response.finishReason).to.equal("stop");
    expect(pieces).to.equal(wholeAnswer);
    expect((await told).detail.usage.outputTokens).to.equal(34);
  });

  it("keeps the draft when something else is sent", async () => {
    const chat = await mountReady();
    type(chat, "Half a thou");
    await chat.send("Hello");
    expect(part<HTMLTextAreaElement>(chat, "input").value).to.equal("Half a thou");
  });

  it("sends nothing if rivulet-send is cancelled", async () => {
    const chat = await mountReady();
    chat.addEventListener("rivulet-send", (event) => event.preventDefault());
    ask(chat, "Hello");
    const error: unknown = await chat.send("Hello").catch((reason: unknown) => reason);
    expect(error).to.have.property("name", "AbortError");
    expect(findAll(chat, "[part=message]")).to.have.length(0);
    expect(part<HTMLTextAreaElement>(chat, "input").value).to.equal("Hello");
  });

  it("stops, keeps the partial answer and shows that it was stopped", async () => {
    const chat = await mountReady();
    ask(chat, "slow answer");
    await until(() => answers(chat)[0]?.startsWith("A rivulet is"));
    const stopped = next(chat, "rivulet-stop");
    part(chat, "stop").click();
    await stopped;
    await until(() => find(chat, "[part=send]"));
    expect(answers(chat)[0]).to.contain("A rivulet is");
    await until(() => find(chat, "[part=notice]")?.textContent.trim() === "Stopped.");
  });

  it("stops within bold words, and they stay bold", async () => {
    const chat = await mountReady();
    ask(chat, "slow and bold");
    await until(() => find(chat, "[part=answer] strong")?.innerText.startsWith("words that"));
    part(chat, "stop").click();
    await until(() => find(chat, "[part=send]"));
    expect(find(chat, "[part=answer] strong")?.innerText).to.match(/^words that/);
    expect(answers(chat)[0]).not.to.contain("*");
  });

  it("stops a turn before its first delta", async () => {
    const chat = await mountReady();
    const { length } = await seenRequests(); // the requests of earlier tests
    ask(chat, "silent start");
    // a turn that is stopped before it starts returns the question
    while (!(await seenRequests()).slice(length).some(({ path }) => path === "/v1/messages")) continue;
    (await until(() => find(chat, "[part=stop]"))).click();
    await until(() => find(chat, "[part=send]"));
    await until(() => find(chat, "[part=notice]")?.textContent.trim() === "Stopped.");
  });

  it("shows its status before it writes", async () => {
    const chat = await mountReady();
    ask(chat, "thinking");
    await until(() => find(chat, ".typing")?.innerText === "Searching…");
    await until(() => find(chat, ".typing")?.innerText === "Thinking…");
    await until(() => answers(chat)[0] === "Done.");
  });

  it("lists sources, and links only to allowed addresses", async () => {
    const chat = await mountReady();
    await askAndWait(chat, "with sources");
    const sources = await until(() => find(chat, "[part=sources]")); // their view loads with the first answer that has any
    expect(sources.querySelectorAll("li").length).to.equal(2);
    const links = findAll(chat, "[part=sources] a").map((link) => link.getAttribute("href"));
    expect(links).to.deep.equal(["https://example.com/handbook"]);
    expect(find(chat, "[part=sources] a")?.title).to.equal("https://example.com/handbook");
    expect(find(chat, "[part=sources] li:last-child")?.textContent.replace(/\s+/g, " ").trim()).to.match(
      /^A bad knil ?2$/,
    );
  });

  it("shows that an answer is incomplete", async () => {
    const chat = await mountReady();
    await askAndWait(chat, "cut at length");
    expect(part(chat, "notice").textContent).to.contain("length limit");
  });

  it("reads events with the assistant's own names", async () => {
    const chat = await mountReady({ assistant: "variables" });
    await askAndWait(chat, "Hello");
    expect(answers(chat)).to.deep.equal([wholeAnswer]);
  });

  it("starts a new conversation", async () => {
    const chat = await mountReady();
    await askAndWait(chat, "Hello");
    const changed = next(chat, "rivulet-conversation-change");
    button(chat, "New conversation").click();
    await changed;
    await until(() => find(chat, ".welcome"));
    expect(findAll(chat, "[part=message]")).to.have.length(0);
  });

  it("gives each text its own direction", async () => {
    const chat = await mountReady();
    await askAndWait(chat, "right to left");
    const directions = findAll(chat, "[part=answer] p").map((block) => getComputedStyle(block).direction);
    expect(directions).to.deep.equal(["rtl", "ltr", "rtl"]);
  });

  it("keeps two chats on one page apart", async () => {
    const [one, two] = [await mountReady(), await mountReady({ assistant: "terse" })];
    await Promise.all([askAndWait(one, "Hello"), askAndWait(two, "with sources")]);
    expect(answers(one)).to.deep.equal([wholeAnswer]);
    expect(answers(two)).to.deep.equal(["See the handbook."]);
  });

  it("looks for the visitor's conversation again when it is back, if it was removed meanwhile", async () => {
    const earlier = await mountReady();
    await askAndWait(earlier, "Hello");
    earlier.remove();
    const restored = await mount(); // loads the code for restored conversations
    await until(() => answers(restored).length === 1);
    restored.remove();
    await new Promise((resolve) => setTimeout(resolve)); // a removed element detaches in the next task
    sessionStorage.clear(); // as in another tab of the same visitor
    const held = Promise.withResolvers<void>();
    const handled = Promise.withResolvers<void>();
    const { fetch } = window;
    let requests = 0;
    window.fetch = async (input, init) => {
      const response = await fetch(input, init);
      if (new URL(String(input)).pathname !== "/v1/conversations") return response;
      requests += 1;
      if (requests > 1) return response;
      const list: unknown = await response.json();
      await held.promise;
      const json = () => Promise.resolve(list).finally(() => setTimeout(handled.resolve));
      return Object.assign(new Response(null, response), { json });
    };
    try {
      const chat = await mount();
      await until(() => requests === 1);
      chat.remove();
      await new Promise((resolve) => setTimeout(resolve)); // a removed element detaches in the next task
      held.resolve();
      await handled.promise;
      expect(Object.keys(sessionStorage)).to.deep.equal([]);
      document.body.append(chat);
      await until(() => requests === 2);
      await until(() => answers(chat).length === 1);
    } finally {
      window.fetch = fetch;
    }
  });

  it("keeps everything when it is moved in the page", async () => {
    const chat = await mountReady();
    ask(chat, "slow answer");
    await until(() => find(chat, "[part=answer]")?.innerText);
    const section = document.createElement("section");
    document.body.append(section);
    section.append(chat);
    const before = answers(chat)[0] ?? "";
    await until(() => (answers(chat)[0] ?? "").length > before.length + 20);
    document.body.append(chat);
    section.remove();
    chat.stop();
  });
});
