import { expect } from "chai";
import { hear, listen, listenOn } from "../support/listen.ts";
import { ask, askAndWait, button, cleanUp, find, findAll, mountReady, part, until } from "../support/mount.ts";

const narrower = "The assistant spent too long thinking and wrote no answer. Ask for something more specific.";

/** The words of the line below the conversation that says what the assistant does. */
const doing = (chat: Element) => find(chat, ".typing")?.textContent.trim();

/** Whether the visitor sees each answer. A hidden answer has no height. */
const shown = (chat: Element) => findAll(chat, "[part=answer]").map((answer) => answer.offsetHeight > 0);

describe("an assistant that thinks", function () {
  this.timeout(60_000);
  afterEach(cleanUp);

  it("says so, and shows what it thinks in a part that is closed at first", async () => {
    const chat = await mountReady();
    ask(chat, "Thinks aloud");
    const thoughts = await until(() => find<HTMLDetailsElement>(chat, "[part=reasoning]"));
    expect(doing(chat)).to.equal("Thinking…");
    expect(thoughts.open).to.equal(false);
    expect(thoughts.querySelector("summary")?.textContent).to.equal("Thought process");
    thoughts.querySelector("summary")?.click();
    await until(() => thoughts.innerText.includes("First this.\nThen <b>that</b>."));
    await until(() => part(chat, "answer").textContent === "Done.");
    expect(find(chat, "[part=reasoning]") === thoughts).to.equal(true); // it stays, and stays open
    expect(thoughts.open).to.equal(true);
  });

  it("says so through a long silence, and to a screen reader once", async () => {
    const chat = await mountReady();
    const said = listen(chat);
    ask(chat, "Thinks in silence");
    await hear(said, "Thinking…");
    await new Promise((resolve) => setTimeout(resolve, 11_000)); // longer than the silence after which a turn is slow
    expect(doing(chat)).to.match(/^Thinking… 1\d s This is taking a little longer\.$/);
    expect(find(chat, "[part=reasoning]")).to.equal(undefined);
    await hear(said, "a little longer.");
    expect(said.join(" ").split("Thinking…").length).to.equal(2);
    expect(said.join(" ").split("a little longer.").length).to.equal(2);
    button(chat, "Stop generating").click();
  });

  for (const question of ["Thinks its limit away", "Has only a blank line"]) {
    it(`asks for a narrower question if there is no answer: ${question}`, async () => {
      const chat = await mountReady();
      const said = listen(chat);
      await askAndWait(chat, question);
      expect(part(chat, "notice").textContent.trim()).to.equal(narrower);
      expect(shown(chat)).to.deep.equal([false]);
      await hear(said, "more specific.");
      await listenOn();
      expect(said.join(" ")).not.to.include("length limit");
    });
  }

  it("says that there is no answer, whatever the reason", async () => {
    const chat = await mountReady();
    await askAndWait(chat, "Has nothing to say");
    expect(part(chat, "notice").textContent.trim()).to.equal("The assistant didn't answer. Please try again.");
    expect(shown(chat)).to.deep.equal([false]);
  });
});
