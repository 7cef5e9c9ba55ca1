import { expect } from "chai";
import { sendKeys } from "@web/test-runner-commands";
import type { RivuletChat } from "../../../widget/index.ts";
import { answers, ask, askAndWait, button, cleanUp, find, findAll, mountReady, part, until } from "../support/mount.ts";

const toEnd = ({ scrollHeight, scrollTop, clientHeight }: HTMLElement) => scrollHeight - scrollTop - clientHeight;
const frame = () => new Promise(requestAnimationFrame);

/** How far the newest question is below the upper edge of the conversation, in CSS pixels. */
function questionTop(chat: RivuletChat): number {
  const question = findAll(chat, "[part=question]").at(-1);
  const top = part(chat, "messages").getBoundingClientRect().top;
  return (question?.getBoundingClientRect().top ?? NaN) - top;
}

async function mountLow(): Promise<RivuletChat> {
  const chat = await mountReady();
  chat.style.height = "420px";
  return chat;
}

/** Asks a second question, whose answer is long and is still being written. */
async function askMore(chat: RivuletChat): Promise<HTMLElement> {
  await askAndWait(chat, "long answer");
  ask(chat, "fast answer");
  await until(() => (answers(chat)[1]?.length ?? 0) > 0);
  return part(chat, "messages");
}

async function waitForMore(chat: RivuletChat, chars: number): Promise<void> {
  const before = answers(chat)[1]?.length ?? 0; // in characters: off-screen content may not have its height yet
  await until(() => (answers(chat)[1]?.length ?? 0) > before + chars);
}

describe("the message list", () => {
  afterEach(cleanUp);

  it("shows a new question at the top, and stays there when its answer has filled the room below", async () => {
    const chat = await mountLow();
    const area = await askMore(chat);
    const top = questionTop(chat); // the scroll position changes when content above gets its height
    expect(top).to.be.within(0, 30);
    expect(find(chat, ".jump")).to.equal(undefined);
    await until(() => find(chat, ".jump"));
    await waitForMore(chat, 200);
    expect(questionTop(chat)).to.be.closeTo(top, 1);
    expect(toEnd(area)).to.be.greaterThan(40);
    chat.stop();
  });

  it("shows the first question at the top, with the whole of a short answer below it", async () => {
    const chat = await mountLow();
    await askAndWait(chat, "Hello");
    expect(questionTop(chat)).to.be.within(0, 30);
    await askAndWait(chat, "Hello again");
    expect(questionTop(chat)).to.be.within(0, 30);
    expect(find(chat, ".jump")).to.equal(undefined);
  });

  it("shows the end of a question that is taller than half of the view", async () => {
    const chat = await mountLow();
    await askAndWait(chat, "A line\n".repeat(40));
    const area = part(chat, "messages").getBoundingClientRect();
    const bottom = findAll(chat, "[part=question]").at(-1)?.getBoundingClientRect().bottom ?? NaN;
    expect(bottom - area.top).to.be.within(area.height / 3, area.height * 0.6);
  });

  it("keeps the question at the top when the view gets another height", async () => {
    const chat = await mountLow();
    await askAndWait(chat, "long answer");
    await askAndWait(chat, "Hello");
    chat.style.height = "600px";
    for (const height of ["520px", "680px"]) {
      chat.style.height = height;
      await frame();
      await until(() => Math.abs(questionTop(chat)) < 31);
    }
  });

  it("has no empty room in a new conversation", async () => {
    const chat = await mountLow();
    await askAndWait(chat, "Hello");
    chat.newConversation();
    await until(() => find(chat, ".welcome"));
    const area = part(chat, "messages");
    const roomBelow = () => {
      const last = findAll(chat, ".starter").at(-1)?.getBoundingClientRect().bottom ?? NaN;
      return area.scrollHeight - area.scrollTop - (last - area.getBoundingClientRect().top);
    };
    await until(() => roomBelow() < 20);
  });

  it("follows the answer after the button, and after scrolling to the end", async () => {
    const chat = await mountLow();
    const area = await askMore(chat);
    await until(() => find(chat, ".jump"));
    button(chat, "Jump to latest").click();
    await until(() => !find(chat, ".jump"));
    await waitForMore(chat, 200);
    await until(() => toEnd(area) < 2);
    area.scrollTop -= 100;
    await until(() => find(chat, ".jump"));
    area.scrollTop = area.scrollHeight;
    await until(() => !find(chat, ".jump"));
    await waitForMore(chat, 200);
    await until(() => toEnd(area) < 2);
    chat.stop();
  });

  for (const [name, stepPx, everyMs, steps] of [
    ["a wheel", 5, 33, 30],
    ["a finger", 3, 16, 40],
  ] as const) {
    it(`is not pulled back to the end by new text while somebody scrolls up slowly with ${name}`, async () => {
      const chat = await mountLow();
      const area = await askMore(chat);
      await until(() => find(chat, ".jump"));
      button(chat, "Jump to latest").click();
      await until(() => toEnd(area) < 2);
      const start = area.scrollTop;
      for (let at = 1; at <= steps; at += 1) {
        area.scrollTop -= stepPx;
        await new Promise((resolve) => setTimeout(resolve, everyMs));
      }
      expect(start - area.scrollTop).to.be.within(steps * stepPx - 30, steps * stepPx); // one line may have been added
      await waitForMore(chat, 100);
      expect(start - area.scrollTop).to.be.within(steps * stepPx - 30, steps * stepPx);
      chat.stop();
    });
  }

  it("keeps what the keyboard is at in view when something above it grows", async () => {
    const chat = await mountReady();
    chat.style.height = "560px";
    await askAndWait(chat, "thinks a lot");
    const last = await until(() => findAll(chat, ".suggestion").at(-1));
    await sendKeys({ press: "Tab" }); // so that the focus counts as the keyboard's
    last.focus();
    const isInView = () => last.getBoundingClientRect().bottom <= part(chat, "messages").getBoundingClientRect().bottom;
    for (let frames = 0; frames < 2; frames += 1) await frame();
    expect(isInView()).to.equal(true);
    const thoughts = await until(() => find<HTMLDetailsElement>(chat, "details"));
    const { offsetHeight } = thoughts;
    thoughts.open = true;
    expect(thoughts.offsetHeight - offsetHeight).to.be.greaterThan(100);
    for (let frames = 0; frames < 4; frames += 1) await frame();
    expect(isInView()).to.equal(true);
    part(chat, "messages").scrollTop = 0; // scrolls away from it, so that growing content moves nothing
    await frame();
    thoughts.style.paddingTop = "60px";
    for (let frames = 0; frames < 4; frames += 1) await frame();
    expect(part(chat, "messages").scrollTop).to.equal(0);
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
