import { expect } from "chai";
import type { ConversationFile } from "../../../widget/download/conversation-file.ts";
import type { RivuletChat } from "../../../widget/index.ts";
import { answers, ask, askAndWait, button, cleanUp, find, findAll, mountReady, until } from "../support/mount.ts";
import { wholeAnswer } from "../support/scripts.ts";

/** A file that the browser was given to save. */
interface Saved {
  name: string;
  content: Blob;
}

const { createObjectURL } = URL;
const { click } = HTMLAnchorElement.prototype;

/** Intercepts the files that the browser would save. */
function takeFiles(): Saved[] {
  const saved: Saved[] = [];
  const contents = new Map<string, Blob>();
  URL.createObjectURL = (content: Blob) => {
    const url = createObjectURL(content);
    contents.set(url, content);
    return url;
  };
  HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
    const content = contents.get(this.href);
    if (content) saved.push({ name: this.download, content });
    else click.call(this);
  };
  return saved;
}

/** Downloads as a keyboard user does, as far as a script can: it focuses every control before it clicks it. */
async function download(chat: RivuletChat, label: string, saved: Saved[]): Promise<string> {
  const count = saved.length;
  press(button(chat, "Conversations"));
  const summary = await until(() => find(chat, ".data summary"));
  if (!find(chat, ".data[open]")) press(summary); // once opened, it stays open
  press(await until(() => findAll(chat, ".data button").find((each) => each.innerText === label)));
  await until(() => saved.length > count);
  press(button(chat, "Back to conversation"));
  return saved[count]?.content.text() ?? "";
}

function press(control: HTMLElement): void {
  control.focus();
  expect(control.matches(":focus")).to.equal(true);
  control.click();
}

describe("download of the conversation", () => {
  afterEach(async () => {
    Object.assign(URL, { createObjectURL });
    HTMLAnchorElement.prototype.click = click;
    await cleanUp();
  });

  it("has every message, not only those that are shown, and says which answers are not complete", async () => {
    const chat = await mountReady();
    for (let at = 0; at < 6; at++) await askAndWait(chat, `Hello ${at}`);
    await askAndWait(chat, "with sources");
    await askAndWait(chat, "breaks off once");
    ask(chat, "slow answer");
    await until(() => answers(chat).at(-1));
    const saved = takeFiles();
    const file: ConversationFile = JSON.parse(await download(chat, "Data (JSON)", saved));
    expect(saved[0]?.name).to.match(/^\d{4}-\d\d-\d\d Hello 0\.json$/);
    expect([file.format, file.version, file.assistant]).to.deep.equal([
      "rivulet-chat.conversation",
      1,
      { id: "brook", title: "Brook" },
    ]);
    const asked = file.messages.filter(({ role }) => role === "user").map(({ content }) => content);
    expect(asked).to.deep.equal([
      ...[0, 1, 2, 3, 4, 5].map((at) => `Hello ${at}`),
      ...["with sources", "breaks off once", "slow answer"],
    ]);
    const given = file.messages.flatMap((message) => (message.role === "assistant" ? [message] : []));
    expect(given.map(({ status }) => status)).to.deep.equal([
      ...Array.from({ length: 7 }, () => "complete"),
      ...["failed", "running"],
    ]);
    expect(given[0]?.content).to.equal(wholeAnswer);
    for (const { aiGenerated, digitalSourceType } of given) {
      expect(aiGenerated).to.equal(true);
      expect(digitalSourceType).to.match(/trainedAlgorithmicMedia$/);
    }
    expect(given[6]?.sources[0]?.url).to.match(/^https?:/);
    const markdown = await download(chat, "Text (Markdown)", saved);
    expect(saved[1]?.name).to.match(/ Hello 0\.md$/);
    expect(markdown.match(/^## You · /gm)?.length).to.equal(9);
    expect(markdown.match(/^## Brook \\?\(AI\\?\) · /gm)?.length).to.equal(9);
    expect(markdown)
      .to.include("The assistant is typing")
      .and.to.match(/^\d\. \[.*\]\(<http/m);
    button(chat, "Stop generating").click();
  });

  it("every answer on the page says that it is generated, and no question does", async () => {
    const chat = await mountReady();
    await askAndWait(chat, "Hello");
    const marked = findAll(chat, "[data-ai-generated=true]");
    expect(marked.map((each) => each.getAttribute("part"))).to.deep.equal(["answer"]);
  });
});
