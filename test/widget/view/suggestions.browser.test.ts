import { expect } from "chai";
import { sendKeys } from "@web/test-runner-commands";
import type { RivuletChat } from "../../../widget/index.ts";
import { hear, listen, listenOn } from "../support/listen.ts";
import { ask, askAndWait, button, cleanUp, find, findAll, mountReady, until } from "../support/mount.ts";
import { nextQuestions } from "../support/scripts.ts";

const chips = (chat: RivuletChat) => findAll(chat, ".suggestion");
const texts = (chat: RivuletChat) => chips(chat).map((chip) => chip.querySelector("span")?.textContent);
const questions = (chat: RivuletChat) => findAll(chat, "[part=question]").map(({ textContent }) => textContent);
const focused = (chat: RivuletChat) => chat.shadowRoot?.activeElement?.getAttribute("part");

async function offered(attributes: Record<string, string> = {}): Promise<RivuletChat> {
  const chat = await mountReady(attributes);
  await askAndWait(chat, "What next");
  await until(() => chips(chat).length === nextQuestions.length);
  return chat;
}

describe("suggested questions", function () {
  this.timeout(60_000);
  afterEach(cleanUp);

  it("are buttons in a named list, below the newest answer and its actions, each in its own direction", async () => {
    const chat = await offered();
    expect(texts(chat)).to.deep.equal(nextQuestions);
    expect(find(chat, ".suggestions")?.ariaLabel).to.equal("Suggested questions");
    const [first, , hebrew] = chips(chat);
    const actions = find(chat, ".message.assistant .actions")?.getBoundingClientRect();
    const box = first?.getBoundingClientRect();
    expect(box && actions && box.top >= actions.bottom - 1).to.equal(true);
    expect(box?.height).to.be.at.least(44);
    expect(hebrew && getComputedStyle(hebrew.querySelector("span") ?? hebrew).direction).to.equal("rtl");
    expect(first && getComputedStyle(first.querySelector(".icon") ?? first).scale).to.equal("none");
  });

  it("have mirrored arrows in a right-to-left chat", async () => {
    const chat = await offered({ lang: "ar" });
    const [first] = chips(chat);
    expect(first && getComputedStyle(first.querySelector(".icon") ?? first).scale).to.equal("-1 1");
    expect(find(chat, ".suggestions")?.ariaLabel).to.equal("أسئلة مقترحة");
  });

  it("are counted once for screen readers, after the answer, and not read out", async () => {
    const chat = await mountReady();
    const said = listen(chat);
    ask(chat, "What next");
    await hear(said, "It pays for itself after five years. 3 suggested questions.");
    await listenOn();
    expect(said.join(" ").split("suggested").length).to.equal(2);
    expect(said.join(" ")).not.to.include("second Store");
  });

  it("send exactly what they show, and are gone then; a draft stays", async () => {
    const chat = await offered();
    const input = find<HTMLTextAreaElement>(chat, "[part=input]");
    if (input) input.value = "My draft";
    input?.dispatchEvent(new Event("input", { bubbles: true }));
    const sent: string[] = [];
    chat.addEventListener("rivulet-send", ({ detail }) => sent.push(detail.text));
    chips(chat)[1]?.click();
    await until(() => questions(chat).length === 2);
    expect([sent, questions(chat)[1]]).to.deep.equal([[nextQuestions[1]], nextQuestions[1]]);
    expect(input?.value).to.equal("My draft");
    await until(() => find(chat, "[part=send]") && findAll(chat, "[part=answer]").length === 2);
    expect(chips(chat)).to.deep.equal([]);
  });

  it("are reached and pressed with the keyboard, which continues in the text field", async () => {
    const chat = await offered();
    chips(chat)[0]?.focus();
    await sendKeys({ press: "Tab" });
    expect(chat.shadowRoot?.activeElement === chips(chat)[1]).to.equal(true);
    await sendKeys({ press: "Enter" });
    await until(() => questions(chat)[1] === nextQuestions[1]);
    expect(focused(chat)).to.equal("input");
  });

  it("stay if the page cancels the question", async () => {
    const chat = await offered();
    chat.addEventListener("rivulet-send", (event) => event.preventDefault());
    chips(chat)[0]?.click();
    await new Promise(requestAnimationFrame);
    expect([texts(chat), questions(chat).length]).to.deep.equal([nextQuestions, 1]);
  });

  it("belong to the version that is shown", async () => {
    const chat = await offered();
    button(chat, "Regenerate").click();
    await until(() => find(chat, ".versions") && find(chat, "[part=send]"));
    expect(chips(chat)).to.deep.equal([]);
    button(chat, "Previous version").click();
    await until(() => chips(chat).length === nextQuestions.length);
    button(chat, "Next version").click();
    await until(() => chips(chat).length === 0);
  });

  it("are shown again on the next page, if their answer is still the newest one", async () => {
    const first = await offered();
    first.remove();
    const chat = document.createElement("rivulet-chat");
    for (const name of ["endpoint", "assistant"]) chat.setAttribute(name, first.getAttribute(name) ?? "");
    document.body.append(chat);
    await until(() => chips(chat).length === nextQuestions.length);
    await askAndWait(chat, "Hello");
    expect(chips(chat)).to.deep.equal([]);
    chat.remove();
  });
});
