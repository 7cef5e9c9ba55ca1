import { expect } from "chai";
import { fullAnswerAnnounced } from "../support/full-answer.ts";
import { answerIn, hear, listen, listenOn } from "../support/listen.ts";
import { ask, askAndWait, button, cleanUp, find, findAll, mount, mountReady, next, until } from "../support/mount.ts";
import { wholeAnswer } from "../support/scripts.ts";

/** The announcement of the script `sentence by sentence`. */
const fewSaid = "One is first. Two is second. Three is third. Four is fourth. Five is fifth. That is all.";

/** The announcement of the script `full answer twice, without an end`, if that script ended. */
const twiceSaid = [...fullAnswerAnnounced, ...fullAnswerAnnounced].join(" ");

describe("announcements of a turn", function () {
  this.timeout(120_000);
  afterEach(cleanUp);

  it("end when the answer is stopped, without the rest", async () => {
    const chat = await mountReady();
    const said = listen(chat);
    ask(chat, "full answer twice, without an end");
    await hear(said, "Tea is simple.");
    button(chat, "Stop generating").click();
    await hear(said, "Stopped.");
    await listenOn();
    const [spoken = "", rest] = answerIn(said).split(" Stopped.");
    expect(twiceSaid.startsWith(spoken)).to.equal(true);
    expect(spoken.length).to.be.lessThan(350); // a few sentences at a time
    expect(rest).to.equal("");
  });

  it("are the partial answer, and then the failure", async () => {
    const chat = await mountReady();
    const said = listen(chat);
    await askAndWait(chat, "all but the end");
    await hear(said, "cut off.");
    expect(answerIn(said)).to.equal(`${fewSaid} The answer was cut off.`);
  });

  it("include why an answer ended; the live region is empty afterwards", async () => {
    const chat = await mountReady();
    const said = listen(chat);
    await askAndWait(chat, "cut at length");
    await hear(said, "length limit.");
    expect(answerIn(said)).to.equal("As far as. This answer reached its length limit.");
    await until(() => findAll(chat, "[aria-live=polite]")[0]?.childNodes.length === 0);
  });

  it("are each part once if the connection breaks", async () => {
    const chat = await mountReady();
    const said = listen(chat);
    await askAndWait(chat, "cut connection");
    await hear(said, "and after.");
    expect(answerIn(said).replace("Reconnecting… ", "")).to.equal("Before the cut, and after.");
  });

  it("are the new answer after Regenerate", async () => {
    const chat = await mountReady();
    await askAndWait(chat, "Hello");
    const said = listen(chat);
    const ended = next(chat, "rivulet-response");
    button(chat, "Regenerate").click();
    await ended;
    await hear(said, "the river.");
    expect(answerIn(said)).to.equal(wholeAnswer.replace(/\s+/g, " "));
  });

  it("continue where they were on the previous page", async () => {
    const before = await mountReady();
    const saidBefore = listen(before);
    ask(before, "full answer twice, without an end");
    await hear(saidBefore, "Tea is simple.");
    before.remove();
    const chat = await mount();
    const said = listen(chat);
    await hear(said, "Take time.");
    expect(`${answerIn([...saidBefore, ...said])} The end.`).to.equal(twiceSaid);
  });

  it("are the new text if another tab asked", async () => {
    const other = await mountReady();
    ask(other, "sentence by sentence");
    await until(() => find(other, "[part=answer]")?.innerText.includes("Three is th"));
    sessionStorage.clear();
    const chat = await mount();
    const said = listen(chat);
    await hear(said, "That is all.");
    expect(said.join(" ")).to.satisfy(
      (words: string) => fewSaid.endsWith(words) && /^(?:Three|Four|Five|That) /.test(words),
    );
  });

  it("are nothing of an existing conversation", async () => {
    await askAndWait(await mountReady(), "Hello");
    const chat = await mount();
    const said = listen(chat);
    await until(() => find(chat, "[part=answer]"));
    await listenOn();
    expect(said).to.deep.equal([]);
  });

  it("leave no state for a new conversation", async () => {
    const chat = await mountReady();
    await askAndWait(chat, "cut at length");
    await until(() => sessionStorage.getItem("rivulet-chat:announced"));
    chat.newConversation();
    expect(sessionStorage.getItem("rivulet-chat:announced")).to.equal(null);
  });
});
