import { expect } from "chai";
import { RivuletError } from "../../../widget/index.ts";
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
} from "../support/mount.ts";

/** Runs `run`, and returns the console's errors from its start until they contain `words`. */
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

describe("failures", () => {
  afterEach(cleanUp);

  it("keeps a refused question with a retry button, a reference and its id", async () => {
    const chat = await mountReady();
    const failed = next(chat, "rivulet-error");
    ask(chat, "internal once");
    const { detail } = await failed;
    expect(detail.code).to.equal("internal");
    const notice = await until(() => find(chat, "[part=notice]"));
    expect(notice.textContent).to.contain("Something went wrong.");
    await until(() => notice.textContent?.includes(detail.requestId?.slice(0, 8) ?? "none"));
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

  it("copies the whole reference, and shows it", async () => {
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

  it("counts down a rate limit, then sends automatically, once", async () => {
    const chat = await mountReady();
    ask(chat, "limited once");
    const notice = await until(() => find(chat, "[part=notice]"));
    await until(() => /Sending again in (2 seconds|1 second)\./.test(notice.textContent)); // the texts load meanwhile
    await until(() => notice.textContent.includes("in 1 second."));
    await until(() => answers(chat)[0] === "Now.");
    const posts = (await seenRequests()).filter(({ body }) => isAbout(body, "limited once"));
    expect(posts).to.have.length(2);
    expect(posts[0]?.body).to.deep.equal(posts[1]?.body);
  });

  it("shows the time if the wait is longer than a minute", async () => {
    const chat = await mountReady();
    ask(chat, "limited for an hour");
    const notice = await until(() => find(chat, "[part=notice]"));
    await until(() => /Try again after .*\d+:\d\d/.test(notice.textContent));
    expect(button(chat, "Try again").disabled).to.equal(true);
  });

  it("returns a refused text to the composer if a retry cannot help", async () => {
    const chat = await mountReady();
    ask(chat, "filtered prompt, in my own words");
    const notice = await until(() => find(chat, "[part=composer] [part=notice]"));
    expect(notice.textContent).to.contain("content filter");
    expect(part<HTMLTextAreaElement>(chat, "input").value).to.equal("filtered prompt, in my own words");
    expect(findAll(chat, "[part=message]")).to.have.length(0);
  });

  it("returns a question to the composer for editing", async () => {
    const chat = await mountReady();
    ask(chat, "limited long");
    await until(() => find(chat, "[part=notice]"));
    button(chat, "Edit").click();
    await until(() => part<HTMLTextAreaElement>(chat, "input").value === "limited long");
    expect(findAll(chat, "[part=message]")).to.have.length(0);
  });

  it("keeps a partial answer and regenerates it", async () => {
    const chat = await mountReady();
    await askAndWait(chat, "breaks off once");
    expect(answers(chat)).to.deep.equal(["Half an"]);
    expect(part(chat, "notice").textContent).to.contain("was cut off");
    button(chat, "Try again").click();
    await until(() => answers(chat)[0] === "Half an answer, made whole.");
    expect(answers(chat)).to.have.length(1);
    const again = (await seenRequests()).filter(({ path }) => path === "/v1/regenerate");
    expect(again).to.have.length.greaterThan(0);
  });

  it("resumes automatically after the last event if only the connection broke", async () => {
    const chat = await mountReady();
    ask(chat, "cut connection");
    await until(() => find(chat, ".typing")?.innerText === "Reconnecting…");
    await until(() => answers(chat)[0]?.startsWith("Before the cut")); // what arrived is kept
    await until(() => answers(chat)[0] === "Before the cut, and after.");
    expect(find(chat, "[part=notice]") === undefined).to.equal(true);
  });

  it("keeps a failure of an empty chat off the buttons above it", async () => {
    const chat = await mount({ mode: "sidebar", open: "", endpoint: "http://127.0.0.1:1" });
    const notice = (await until(() => find(chat, ".column > .failure"))).getBoundingClientRect();
    const close = (await until(() => find(chat, ".header .close"))).getBoundingClientRect();
    expect(notice.top).to.be.at.least(close.bottom);
  });

  it("shows a challenge before the first message if it needs the visitor, who can try again", async () => {
    const chat = await mountReady({ assistant: "guarded" });
    ask(chat, "Hello");
    const frame = await until(() => find<HTMLIFrameElement>(chat, ".challenge iframe:not(.waiting)"));
    expect(frame.title).to.equal("Verify you're human");
    (await until(() => find(chat, ".challenge button"))).click();
    await until(() => answers(chat)[0]?.startsWith("A rivulet"));
    expect(find(chat, ".challenge iframe") === undefined).to.equal(true);
  });

  it("rejects send() with the code", async () => {
    const chat = await mountReady();
    const error: unknown = await chat.send("limited long").catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(RivuletError).and.to.have.property("code", "rate_limited");
  });

  it("renews a refused token once, unnoticed by the visitor", async () => {
    const chat = await mountReady();
    const endpoint = chat.endpoint.replace(/\/$/, "");
    const stale = { token: "stale", expiresAt: Date.now() + 600_000 };
    localStorage.setItem(`rivulet-chat:session:${endpoint}:brook`, JSON.stringify(stale));
    await askAndWait(chat, "Hello");
    expect(answers(chat)).to.have.length(1);
    const renewals = (await seenRequests()).filter(({ body }) => isRecord(body) && body["renew"] === "stale");
    expect(renewals).to.have.length(1);
  });

  it("stores nothing and opens no session before the first message", async () => {
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
      "isn't available on this website",
    ],
    ["nobody", 'no assistant "nobody"', "isn't available here"],
    ["", 'data-assistant="…"', "isn't set up yet"],
  ] as const) {
    it(`explains a wrong setup: assistant "${assistant}"`, async () => {
      const said = await consoleErrors(advice, async () => {
        const chat = await mount({ assistant });
        const notice = await until(() => find(chat, "[part=notice]"));
        expect(notice.textContent).to.contain(sentence);
      });
      expect(said).to.contain(advice);
    });
  }

  it("explains an endpoint that does not respond", async () => {
    const said = await consoleErrors("connect-src", async () => {
      const chat = await mount({ endpoint: "http://127.0.0.1:9/chat" });
      const notice = await until(() => find(chat, "[part=notice]"));
      expect(notice.textContent).to.contain("Can't connect");
      expect(button(chat, "Try again").disabled).to.equal(false);
    });
    expect(said).to.contain("http://127.0.0.1:9/chat").and.to.contain("connect-src");
  });

  it("shows that it is offline, and online again", async () => {
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
