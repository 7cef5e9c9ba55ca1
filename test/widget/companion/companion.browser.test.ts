import { expect } from "chai";
import type { RivuletChat } from "../../../widget/index.ts";
import { shiftClock } from "../support/clock.ts";
import { hear, listen } from "../support/listen.ts";
import {
  ask,
  askAndWait,
  button,
  cleanUp,
  find,
  findAll,
  mount,
  mountReady,
  part,
  type,
  until,
} from "../support/mount.ts";

const dayMs = 86_400_000;

const waiting = (chat: Element) => find(chat, ".typing")?.innerText.replace(/\s+/g, " ").trim();
const days = (chat: Element) => findAll(chat, ".day").map(({ innerText }) => innerText.trim());
const badge = (chat: Element) => find(chat, "[part=launcher] .badge")?.textContent;
const name = (chat: Element) => part(chat, "launcher").ariaLabel;

/** The order in which the days and the messages are read. */
const order = (chat: Element) =>
  findAll(chat, ".day, .message").map((node) =>
    node.matches(".day") ? node.innerText.trim() : node.className.split(" ")[1],
  );

describe("what accompanies a conversation", function () {
  this.timeout(60_000);
  afterEach(async () => {
    shiftClock(0);
    await cleanUp();
  });

  it("shows the seconds of thinking from the third on, says once that it takes longer, and how long it took", async () => {
    const chat = await mountReady();
    const said = listen(chat);
    ask(chat, "Thinks for long");
    await until(() => waiting(chat) === "Thinking…");
    await until(() => waiting(chat) === "Thinking… 3 s");
    shiftClock(7_000);
    await until(() => /^Thinking… 1\d s This is taking a little longer\.$/.test(waiting(chat) ?? ""));
    await hear(said, "This is taking a little longer.");
    shiftClock(60_000);
    await until(() => /^Thinking… 6\d s/.test(waiting(chat) ?? ""));
    await until(() => part(chat, "answer").textContent === "Done.");
    expect(find(chat, "[part=reasoning] summary")?.textContent).to.match(/^Thought for 6\d s$/);
    expect(find(chat, ".clock")).to.equal(undefined);
    expect(said.join(" ").split("a little longer.").length).to.equal(2);
  });

  it("says nothing about time if thinking was short", async () => {
    const chat = await mountReady();
    ask(chat, "Thinks in passing");
    await until(() => part(chat, "answer").textContent === "Done.");
    await until(() => find(chat, "[part=reasoning]"));
    expect(find(chat, "[part=reasoning] summary")?.textContent).to.equal("Thought process");
  });

  it("names the days of a conversation, and renames them on the next day", async () => {
    shiftClock(-dayMs);
    const chat = await mountReady();
    await askAndWait(chat, "Hello");
    await askAndWait(chat, "Hello again");
    expect(days(chat)).to.deep.equal([]); // everything is from today
    shiftClock(0); // a day later
    type(chat, "H");
    await until(() => days(chat).join() === "Yesterday");
    await askAndWait(chat, "Hello, today");
    await until(() => days(chat).join() === "Yesterday,Today");
    expect(order(chat)).to.deep.equal([
      "Yesterday",
      "user",
      "assistant",
      "user",
      "assistant",
      "Today",
      "user",
      "assistant",
    ]);
    chat.lang = "de";
    await until(() => days(chat).join() === "Gestern,Heute");
    button(chat, "Neue Unterhaltung").click();
    await until(() => find(chat, ".welcome"));
    expect(days(chat)).to.deep.equal([]);
  });

  describe("the launcher", () => {
    /** A chat whose panel is closed while it answers. */
    async function closeEarly(): Promise<RivuletChat> {
      const chat = await mountReady({ mode: "popup", open: "" });
      ask(chat, "All but slow");
      await until(() => find(chat, "[part=answer]")?.textContent);
      chat.hide();
      return chat;
    }

    it("counts answers that are finished while the panel is closed, until it is opened", async () => {
      const chat = await closeEarly();
      await until(() => badge(chat) === "1");
      expect(name(chat)).to.equal("Open chat, 1 unread answer");
      void chat.send("All but slow");
      await until(() => badge(chat) === "2");
      expect(name(chat)).to.equal("Open chat, 2 unread answers");
      chat.lang = "de";
      await until(() => name(chat) === "Chat öffnen, 2 ungelesene Antworten");
      chat.show();
      await until(() => find(chat, "[part=panel]"));
      expect(badge(chat)).to.equal(undefined);
      expect(name(chat)).to.equal("Chat schließen");
      chat.hide();
      await until(() => name(chat) === "Chat öffnen");
    });

    it("counts no answer that was read, stopped or has failed", async () => {
      const chat = await mountReady({ mode: "popup", open: "" });
      await askAndWait(chat, "Hello");
      await askAndWait(chat, "Hello again");
      chat.hide();
      await chat.updateComplete;
      expect(badge(chat)).to.equal(undefined);
      await chat.send("Breaks off once").catch(() => undefined);
      const stopped = chat.send("Slow answer");
      await until(() => findAll(chat, ".message.assistant").length === 4);
      chat.stop();
      await stopped.catch(() => undefined);
      await chat.updateComplete;
      expect(badge(chat)).to.equal(undefined);
      expect(name(chat)).to.equal("Open chat");
    });

    it("counts in every tab, until the panel is opened in one of them", async () => {
      const chat = await closeEarly();
      await until(() => badge(chat) === "1");
      const other = await mount({ mode: "popup" });
      part(other, "launcher").dispatchEvent(new PointerEvent("pointerenter"));
      await until(() => findAll(other, ".message.assistant").length === 1);
      void chat.send("All but slow");
      await until(() => badge(chat) === "2" && badge(other) === "1");
      other.show();
      await until(() => badge(chat) === undefined && badge(other) === undefined);
      expect(name(chat)).to.equal("Open chat");
    });

    it("forgets what belongs to another visitor", async () => {
      const chat = await closeEarly();
      await until(() => badge(chat) === "1");
      await chat.reset();
      await until(() => badge(chat) === undefined);
    });
  });
});
