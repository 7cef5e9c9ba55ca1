import { expect } from "chai";
import { answers, ask, askAndWait, button, cleanUp, find, mountReady, part, until } from "../support/mount.ts";

const toEnd = ({ scrollHeight, scrollTop, clientHeight }: HTMLElement) => scrollHeight - scrollTop - clientHeight;

describe("the message list", () => {
  afterEach(cleanUp);

  it("follows while the reader is at the end", async () => {
    const chat = await mountReady();
    chat.style.height = "420px";
    await askAndWait(chat, "long answer");
    const area = part(chat, "messages");
    expect(area.scrollHeight).to.be.greaterThan(area.clientHeight * 2);
    await until(() => toEnd(area) < 2);
    expect(find(chat, ".jump") === undefined).to.equal(true);
  });

  it("does not scroll a reader who has scrolled up, and offers a button", async () => {
    const chat = await mountReady();
    chat.style.height = "420px";
    await askAndWait(chat, "long answer");
    ask(chat, "slow answer");
    const area = part(chat, "messages");
    await until(() => (chat.shadowRoot?.querySelectorAll("[part=answer]").length ?? 0) > 1);
    area.scrollTop = 200;
    await until(() => find(chat, ".jump"));
    const grown = answers(chat)[1]?.length ?? 0; // off-screen content may not have its height yet
    await until(() => (answers(chat)[1]?.length ?? 0) > grown + 100);
    expect(area.scrollTop).to.equal(200);
    button(chat, "Jump to latest").click();
    await until(() => toEnd(area) < 2 && !find(chat, ".jump"));
    chat.stop();
  });

  it("does not scroll a reader who scrolls up before the jump's scroll event", async () => {
    const chat = await mountReady();
    chat.style.height = "420px";
    await askAndWait(chat, "long answer");
    const area = part(chat, "messages");
    area.scrollTop = 0;
    await until(() => find(chat, ".jump"));
    button(chat, "Jump to latest").click();
    area.scrollTop = 200;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(find(chat, ".jump") !== undefined).to.equal(true);
  });
});
