import { expect } from "chai";
import { ask, askAndWait, cleanUp, findAll, mountReady, until } from "./mount.ts";
import { wholeAnswer } from "./scripts.ts";

/** Everything that a live region says, from now on. */
function listen(chat: Element, politeness: string): string[] {
  const said: string[] = [];
  const [region] = findAll(chat, `[aria-live=${politeness}]`);
  const observer = new MutationObserver((changes) =>
    changes.forEach(({ addedNodes }) => addedNodes.forEach((node) => said.push(node.textContent ?? ""))),
  );
  if (region) observer.observe(region, { childList: true });
  return said;
}

describe("what a screen reader hears", () => {
  afterEach(cleanUp);

  it("is the whole answer once, in sentences", async () => {
    const chat = await mountReady();
    const said = listen(chat, "polite");
    await askAndWait(chat, "Hello");
    await until(() => said.join(" ").includes("the river."));
    const spoken = said.join(" ").replace("The assistant is writing… ", "");
    expect(spoken.replace(/\s+/g, " ")).to.equal(wholeAnswer.replace(/\s+/g, " "));
    expect(said.length).to.be.lessThan(4);
  });

  it("is whole sentences while the answer grows", async () => {
    const chat = await mountReady();
    const said = listen(chat, "polite");
    ask(chat, "slow answer");
    await until(() => said.length > 2, 7_000);
    chat.stop();
    for (const words of said) expect(words.trim()).to.match(/[.…]$/);
  });

  it("is a failure at once", async () => {
    const chat = await mountReady();
    const said = listen(chat, "assertive");
    ask(chat, "limited long");
    await until(() => said.length > 0);
    expect(said).to.deep.equal(["That was a lot at once. Please wait a moment."]);
  });

  it("never is the log itself", async () => {
    const chat = await mountReady();
    expect(findAll(chat, "[role=log]").map((log) => log.getAttribute("aria-live"))).to.deep.equal(["off"]);
  });
});
