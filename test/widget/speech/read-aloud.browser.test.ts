import { expect } from "chai";
import type { RivuletChat } from "../../../widget/index.ts";
import { fullAnswerAnnounced } from "../support/full-answer.ts";
import { listen } from "../support/listen.ts";
import { ask, askAndWait, button, cleanUp, find, findAll, mountReady, until } from "../support/mount.ts";
import { addVoices, removeStandIns } from "../support/voices.ts";

// The test browser has no voices: `addVoices` adds some that behave like a platform's.

const speakers = (chat: Element) => findAll(chat, ".speak");
const pressed = (chat: Element) => speakers(chat).map((each) => each.ariaPressed);

/** A chat that has answered a question. */
async function answered(question = "Few sentences", attributes: Record<string, string> = {}): Promise<RivuletChat> {
  const chat = await mountReady({ assistant: "speaking", ...attributes });
  await askAndWait(chat, question);
  return chat;
}

async function press(chat: Element, at = 0): Promise<void> {
  const speaker = await until(() => speakers(chat)[at]);
  speaker.click();
}

describe("reading aloud", function () {
  this.timeout(60_000);
  afterEach(async () => {
    await cleanUp();
    removeStandIns();
    document.documentElement.lang = "en";
  });

  it("speaks the sentences of an answer in order, one at a time, and says so by the button", async () => {
    const synthesis = addVoices("de-DE", "en-GB", "en-US!");
    const chat = await answered();
    await press(chat);
    const actions = speakers(chat)[0]?.parentElement?.querySelectorAll("button") ?? [];
    expect([...actions].map((each) => each.ariaLabel)).to.deep.equal([
      "Copy answer",
      "Regenerate",
      "Read aloud",
      "Good answer",
      "Bad answer",
    ]);
    expect(synthesis.speaking).to.equal("One is first.");
    await until(() => pressed(chat)[0] === "true");
    for (let count = 1; count <= 6; count += 1) {
      expect(synthesis.spoken.length).to.equal(count);
      synthesis.finish();
    }
    expect(synthesis.spoken.map(({ text }) => text).join(" ")).to.equal(
      "One is first. Two is second. Three is third. Four is fourth. Five is fifth. That is all.",
    );
    expect(new Set(synthesis.spoken.map(({ voice, lang }) => `${voice?.name} ${lang}`))).to.deep.equal(
      new Set(["en-GB en-GB"]),
    );
    await until(() => pressed(chat)[0] === "false");
  });

  it("speaks code, tables and formulas as they are announced", async () => {
    const synthesis = addVoices("en-US");
    await press(await answered("Full answer at once"));
    while (synthesis.speaking !== undefined) synthesis.finish();
    expect(synthesis.spoken.map(({ text }) => text)).to.deep.equal(fullAnswerAnnounced);
  });

  it("is offered only with a voice of the device for the answer's language", async () => {
    const synthesis = addVoices("de-DE", "en-US!");
    const chat = await answered("Answer in Japanese");
    expect(speakers(chat)).to.have.length(0);
    synthesis.voices.push({ name: "ja", lang: "ja-JP", localService: true, default: true });
    synthesis.dispatchEvent(new Event("voiceschanged"));
    await press(chat);
    expect(synthesis.spoken[0]?.voice?.name).to.equal("ja");
    await askAndWait(chat, "Hello"); // English has only a remote voice
    expect(speakers(chat)).to.have.length(1);
  });

  it("uses other voices if the assistant allows them, and is not offered if it allows nothing", async () => {
    const synthesis = addVoices("en-US!");
    await press(await answered("Hello", { assistant: "speaking-anyhow" }));
    expect(synthesis.spoken[0]?.voice?.name).to.equal("en-US!");
    await cleanUp();
    addVoices("en-US");
    const quiet = await answered("Hello", { assistant: "brook" });
    await askAndWait(quiet, "Hello again");
    expect(speakers(quiet)).to.have.length(0);
  });

  it("pauses, and continues with the same sentence", async () => {
    const synthesis = addVoices("en-US");
    const chat = await answered();
    await press(chat);
    synthesis.finish();
    await press(chat);
    expect(synthesis.speaking).to.equal(undefined);
    await until(() => pressed(chat)[0] === "false");
    await press(chat);
    expect(synthesis.speaking).to.equal("Two is second.");
    synthesis.finish();
    expect(synthesis.speaking).to.equal("Three is third.");
  });

  it("reads one answer at a time, and a long sentence in parts that no engine cuts off", async () => {
    const synthesis = addVoices("en-US");
    const chat = await answered();
    await askAndWait(chat, "One long sentence");
    await press(chat, 0);
    await press(chat, 1);
    await until(() => pressed(chat).join() === "false,true");
    while (synthesis.speaking !== undefined) synthesis.finish();
    const [, ...parts] = synthesis.spoken.map(({ text }) => text);
    expect(parts.length).to.be.above(2);
    expect(Math.max(...parts.map((text) => text.length))).to.be.at.most(180);
    expect(parts.join(" ")).to.equal(findAll(chat, "[part=answer]").at(-1)?.textContent);
  });

  it("follows an answer that is being written, without a second voice", async () => {
    const synthesis = addVoices("en-US");
    const chat = await mountReady({ assistant: "speaking" });
    const said = listen(chat);
    ask(chat, "Sentence by sentence");
    await press(chat);
    const before = said.length;
    expect(findAll(chat, "[aria-live=off].visually-hidden")).to.have.length(1);
    await until(() => {
      synthesis.finish();
      return synthesis.spoken.length === 6 && synthesis.speaking === undefined;
    });
    expect(synthesis.spoken.at(-1)?.text).to.equal("That is all.");
    await until(() => pressed(chat)[0] === "false");
    expect(findAll(chat, "[aria-live=off].visually-hidden")).to.have.length(0);
    expect(before).to.be.at.most(said.length);
    await until(() => find(chat, ".action.up"));
    expect(findAll(chat, ".actions.alone")).to.have.length(0);
  });

  const ends: Record<string, (chat: RivuletChat) => unknown> = {
    "the panel closes": (chat) => chat.hide(),
    "the conversation is another one": (chat) => chat.newConversation(),
    "the visitor signs out": (chat) => chat.reset(),
    "the chat is removed": (chat) => chat.remove(),
    "the page is left": () => dispatchEvent(new Event("pagehide")),
  };
  for (const [name, end] of Object.entries(ends))
    it(`stops when ${name}`, async () => {
      const synthesis = addVoices("en-US");
      const chat = await answered("Few sentences", { mode: "popup", open: "" });
      await press(chat);
      expect(synthesis.speaking).to.equal("One is first.");
      end(chat);
      await until(() => synthesis.speaking === undefined);
      synthesis.finish();
      expect(synthesis.spoken).to.have.length(1);
    });

  it("says that a voice has failed", async () => {
    const synthesis = addVoices("en-US");
    const chat = await answered();
    await press(chat);
    synthesis.finish("error");
    await until(() => find(chat, ".speech-note")?.textContent === "Couldn't read this answer aloud.");
    expect(find(chat, ".speech-note")?.role).to.equal("status");
    await until(() => pressed(chat)[0] === "false");
    button(chat, "Read aloud").click();
    expect(find(chat, ".speech-note")).to.equal(undefined);
  });
});
