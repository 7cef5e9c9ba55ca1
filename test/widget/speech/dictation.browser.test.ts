import { expect } from "chai";
import { sendKeys } from "@web/test-runner-commands";
import type { RivuletChat } from "../../../widget/index.ts";
import { ask, cleanUp, find, findAll, mountReady, part, press, seenRequests, type, until } from "../support/mount.ts";
import { addRecognition, Recognition, removeStandIns } from "../support/voices.ts";

// The browser of the tests has no language pack: `addRecognition` stands in for the platform's recognition.

const microphone = (chat: Element) => find<HTMLButtonElement>(chat, ".dictate");
const input = (chat: Element) => part<HTMLTextAreaElement>(chat, "input");

/** A chat that listens. */
async function listening(attributes: Record<string, string> = {}, draft = ""): Promise<[RivuletChat, Recognition]> {
  const chat = await mountReady({ assistant: "speaking", ...attributes });
  const button = await until(() => microphone(chat));
  if (draft) type(chat, draft);
  button.click();
  await until(() => microphone(chat)?.ariaPressed === "true");
  return [chat, await until(() => Recognition.current)];
}

describe("dictation", function () {
  this.timeout(60_000);
  afterEach(async () => {
    await cleanUp();
    removeStandIns();
  });

  it("is offered only where the device recognizes the language, and the assistant allows it", async () => {
    addRecognition("de-DE");
    const chat = await mountReady({ assistant: "speaking" });
    await until(() => Recognition.asked.length > 0);
    await chat.updateComplete;
    expect(microphone(chat)).to.equal(undefined);
    chat.lang = "de";
    await until(() => microphone(chat)?.ariaLabel === "Diktieren");
    expect(JSON.stringify(Recognition.asked)).not.to.contain('"processLocally":false');
    expect(Recognition.current).to.equal(undefined); // nothing listens before a press
    Recognition.asked.length = 0;
    await mountReady({ assistant: "speaking-anyhow", lang: "de" });
    const silent = await mountReady({ assistant: "brook", lang: "de" });
    expect(microphone(silent)).to.equal(undefined);
    expect(Recognition.asked).to.deep.equal([]);
  });

  it("is not offered by a browser that cannot be told to stay on the device", async () => {
    addRecognition("en-US");
    Reflect.deleteProperty(Recognition.prototype, "processLocally");
    const chat = await mountReady({ assistant: "speaking" });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(microphone(chat)).to.equal(undefined);
    Object.defineProperty(Recognition.prototype, "processLocally", {
      value: false,
      writable: true,
      configurable: true,
    });
  });

  it("writes at the caret, keeps what was typed, and can be undone", async () => {
    addRecognition("en-US");
    const chat = await mountReady({ assistant: "speaking" });
    const field = type(chat, "Is it ? Thanks");
    field.setSelectionRange(6, 6);
    (await until(() => microphone(chat))).click();
    const recognition = await until(() => Recognition.current);
    expect([recognition.lang, recognition.continuous, recognition.interimResults]).to.deep.equal(["en-US", true, true]);
    expect(Reflect.get(recognition, "processLocally")).to.equal(true);
    recognition.hear("say");
    expect(field.value).to.equal("Is it say? Thanks");
    recognition.hear("safe to");
    recognition.hear("safe to touch", "");
    expect(field.value).to.equal("Is it safe to touch? Thanks");
    expect(field.selectionStart).to.equal(19);
    microphone(chat)?.click();
    await until(() => microphone(chat)?.ariaPressed === "false");
    expect(recognition.isRunning).to.equal(false);
    for (let count = 0; count < 9 && field.value !== "Is it ? Thanks"; count += 1) document.execCommand("undo");
    expect(field.value).to.equal("Is it ? Thanks");
  });

  it("separates words where the language does", async () => {
    addRecognition("en-US", "ja-JP");
    const [chat, recognition] = await listening({}, "Hello");
    recognition.hear("you there ");
    expect(input(chat).value).to.equal("Hello you there");
    await cleanUp();
    const [japanese, other] = await listening({ lang: "ja" }, "こんにちは");
    other.hear("世界");
    expect(input(japanese).value).to.equal("こんにちは世界");
    other.hear("世界", "今日は", "hello", "there");
    expect(input(japanese).value).to.equal("こんにちは世界今日はhello there");
  });

  it("ends when the visitor types, and hears no more", async () => {
    addRecognition("en-US");
    const [chat, recognition] = await listening({}, "One");
    recognition.hear("two");
    await sendKeys({ type: " three" });
    expect(recognition.isRunning).to.equal(false);
    recognition.hear("two and a half");
    expect(input(chat).value).to.equal("One two three");
    await until(() => microphone(chat)?.ariaPressed === "false");
  });

  it("ends when the question is sent, which has what was heard", async () => {
    addRecognition("en-US");
    const [chat, recognition] = await listening();
    recognition.hear("hello from the microphone");
    press(chat, "Enter");
    expect(recognition.isRunning).to.equal(false);
    recognition.hear("hello from the microphone again");
    await until(() => find(chat, "[part=answer]"));
    expect(input(chat).value).to.equal("");
    const sent = (await seenRequests()).findLast(({ path }) => path === "/v1/messages")?.body;
    expect(sent).to.include({ userPrompt: "hello from the microphone" });
  });

  const ends: Record<string, (chat: RivuletChat) => unknown> = {
    "the panel closes": (chat) => chat.hide(),
    "the conversation is another one": (chat) => chat.newConversation(),
    "the chat is removed": (chat) => chat.remove(),
    "the page is left": () => dispatchEvent(new Event("pagehide")),
  };
  for (const [name, end] of Object.entries(ends))
    it(`ends when ${name}`, async () => {
      addRecognition("en-US");
      const [chat, recognition] = await listening({ mode: "popup", open: "" });
      end(chat);
      await until(() => !recognition.isRunning);
    });

  const words: Record<string, string> = {
    "not-allowed": "To dictate, allow this site to use your microphone.",
    "service-not-allowed": "To dictate, allow this site to use your microphone.",
    "no-speech": "Nothing was heard. Please try again.",
    "audio-capture": "No microphone was found.",
    "language-not-supported": "Dictation isn't installed for this language on your device.",
    network: "Dictation stopped. Please try again.",
  };
  it("says why it has ended", async () => {
    addRecognition("en-US");
    const [chat, first] = await listening();
    let recognition = first;
    for (const [error, expected] of Object.entries(words)) {
      recognition.fail(error);
      expect(find(chat, ".speech-note")?.textContent).to.equal(expected);
      expect(find(chat, ".speech-note")?.role).to.equal("status");
      await until(() => microphone(chat)?.ariaPressed === "false");
      microphone(chat)?.click();
      expect(find(chat, ".speech-note")).to.equal(undefined);
      recognition = await until(() => (Recognition.current === recognition ? undefined : Recognition.current));
    }
    recognition.fail("aborted");
    expect(find(chat, ".speech-note")).to.equal(undefined);
  });

  it("stays where it is in the order of tabbing while an answer is written", async () => {
    addRecognition("en-US");
    const chat = await mountReady({ assistant: "speaking" });
    const button = await until(() => microphone(chat));
    expect(input(chat).nextElementSibling).to.equal(button);
    ask(chat, "Slow answer");
    await until(() => find(chat, "[part=stop]"));
    expect(microphone(chat)).to.equal(button);
    expect(findAll(chat, ".dictate")).to.have.length(1);
    chat.stop();
  });
});
