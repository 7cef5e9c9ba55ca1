import { expect } from "chai";
import { fullAnswerAnnounced } from "../support/full-answer.ts";
import { answerIn, hear, listen, listenOn } from "../support/listen.ts";
import { ask, askAndWait, cleanUp, findAll, mountReady, until } from "../support/mount.ts";
import { wholeAnswer } from "../support/scripts.ts";

/** The announcement of the script `sentence by sentence`. */
const fewSaid = "One is first. Two is second. Three is third. Four is fourth. Five is fifth. That is all.";

describe("announcements of an answer", function () {
  this.timeout(120_000);
  afterEach(cleanUp);

  it("are the whole answer once, in sentences", async () => {
    const chat = await mountReady();
    const said = listen(chat);
    await askAndWait(chat, "Hello");
    await hear(said, "the river.");
    expect(answerIn(said)).to.equal(wholeAnswer.replace(/\s+/g, " "));
    expect(said.length).to.be.lessThan(4);
  });

  it("are complete sentences while it grows", async () => {
    const chat = await mountReady();
    const said = listen(chat);
    let saidByThen = "";
    chat.addEventListener("rivulet-response", () => (saidByThen = answerIn(said)));
    await askAndWait(chat, "sentence by sentence");
    expect(saidByThen).to.include("One is first. Two is second.").and.not.to.include("all");
    await hear(said, "That is all.");
    expect(answerIn(said)).to.equal(fewSaid);
    for (const words of said) expect(words).to.match(/^[A-Z].*[.…]$/);
  });

  for (const pace of ["at once", "slowly"]) {
    it(`are each part once, without markup, if it arrives ${pace}`, async () => {
      const chat = await mountReady();
      const said = listen(chat);
      await askAndWait(chat, `full answer ${pace}`);
      await hear(said, "The end.");
      await listenOn();
      expect(answerIn(said)).to.equal(fullAnswerAnnounced.join(" "));
    });
  }

  it('are the whole answer at its end with announce="answer"', async () => {
    const chat = await mountReady({ announce: "answer" });
    const said = listen(chat);
    let saidByThen: string[] = [];
    chat.addEventListener("rivulet-response", () => (saidByThen = [...said]));
    await askAndWait(chat, "sentence by sentence");
    expect(saidByThen).to.deep.equal(["The assistant is typing…"]);
    await hear(said, "That is all.");
    expect(answerIn(said)).to.equal(fewSaid);
  });

  it('are only that it is ready with announce="off"', async () => {
    const chat = await mountReady();
    chat.announce = "off";
    const said = listen(chat);
    await askAndWait(chat, "full answer at once");
    await hear(said, "ready.");
    await listenOn();
    expect(answerIn(said)).to.equal("Answer ready.");
  });

  it("are sentences if announce is invalid, which is logged once", async () => {
    const { error } = console;
    const complaints: unknown[] = [];
    console.error = (...words: unknown[]) => complaints.push(words.join(" "));
    const chat = await mountReady({ announce: "loud" });
    const said = listen(chat);
    await askAndWait(chat, "sentence by sentence");
    expect(answerIn(said)).to.include("One is first.");
    chat.removeAttribute("announce");
    await until(() => complaints.length > 0);
    console.error = error;
    expect(complaints).to.deep.equal([
      'Rivulet Chat: announce="loud" is invalid. Valid values are sentences, answer, off. The chat uses sentences.',
    ]);
  });

  it("are German in a German chat", async () => {
    const chat = await mountReady({ lang: "de-AT" });
    const said = listen(chat);
    await askAndWait(chat, "full answer at once");
    await hear(said, "The end.");
    const words = said.join(" ");
    for (const german of [
      "Der Assistent schreibt\u00a0…",
      "Überschrift: How to",
      "Erledigt: Cup.",
      "Offen: Milk.",
      "Formel.",
    ])
      expect(words).to.include(german);
    expect(words).to.include("Tabelle, 3 Spalten, 3 Zeilen.").and.to.include("Code, 2 Zeilen, TypeScript.");
    const regions = findAll(chat, ".visually-hidden[aria-live]");
    expect(regions.map(({ lang }) => lang)).to.deep.equal(["de-AT", ""]); // nothing urgent was announced
  });

  it("are text of both directions, in the order of the source", async () => {
    const chat = await mountReady();
    const said = listen(chat);
    await askAndWait(chat, "right to left");
    await hear(said, "صافيا.");
    expect(answerIn(said)).to.equal("הנחל זורם בין האבנים. This one is English. الماء الجاري يبقى صافيا.");
  });

  it("do not come from the message log", async () => {
    const chat = await mountReady();
    expect(findAll(chat, "[role=log]").map((log) => log.getAttribute("aria-live"))).to.deep.equal(["off"]);
  });
});

describe("a failure", () => {
  afterEach(cleanUp);

  it("before an answer is announced at once", async () => {
    const chat = await mountReady();
    const said = listen(chat, "assertive");
    ask(chat, "limited long");
    await until(() => said.length > 0);
    expect(said).to.deep.equal(["You're sending messages too quickly. Please wait a moment."]);
  });
});
