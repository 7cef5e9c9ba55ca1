import { expect } from "chai";
import { RivuletError } from "../../widget/index.ts";
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
  until,
} from "./mount.ts";

/** What the console was told while something ran, and until it was told certain words. */
async function consoleErrors(words: string, run: () => Promise<unknown>): Promise<string> {
  const own = console.error;
  const said: string[] = [];
  console.error = (...values: unknown[]) => said.push(values.join(" "));
  try {
    await run();
    await until(() => said.join("\n").includes(words));
  } finally {
    console.error = own;
  }
  return said.join("\n");
}

describe("what goes wrong", () => {
  afterEach(cleanUp);

  it("keeps a refused question with a retry, a reference and its own id", async () => {
    const chat = await mountReady();
    const failed = next(chat, "rivulet-error");
    ask(chat, "internal once");
    const { detail } = await failed;
    expect(detail.code).to.equal("internal");
    const notice = await until(() => find(chat, "[part=notice]"));
    expect(notice.textContent).to.contain("Something went wrong on our side.");
    expect(notice.textContent).to.contain(detail.requestId?.slice(0, 8));
    const again = button(chat, "Try again");
    again.focus();
    again.click();
    await until(() => answers(chat)[0] === "Now.");
    expect(find(chat, "[part=notice]") === undefined).to.equal(true);
    expect(chat.shadowRoot?.activeElement?.getAttribute("part")).to.equal("input");
    const posts = (await seenRequests()).filter(
      ({ path, body }) => path === "/v1/messages" && isAbout(body, "internal once"),
    );
    expect(posts).to.have.length(2);
    expect(posts[0]?.body).to.deep.equal(posts[1]?.body);
  });

  it("copies the whole reference, and says so", async () => {
    const chat = await mountReady();
    ask(chat, "limited long");
    const reference = await until(() => find(chat, ".reference"));
    let copied = "";
    Object.defineProperty(navigator, "clipboard", {
      value: { writeText: async (text: string) => void (copied = text) },
      configurable: true,
    });
    reference.click();
    await until(() => reference.innerText.startsWith("Copied"));
    expect(copied).to.match(/^[\w-]{36}$/);
    Reflect.deleteProperty(navigator, "clipboard");
  });

  it("counts the seconds of a rate limit, then sends by itself, once", async () => {
    const chat = await mountReady();
    ask(chat, "limited once");
    const notice = await until(() => find(chat, "[part=notice]"));
    expect(notice.textContent).to.contain("It is sent again in 2 seconds.");
    await until(() => notice.textContent.includes("in 1 second."));
    await until(() => answers(chat)[0] === "Now.");
    const posts = (await seenRequests()).filter(({ body }) => isAbout(body, "limited once"));
    expect(posts).to.have.length(2);
    expect(posts[0]?.body).to.deep.equal(posts[1]?.body);
  });

  it("says when, where it takes longer than a minute", async () => {
    const chat = await mountReady();
    ask(chat, "limited for an hour");
    const notice = await until(() => find(chat, "[part=notice]"));
    expect(notice.textContent).to.match(/You can try again at .*\d+:\d\d/);
    expect(button(chat, "Try again").disabled).to.equal(true);
  });

  it("gives a refused text back to the composer where another try cannot help", async () => {
    const chat = await mountReady();
    ask(chat, "filtered prompt, in my own words");
    const notice = await until(() => find(chat, "[part=composer] [part=notice]"));
    expect(notice.textContent).to.contain("content filter");
    expect(part<HTMLTextAreaElement>(chat, "input").value).to.equal("filtered prompt, in my own words");
    expect(findAll(chat, "[part=message]")).to.have.length(0);
  });

  it("takes a question back into the composer to be changed", async () => {
    const chat = await mountReady();
    ask(chat, "limited long");
    await until(() => find(chat, "[part=notice]"));
    button(chat, "Edit").click();
    await until(() => part<HTMLTextAreaElement>(chat, "input").value === "limited long");
    expect(findAll(chat, "[part=message]")).to.have.length(0);
  });

  it("keeps a broken answer and makes it anew", async () => {
    const chat = await mountReady();
    await askAndWait(chat, "breaks off once");
    expect(answers(chat)).to.deep.equal(["Half an"]);
    expect(part(chat, "notice").textContent).to.contain("broke off");
    button(chat, "Try again").click();
    await until(() => answers(chat)[0] === "Half an answer, made whole.");
    expect(answers(chat)).to.have.length(1);
    const again = (await seenRequests()).filter(({ path }) => path === "/v1/regenerate");
    expect(again).to.have.length.greaterThan(0);
  });

  it("goes on after the last event by itself where only the connection broke", async () => {
    const chat = await mountReady();
    ask(chat, "cut connection");
    await until(() => find(chat, ".typing")?.innerText === "Reconnecting…");
    await until(() => answers(chat)[0]?.startsWith("Before the cut")); // what came is kept
    await until(() => answers(chat)[0] === "Before the cut, and after.");
    expect(find(chat, "[part=notice]") === undefined).to.equal(true);
  });

  it("has a challenge solved before the first message, shows it when it needs the visitor, and lets him try again", async () => {
    const chat = await mountReady({ assistant: "guarded" });
    ask(chat, "Hello");
    const frame = await until(() => find<HTMLIFrameElement>(chat, ".challenge iframe:not(.waiting)"));
    expect(frame.title).to.equal("Check that you are human");
    (await until(() => find(chat, ".challenge button"))).click();
    await until(() => answers(chat)[0]?.startsWith("A rivulet"));
    expect(find(chat, ".challenge iframe") === undefined).to.equal(true);
  });

  it("rejects send() with the code", async () => {
    const chat = await mountReady();
    const error: unknown = await chat.send("limited long").catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(RivuletError).and.to.have.property("code", "rate_limited");
  });

  it("renews a token that is refused, once, without anybody noticing", async () => {
    const chat = await mountReady();
    const endpoint = chat.endpoint.replace(/\/$/, "");
    const stale = { token: "stale", expiresAt: Date.now() + 600_000 };
    localStorage.setItem(`rivulet-chat:session:${endpoint}:brook`, JSON.stringify(stale));
    await askAndWait(chat, "Hello");
    expect(answers(chat)).to.have.length(1);
    const renewals = (await seenRequests()).filter(({ body }) => isRecord(body) && body["renew"] === "stale");
    expect(renewals).to.have.length(1);
  });

  it("stores nothing and makes no session before the first message", async () => {
    const before = (await seenRequests()).filter(({ path }) => path === "/v1/sessions").length;
    const chat = await mountReady();
    expect(localStorage).to.have.length(0);
    expect(sessionStorage).to.have.length(0);
    expect((await seenRequests()).filter(({ path }) => path === "/v1/sessions")).to.have.length(before);
    await askAndWait(chat, "Hello");
    expect(localStorage).to.have.length(1);
  });

  for (const [assistant, advice, sentence] of [
    [
      "foreign",
      `Add "${location.origin}" to origins in assistants/foreign/assistant.ts`,
      "not available on this website",
    ],
    ["nobody", 'no assistant "nobody"', "not available here"],
    ["", 'data-assistant="…"', "not set up yet"],
  ] as const) {
    it(`explains a wrong set-up: assistant "${assistant}"`, async () => {
      const said = await consoleErrors(advice, async () => {
        const chat = await mount({ assistant });
        const notice = await until(() => find(chat, "[part=notice]"));
        expect(notice.textContent).to.contain(sentence);
      });
      expect(said).to.contain(advice);
    });
  }

  it("explains an endpoint where nothing answers", async () => {
    const said = await consoleErrors("connect-src", async () => {
      const chat = await mount({ endpoint: "http://127.0.0.1:9/chat" });
      const notice = await until(() => find(chat, "[part=notice]"));
      expect(notice.textContent).to.contain("cannot be reached");
      expect(button(chat, "Try again").disabled).to.equal(false);
    });
    expect(said).to.contain("http://127.0.0.1:9/chat").and.to.contain("connect-src");
  });

  it("says that it is offline, and that it is back", async () => {
    const chat = await mountReady();
    const isOnline = Object.getOwnPropertyDescriptor(Navigator.prototype, "onLine");
    Object.defineProperty(navigator, "onLine", { value: false, configurable: true });
    window.dispatchEvent(new Event("offline"));
    expect((await until(() => find(chat, "[part=notice]"))).textContent).to.contain("offline");
    Object.defineProperty(navigator, "onLine", { ...isOnline, configurable: true });
    Reflect.deleteProperty(navigator, "onLine");
    window.dispatchEvent(new Event("online"));
    await until(() => !find(chat, "[part=notice]"));
  });
});

function isAbout(body: unknown, prompt: string): boolean {
  return isRecord(body) && body["userPrompt"] === prompt;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
