import { expect } from "chai";
import { sendKeys, setViewport } from "@web/test-runner-commands";
import type { HandoverRequest } from "../../../protocol/index.ts";
import type { RivuletChat } from "../../../widget/index.ts";
import { eventually } from "../../support/eventually.ts";
import { listen } from "../support/listen.ts";
import { askAndWait, button, cleanUp, find, findAll, mountReady, seenRequests, until } from "../support/mount.ts";
import { restoreWindow } from "../support/own-window.ts";
import { workerUrl } from "../support/page.ts";
import { fillIn, goOffline, restoreBrowser } from "../support/states.ts";

const form = (chat: RivuletChat) => find<HTMLFormElement>(chat, "form.handover-form");
const field = (chat: RivuletChat, name: string) => find<HTMLInputElement>(chat, `.handover-form [name=${name}]`);
const focused = (chat: RivuletChat) => chat.shadowRoot?.activeElement;
const isSent = (chat: RivuletChat) => find(chat, ".handover-sent");
const error = (chat: RivuletChat) => find(chat, "#handover-failed")?.textContent;
const send = (chat: RivuletChat) => button(chat, "Send to the team").click();

/** Opens the form, as a visitor does. */
async function write(chat: RivuletChat): Promise<RivuletChat> {
  (await until(() => find(chat, ".handover-button"))).click();
  await until(() => form(chat));
  return chat;
}

async function opened(attributes: Record<string, string> = {}): Promise<RivuletChat> {
  return write(await mountReady({ assistant: "handed", ...attributes }));
}

/** The requests with a message that contains these words, as the worker has received them. */
async function sentWith(words: string): Promise<HandoverRequest[]> {
  const requests = (await seenRequests()).filter(({ path }) => path === "/v1/handover");
  return requests.map(({ body }): HandoverRequest => Object(body)).filter(({ message }) => message.includes(words));
}

/** The text that describes a field. */
function describedBy(chat: RivuletChat, name: string): string | undefined {
  const id = field(chat, name)?.getAttribute("aria-describedby");
  return id ? find(chat, `#${id}`)?.textContent?.trim() : undefined;
}

