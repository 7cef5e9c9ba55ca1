import { sendMouse } from "@web/test-runner-commands";
import { expect } from "chai";
import { cleanUp, find, findAll, mountReady, part, press, type, until } from "../support/mount.ts";

const questions = (chat: Element) => findAll(chat, "[part=question]").map(({ textContent }) => textContent);

describe("the composer", () => {
  afterEach(cleanUp);

  it("sends on Enter, but not an empty text", async () => {
    const chat = await mountReady();
    type(chat, "   ");
    press(chat, "Enter");
    type(chat, "Hello");
    expect(press(chat, "Enter").defaultPrevented).to.equal(true);
    await until(() => questions(chat).length > 0);
    expect(questions(chat)).to.deep.equal(["Hello"]);
  });

  it("inserts a newline on Shift+Enter", async () => {
    const chat = await mountReady();
    type(chat, "Hello");
    expect(press(chat, "Enter", { shiftKey: true }).defaultPrevented).to.equal(false);
    expect(questions(chat)).to.deep.equal([]);
  });

  it("ignores the Enter of an input method", async () => {
    const chat = await mountReady();
    const input = type(chat, "にほん");
    press(chat, "Enter", { isComposing: true });
    press(chat, "Enter", { keyCode: 229 });
    input.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true }));
    press(chat, "Enter"); // as Safari does just after the composition has ended
    await chat.updateComplete;
    expect(questions(chat)).to.deep.equal([]);
    await new Promise((resolve) => setTimeout(resolve, 80));
    press(chat, "Enter");
    await until(() => questions(chat).length === 1);
  });

  it("sends on click and keeps the focus in the field", async () => {
    const chat = await mountReady();
    const input = type(chat, "Hello");
    await chat.updateComplete;
    part(chat, "send").click();
    await until(() => questions(chat).length === 1);
    expect(chat.shadowRoot?.activeElement === input).to.equal(true);
  });

  it("does not stop the answer with the second half of a double click on Send", async () => {
    const chat = await mountReady();
    type(chat, "slow answer");
    await chat.updateComplete;
    const { x, y, width, height } = part(chat, "send").getBoundingClientRect();
    const click = () => sendMouse({ type: "click", position: [Math.round(x + width / 2), Math.round(y + height / 2)] });
    await click();
    await until(() => find(chat, "[part=stop]"));
    await click();
    await until(() => find(chat, "[part=answer]")?.textContent);
    expect(part(chat, "stop").getAttribute("aria-disabled")).to.equal("false");
    await new Promise((resolve) => setTimeout(resolve, 600));
    await click(); // this one stops the answer
    await until(() => find(chat, "[part=send]"));
  });

  it("shows the count near the limit, and does not send past it", async () => {
    const chat = await mountReady({ assistant: "terse" });
    const isLineRed = () =>
      getComputedStyle(part(chat, "field")).borderTopColor === getComputedStyle(part(chat, "limit")).color;
    type(chat, "Half of it");
    await chat.updateComplete;
    expect(find(chat, ".limit")?.textContent).to.equal("");
    type(chat, "Nineteen characters");
    await until(() => find(chat, ".limit")?.textContent === "1 character left");
    expect(isLineRed()).to.equal(false);
    type(chat, "Twenty-one characters");
    await until(() => find(chat, ".limit")?.textContent === "1 character over the limit");
    expect(isLineRed()).to.equal(true);
    press(chat, "Enter");
    await chat.updateComplete;
    expect(questions(chat)).to.deep.equal([]);
    expect(part<HTMLButtonElement>(chat, "send").disabled).to.equal(true);
    expect(part(chat, "input").getAttribute("aria-invalid")).to.equal("true");
    expect(part<HTMLTextAreaElement>(chat, "input").value).to.equal("Twenty-one characters");
  });

  it("counts UTF-16 units, like the worker", async () => {
    const chat = await mountReady({ assistant: "terse" });
    type(chat, "🌊".repeat(10));
    await until(() => find(chat, ".limit")?.textContent === "0 characters left");
  });

  it("grows with its text, up to a maximum height", async () => {
    const chat = await mountReady();
    const heights: number[] = [];
    for (const lines of [1, 4, 100]) {
      const input = type(chat, "line\n".repeat(lines));
      await chat.updateComplete;
      heights.push(input.offsetHeight);
    }
    const [one = 0, four = 0, hundred = 0] = heights;
    expect(four).to.be.greaterThan(one);
    expect(hundred).to.be.greaterThan(four).and.to.be.lessThan(260);
  });

  it("keeps the draft while an answer arrives", async () => {
    const chat = await mountReady();
    type(chat, "slow answer");
    press(chat, "Enter");
    await until(() => find(chat, "[part=stop]"));
    type(chat, "Next question");
    press(chat, "Enter");
    await until(() => find(chat, "[part=answer]")?.innerText);
    expect(part<HTMLTextAreaElement>(chat, "input").value).to.equal("Next question");
    expect(questions(chat)).to.deep.equal(["slow answer"]);
    chat.stop();
  });
});
