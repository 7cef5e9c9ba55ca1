import { expect } from "chai";
import { answers, find, findAll, part, until } from "../support/page.ts";
import { addTag, removeTags } from "./greeting-tag.ts";

describe("a reply of a greeting", () => {
  before(() => {
    localStorage.clear();
    sessionStorage.clear();
  });
  after(removeTags);

  it("is asked once the chat is open, although its code could not be loaded when it was tapped", async () => {
    const chat = await addTag({ greeting: "Stuck?", greetingReplies: "Hello" }, "late/rivulet.js");
    (await until(() => findAll(chat, ".greeting-reply")[0])).click();
    await until(() => find(chat, ".corner > span")?.textContent?.includes("couldn't be loaded"));
    expect(chat.hasAttribute("open")).to.equal(false);
    part(chat, "launcher").dispatchEvent(new PointerEvent("pointerenter"));
    await customElements.whenDefined("rivulet-chat");
    await chat.updateComplete;
    expect(answers(chat)).to.deep.equal([]);
    part(chat, "launcher").click();
    await until(() => answers(chat)[0]);
    expect(findAll(chat, ".message.user [dir=auto]").map(({ textContent }) => textContent)).to.deep.equal(["Hello"]);
  });
});