describe("writing to people", function () {
  this.timeout(60_000);
  const messages: string[] = [];
  const { error: logged } = console;

  beforeEach(() => {
    messages.length = 0;
    console.error = (...words: unknown[]) => messages.push(words.join(" "));
  });
  afterEach(async () => {
    console.error = logged;
    restoreBrowser();
    await cleanUp();
    expect(messages).to.deep.equal([]);
  });

  it("is whole in view when it opens below a conversation, and stays there", async () => {
    await setViewport({ width: 800, height: 900 });
    const chat = await mountReady({ assistant: "handed", mode: "popup", open: "" });
    await askAndWait(chat, "with citations");
    await until(() => find(chat, "[part=card]"));
    await write(chat);
    const hiddenPx = () => {
      const [end, view] = [form(chat), find(chat, "[part=messages]")].map((box) => box?.getBoundingClientRect().bottom);
      return (end ?? NaN) - (view ?? NaN);
    };
    await eventually(() => expect(hiddenPx()).to.be.at.most(0));
    for (let frame = 0; frame < 5; frame += 1) await new Promise(requestAnimationFrame);
    expect(hiddenPx()).to.be.at.most(0);
    await restoreWindow();
  });

  it("is offered where the assistant has a handover, in the place of the contact link", async () => {
    const without = await mountReady();
    expect(find(without, ".handover-button")).to.equal(undefined);
    const chat = await opened();
    expect(find(chat, ".handover-button")?.textContent).to.equal("Contact us");
    expect(findAll(chat, ".footer a").filter((link) => !link.hidden).length).to.equal(1); // the privacy link
    const row = find<HTMLAnchorElement>(chat, ".handover-row");
    expect([row?.href, row?.innerText.trim()]).to.deep.equal(["mailto:help@example.com", "help@example.com"]);
  });

  it("names its fields, and sends nothing along that is not ticked", async () => {
    const chat = await opened();
    expect(focused(chat)).to.equal(field(chat, "message"));
    const labels = findAll(chat, ".handover-form label").map((label) => label.innerText.trim());
    expect(labels).to.deep.equal(["Your message", "Your email"]);
    expect(field(chat, "along")).to.equal(undefined, "there is nothing to send along");
    fillIn(chat, { message: "  alone: please\ncall  ", contact: " ada@example.com " });
    send(chat);
    await until(() => isSent(chat));
    const [{ id, ...sent } = {} as HandoverRequest] = await sentWith("alone:");
    expect(id).to.match(/^[0-9a-f-]{36}$/);
    expect(sent).to.deep.equal({ message: "alone: please\ncall", contact: "ada@example.com" });
  });

  it("sends the conversation along when it is ticked, and says how many messages that are", async () => {
    const chat = await mountReady({ assistant: "handed" });
    await askAndWait(chat, "Hello");
    await askAndWait(chat, "Hello");
    await write(chat);
    const box = field(chat, "along");
    expect([box?.checked, box?.closest("label")?.innerText]).to.deep.equal([
      false,
      "Send this conversation along (4 messages)",
    ]);
    box?.click();
    fillIn(chat, { message: "along: look", contact: "ada@example.com" });
    send(chat);
    await until(() => isSent(chat));
    const asked = (await seenRequests()).findLast(({ path }) => path === "/v1/messages");
    const { conversation } = Object(asked?.body);
    expect((await sentWith("along:"))[0]?.conversation)
      .to.be.a("string")
      .and.equal(conversation);
  });

  it("a tick is for one conversation", async () => {
    const chat = await mountReady({ assistant: "handed" });
    await askAndWait(chat, "Hello");
    await write(chat);
    field(chat, "along")?.click();
    chat.newConversation();
    await askAndWait(chat, "Hello");
    expect((await until(() => field(chat, "along"))).checked).to.equal(false);
  });

  it("says what is wrong at the field, and sends nothing", async () => {
    const chat = await opened();
    send(chat);
    await until(() => describedBy(chat, "message"));
    expect(describedBy(chat, "message")).to.equal("Write a message first.");
    expect(describedBy(chat, "contact")).to.equal("Enter an email address, as in name@example.com.");
    expect(field(chat, "message")?.getAttribute("aria-invalid")).to.equal("true");
    expect(focused(chat)).to.equal(field(chat, "message"));

    fillIn(chat, { message: "wrong: address", contact: "ada" });
    expect(describedBy(chat, "message")).to.equal(undefined, "it is corrected");
    send(chat);
    await until(() => focused(chat) === field(chat, "contact"));
    fillIn(chat, { contact: "ada@example.com" });
    expect(describedBy(chat, "contact")).to.equal(undefined);

    fillIn(chat, { message: `wrong: ${"x".repeat(3_994)}` });
    expect(describedBy(chat, "message")).to.equal("1 character over the limit");
    send(chat);
    await until(() => focused(chat) === field(chat, "message"));
    expect(field(chat, "message")?.value.length).to.equal(4_001, "nothing is cut off");
    expect(await sentWith("wrong:")).to.deep.equal([]);
  });

  it("says that it is sent once it was accepted, and not before", async () => {
    const chat = await opened();
    const said = listen(chat);
    fillIn(chat, { message: "held message", contact: "ada@example.com" });
    send(chat);
    await until(() => button(chat, "Sending…").getAttribute("aria-disabled") === "true");
    button(chat, "Sending…").click();
    await eventually(async () => (await sentWith("held")).length > 0);
    expect(isSent(chat)).to.equal(undefined);
    await fetch(`${await workerUrl()}/accept`);
    const done = await until(() => isSent(chat));
    expect(done.innerText).to.include("Message sent");
    expect(done.innerText).to.include("The team will reply to ada@example.com.");
    expect((await sentWith("held")).length).to.equal(1, "a second press sends nothing");
    await until(() => focused(chat) === done || said.join(" ").includes("Message sent"));
    button(chat, "Write another message").click();
    await until(() => focused(chat) === field(chat, "message"));
    expect([field(chat, "message")?.value, field(chat, "contact")?.value]).to.deep.equal(["", ""]);
  });

  for (const [name, message, words] of [
    [
      "the team's address does not accept it",
      "fails once",
      "Your message wasn't sent. Nothing is lost: please try again.",
    ],
    ["something else answers than the worker", "proxy", "Your message wasn't sent. Nothing is lost: please try again."],
    ["a limit is reached", "limited", "You've already sent several messages. Please try again later."],
  ] as const) {
    it(`keeps the words when ${name}`, async () => {
      const chat = await opened();
      const said = listen(chat);
      fillIn(chat, { message, contact: "ada@example.com" });
      send(chat);
      await until(() => error(chat));
      expect(error(chat)).to.equal(words);
      await until(() => said.join(" ").includes(words));
      expect([field(chat, "message")?.value, field(chat, "contact")?.value]).to.deep.equal([
        message,
        "ada@example.com",
      ]);
      if (!message.includes("once")) return;
      send(chat);
      await until(() => isSent(chat));
      const ids = (await sentWith(message)).map(({ id }) => id);
      expect([ids.length, new Set(ids).size]).to.deep.equal([2, 1], "the second press has the same id");
    });
  }

  it("keeps the words offline, and sends them later", async () => {
    const chat = await opened();
    goOffline();
    fillIn(chat, { message: "offline: words", contact: "ada@example.com" });
    send(chat);
    await until(() => error(chat));
    expect(error(chat)).to.equal("You're offline. Your message is saved. Send it when you're back online.");
    restoreBrowser();
    send(chat);
    await until(() => isSent(chat));
  });

  it("a conversation that was deleted elsewhere is left out of the second press", async () => {
    const chat = await mountReady({ assistant: "handed" });
    await askAndWait(chat, "Hello");
    await write(chat);
    field(chat, "along")?.click();
    fillIn(chat, { message: "deleted elsewhere", contact: "ada@example.com" });
    send(chat);
    await until(() => error(chat));
    expect(field(chat, "along")?.checked).to.equal(false);
    send(chat);
    await until(() => isSent(chat));
  });

  it("works by keyboard alone; Escape closes the form and nothing else, and its words stay", async () => {
    const chat = await mountReady({ assistant: "handed", mode: "popup", open: "" });
    await askAndWait(chat, "Hello");
    const opener = await until(() => find(chat, ".handover-button"));
    opener.focus();
    await sendKeys({ press: "Enter" });
    await until(() => focused(chat) === field(chat, "message") && field(chat, "message"));
    await sendKeys({ type: "keyboard: one" });
    await sendKeys({ press: "Escape" });
    await until(() => !form(chat));
    expect(focused(chat)).to.equal(opener);
    expect(chat.open).to.equal(true);
    await sendKeys({ press: "Space" });
    await until(() => focused(chat) === field(chat, "message") && field(chat, "message"));
    expect(field(chat, "message")?.value).to.equal("keyboard: one");
    await sendKeys({ press: "Tab" });
    await sendKeys({ type: "ada@example.com" });
    await sendKeys({ press: "Tab" });
    expect(focused(chat)).to.equal(field(chat, "along"));
    await sendKeys({ press: "Space" });
    await sendKeys({ press: "Tab" });
    await sendKeys({ press: "Tab" });
    expect(focused(chat)).to.equal(button(chat, "Send to the team"));
    await sendKeys({ press: "Enter" });
    await until(() => isSent(chat));
    await until(() => focused(chat) === isSent(chat));
    expect((await sentWith("keyboard:"))[0]).to.include({ contact: "ada@example.com" });
    expect((await sentWith("keyboard:"))[0]?.conversation).to.be.a("string");
  });

  it("what one visitor wrote is not shown to the next one", async () => {
    const chat = await mountReady({ assistant: "handed" });
    await askAndWait(chat, "Hello");
    await write(chat);
    fillIn(chat, { message: "private", contact: "ada@example.com" });
    await chat.reset();
    await askAndWait(chat, "Hello");
    await write(chat);
    expect([field(chat, "message")?.value, field(chat, "contact")?.value]).to.deep.equal(["", ""]);
  });

  it("while the assistant is unavailable: what the operator says, the link, and the form, in this order", async () => {
    const chat = await mountReady({ assistant: "handed-closed" });
    await until(() => form(chat));
    const words = find(chat, ".handover")?.innerText ?? "";
    const order = ["The assistant is unavailable right now.", "Our team can.", "Contact us", "Write to the team"];
    const places = order.map((each) => words.indexOf(each));
    expect(places).to.deep.equal(places.toSorted((a, b) => a - b));
    expect(places[0]).to.equal(0);
    expect(focused(chat)).to.equal(null, "the focus stays where it was");
    expect(find(chat, ".unavailable")?.checkVisibility() ?? false).to.equal(false, "nothing is said twice");
    fillIn(chat, { message: "unavailable: help", contact: "ada@example.com" });
    send(chat);
    await until(() => isSent(chat));
  });
});
