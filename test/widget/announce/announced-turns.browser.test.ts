import { expect } from "chai";
import { everythingSaid } from "../support/full-answer.ts";
import { answerIn, hear, listen, listenOn } from "../support/listen.ts";
import { ask, askAndWait, button, cleanUp, find, findAll, mount, mountReady, next, until } from "../support/mount.ts";
import { wholeAnswer } from "../support/scripts.ts";

/** What is said of the script `sentence by sentence`. */
const fewSaid = "One is first. Two is second. Three is third. Four is fourth. Five is fifth. That is all.";

/** What would be said of the script `everything twice, and no end`, if it ended. */
const twiceSaid = [...everythingSaid, ...everythingSaid].join(" ");

describe("what a screen reader hears of a turn", function () {
  this.timeout(60_000);
  afterEach(cleanUp);

  it("ends with the stop, after what was said, and leaves out the rest", async () => {
    const chat = await mountReady();
    const said = listen(chat);
    ask(chat, "everything twice, and no end");
    await hear(said, "Tea is simple.");
    button(chat, "Stop generating").click();
    await hear(said, "Stopped.");
    await listenOn();
    const [spoken = "", rest] = answerIn(said).split(" Stopped.");
    expect(twiceSaid.startsWith(spoken)).to.equal(true);
    expect(spoken.length).to.be.lessThan(350); // a few sentences at a time
    expect(rest).to.equal("");
  });

  it("is what there was of an answer that failed, and then that it did", async () => {
    const chat = await mountReady();
    const said = listen(chat);
    await askAndWait(chat, "all but the end");
    await hear(said, "cut off.");
    expect(answerIn(said)).to.equal(`${fewSaid} The answer was cut off.`);
  });

  it("is why an answer ends where it does; then all is gone, for those who browse", async () => {
    const chat = await mountReady();
    const said = listen(chat);
    await askAndWait(chat, "cut at length");
    await hear(said, "length limit.");
    expect(answerIn(said)).to.equal("As far as. This answer reached its length limit.");
    await until(() => findAll(chat, "[aria-live=polite]")[0]?.childNodes.length === 0, 25_000);
  });

  it("is each part once where the connection breaks", async () => {
    const chat = await mountReady();
    const said = listen(chat);
    await askAndWait(chat, "cut connection");
    await hear(said, "and after.");
    expect(answerIn(said).replace("Reconnecting… ", "")).to.equal("Before the cut, and after.");
  });

  it("is the new answer to a question that is asked again", async () => {
    const chat = await mountReady();
    await askAndWait(chat, "Hello");
    const said = listen(chat);
    const ended = next(chat, "rivulet-response");
    button(chat, "Regenerate").click();
    await ended;
    await hear(said, "the river.");
    expect(answerIn(said)).to.equal(wholeAnswer.replace(/\s+/g, " "));
  });

  it("goes on where it was on the page before", async () => {
    const before = await mountReady();
    const saidBefore = listen(before);
    ask(before, "everything twice, and no end");
    await hear(saidBefore, "Tea is simple.");
    before.remove();
    const chat = await mount();
    const said = listen(chat);
    await hear(said, "Take time.");
    expect(`${answerIn([...saidBefore, ...said])} The end.`).to.equal(twiceSaid);
  });

  it("is what is new, where another tab asked", async () => {
    const other = await mountReady();
    ask(other, "sentence by sentence");
    await until(() => find(other, "[part=answer]")?.innerText.includes("Three is th"));
    sessionStorage.clear();
    const chat = await mount();
    const said = listen(chat);
    await hear(said, "That is all.");
    expect(said.join(" ")).to.satisfy(
      (words: string) => fewSaid.endsWith(words) && /^(?:Three|Four|Five) /.test(words),
    );
  });

  it("is nothing of a conversation that was there already", async () => {
    await askAndWait(await mountReady(), "Hello");
    const chat = await mount();
    const said = listen(chat);
    await until(() => find(chat, "[part=answer]"));
    await listenOn();
    expect(said).to.deep.equal([]);
  });

  it("leaves nothing behind that a new conversation could come across", async () => {
    const chat = await mountReady();
    await askAndWait(chat, "cut at length");
    await until(() => sessionStorage.getItem("rivulet-chat:announced"));
    chat.newConversation();
    expect(sessionStorage.getItem("rivulet-chat:announced")).to.equal(null);
  });
});
