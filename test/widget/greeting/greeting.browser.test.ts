import { expect } from "chai";
import { withMotion } from "../support/own-window.ts";
import { answers, find, findAll, part, until } from "../support/page.ts";
import { addTag, removeTags } from "./greeting-tag.ts";

const card = (chat: Element) => find(chat, "[part=teaser]");
const resources = () => performance.getEntriesByType("resource").map(({ name }) => name);

describe("a greeting beside the launcher", function () {
  this.timeout(60_000);
  withMotion();
  before(() => {
    localStorage.clear();
    sessionStorage.clear();
  });
  afterEach(async () => {
    removeTags();
    await new Promise((resolve) => setTimeout(resolve)); // a removed element saves its state in the next task
    localStorage.clear();
    sessionStorage.clear();
    document.documentElement.lang = "en";
  });

  it("is in the page's language, and stores and requests nothing but its own code", async () => {
    document.documentElement.lang = "de-AT";
    const chat = await addTag({ greeting: "Stuck?", greetingDe: "Hängt etwas?", greetingReplies: "It blinks|It hums" });
    const shown = await until(() => card(chat));
    expect(shown.querySelector(".greeting-text")?.textContent).to.equal("Hängt etwas?");
    expect(shown.querySelector(".greeting-close")?.ariaLabel).to.equal("Ausblenden");
    expect(findAll(chat, ".greeting-reply").map(({ textContent }) => textContent)).to.deep.equal([
      "It blinks",
      "It hums",
    ]);
    expect(shown.closest("[aria-live]")).to.equal(null);
    expect(shown.nextElementSibling).to.equal(find(chat, "[part=launcher]"));
    expect(localStorage.length + sessionStorage.length).to.equal(0);
    expect(resources().filter((name) => name.includes("/panel.js") || name.includes("/v1/"))).to.deep.equal([]);
  });

  it("has its corner at the launcher and its text beside the close button, in any direction", async () => {
    for (const dir of ["ltr", "rtl"])
      for (const words of ["Ask about tea and about all other things", "اسأل عن الشاي وعن كل الأشياء الأخرى هنا"]) {
        document.documentElement.dir = dir;
        const chat = await addTag({ greeting: words, greetingName: words });
        const shown = await until(() => card(chat));
        const style = getComputedStyle(shown);
        const [left, right] = [style.borderBottomLeftRadius, style.borderBottomRightRadius].map(parseFloat);
        expect(Number(left) < Number(right), `${dir} ${words}`).to.equal(dir === "rtl");
        const text = document.createRange();
        text.selectNodeContents(shown.querySelector(".greeting-name") ?? shown);
        const [name, close] = [text, shown.querySelector(".greeting-close") ?? shown].map((each) =>
          each.getBoundingClientRect(),
        );
        expect(name && close && (name.right <= close.left || name.left >= close.right), `${dir} ${words}`).to.equal(
          true,
        );
        removeTags();
      }
    document.documentElement.removeAttribute("dir");
  });

  it("is never wider than a part of a phone, and never shown again once it is closed", async () => {
    const chat = await addTag({ greeting: "Stuck?" });
    const shown = await until(() => card(chat));
    expect(shown.getBoundingClientRect().width).to.be.at.most(Math.min(300, innerWidth - 90));
    expect(document.activeElement).to.equal(document.body);
    const dismiss = shown.querySelector<HTMLElement>(".greeting-close");
    dismiss?.focus();
    dismiss?.dispatchEvent(
      new KeyboardEvent("keydown", { key: "Escape", bubbles: true, composed: true, cancelable: true }),
    );
    expect(card(chat)).to.equal(undefined);
    expect(chat.shadowRoot?.activeElement).to.equal(find(chat, "[part=launcher]"));
    expect(localStorage.length).to.equal(1);
    removeTags();
    const again = await addTag({ greeting: "Stuck?" });
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(card(again)).to.equal(undefined);
  });

  it("opens the chat by a tap, which closes it for good", async () => {
    const chat = await addTag({ greeting: "Stuck?" });
    const shown = await until(() => card(chat));
    shown.querySelector<HTMLElement>(".greeting-text")?.click();
    await until(() => !card(chat));
    await until(() => chat.shadowRoot?.activeElement === part(chat, "input"));
    expect(Object.keys(localStorage).map((key) => key.split(":")[1])).to.deep.equal(["greeting"]);
    expect(answers(chat)).to.deep.equal([]); // the text is the site's, not a question
  });

  it("asks by a reply, in a chat that a page adds later, in another language", async () => {
    expect(customElements.get("rivulet-chat")).to.not.equal(undefined);
    document.documentElement.lang = "de";
    const chat = await addTag({ greeting: "Stuck?", greetingReplies: "Hello|It hums" });
    const shown = await until(() => card(chat));
    expect(shown.querySelector(".greeting-close")?.ariaLabel).to.equal("Ausblenden");
    expect(shown.getBoundingClientRect().bottom).to.be.at.most(part(chat, "launcher").getBoundingClientRect().top);
    const [reply] = findAll(chat, ".greeting-reply");
    reply?.focus();
    reply?.click();
    await until(() => answers(chat)[0]);
    expect(findAll(chat, ".message.user [dir=auto]")[0]?.textContent).to.equal("Hello");
    expect(chat.open).to.equal(true);
    expect(card(chat)).to.equal(undefined);
    expect(chat.shadowRoot?.activeElement).to.equal(part(chat, "input"));
  });

  it("is not shown beside a chat in the page's text, which has no launcher", async () => {
    const chat = await addTag({ greeting: "Stuck?", mode: "inline" });
    await until(() => part(chat, "input"));
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(card(chat)).to.equal(undefined);
  });
});
