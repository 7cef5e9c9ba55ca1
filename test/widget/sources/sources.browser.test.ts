import { expect } from "chai";
import { sendMouse } from "@web/test-runner-commands";
import type { RivuletChat } from "../../../widget/index.ts";
import { answerIn, hear, listen } from "../support/listen.ts";
import { askAndWait, cleanUp, find, findAll, mountReady, part, until } from "../support/mount.ts";

/** A page whose words differ from the cited ones in white space, elements, hyphens, case and accents. */
const passage = `<p id="passage">Reckoned together with the panels, The
  <b>whole</b> pays for it\u00ADself in 5.2&nbsp;years, and “so on”.</p>`;

let pageWords: HTMLElement;

/** A chat whose answer cites a source on this page, one on another page of this site and one on another site. */
async function cited(): Promise<RivuletChat> {
  pageWords = document.createElement("div");
  pageWords.innerHTML = `<div style="height: 3000px"></div>${passage}<div style="height: 3000px"></div>`;
  const chat = await mountReady();
  document.body.append(pageWords);
  history.replaceState(null, "", "/"); // where the first source is
  await askAndWait(chat, "With citations");
  await until(() => find(chat, "[part=sources]") && find(chat, ".citation"));
  return chat;
}

const chipsOf = (chat: RivuletChat) => findAll(chat, ".citation");
const preview = (chat: RivuletChat) => find(chat, ".preview");
const press = (key: string, init: KeyboardEventInit = {}) =>
  (document.activeElement?.shadowRoot?.activeElement ?? document.body).dispatchEvent(
    new KeyboardEvent("keydown", { key, bubbles: true, composed: true, cancelable: true, ...init }),
  );
const shownText = (element: Element | undefined) => element?.textContent.replace(/\s+/g, " ").trim();

/** The words that are marked on the page. */
function marked(): string {
  return [...(CSS.highlights.get("rivulet-chat-source") ?? [])].map(String).join(" | ").replace(/\s+/g, " ");
}

describe("sources", function () {
  this.timeout(60_000);
  const address = location.href;
  afterEach(async () => {
    await cleanUp();
    pageWords.remove();
    CSS.highlights.clear();
    document.querySelector("#other")?.remove();
    history.replaceState(null, "", address);
    scrollTo(0, 0);
  });

  it("are cards, the cited ones first, and only allowed addresses are links", async () => {
    const chat = await cited();
    expect(findAll(chat, ".cards").map((cards) => [...cards.children].map(shownText))).to.deep.equal([
      [
        "Does a Store pay for itself?1 localhost:" + location.port,
        "What a day looks like, hour by hour2 yield",
        "Prices and guarantee3 shop",
      ],
      ["Not cited4"],
    ]);
    const [here, site, elsewhere, none] = findAll(chat, ".card");
    expect(here?.getAttribute("href")).to.equal(`${location.origin}/`);
    expect(site?.getAttribute("href")).to.equal(`${location.origin}/guide/yield.html#noon:~:text=Cook%20at%20noon`);
    expect(site?.getAttribute("target")).to.equal(null);
    expect(elsewhere?.getAttribute("target")).to.equal("_blank");
    expect(elsewhere?.getAttribute("rel")).to.include("noopener");
    expect(none?.localName).to.equal("span");
    expect(find(chat, "summary")?.textContent).to.equal("1 more source");
    const box = (element: Element | undefined) => element?.getBoundingClientRect() ?? new DOMRect();
    chat.style.width = "400px";
    expect(box(here).width).to.be.closeTo(154, 8);
    chat.style.width = "320px";
    await until(() => Math.abs(box(here).height - 44) <= 2 && box(site).top > box(here).bottom);
  });

  it("have chips with a name, which neither start a line nor are part of the answer's text", async () => {
    const chat = await cited();
    const names = chipsOf(chat).map((chip) => chip.getAttribute("aria-label"));
    expect(names).to.deep.equal([
      "Source 1: Does a Store pay for itself?",
      "Source 2: What a day looks like, hour by hour",
      "Source 3: Prices and guarantee",
    ]);
    const [answer] = findAll(chat, "[part=answer]");
    expect(answer?.innerText.replace(/\s+/g, " ")).to.equal(
      "Yes, for most people: after about five years. With one Store it is 88 %. Really. Cook at noon, and it gains you less.",
    );
    const [chip] = chipsOf(chat);
    const [text] = [...(chip?.closest("p")?.childNodes ?? [])].filter((node) => node instanceof Text);
    const word = document.createRange();
    for (let width = 150; width <= 400; width += 5) {
      chat.style.width = `${width}px`;
      word.setStart(text ?? document, (text?.length ?? 0) - 1);
      word.setEnd(text ?? document, text?.length ?? 0);
      const gap = (chip?.getBoundingClientRect().left ?? 0) - word.getBoundingClientRect().right;
      expect(gap, `at ${width} px`).to.be.within(0, 12);
    }
  });

  it("are announced once, after the answer", async () => {
    pageWords = document.createElement("div");
    const chat = await mountReady();
    const said = listen(chat);
    await askAndWait(chat, "With citations");
    const words = "3 sources: Does a Store pay for itself?, What a day looks like, hour by hour, Prices and guarantee.";
    await hear(said, words);
    expect(answerIn(said)).to.match(/gains you less\. 3 sources: .*guarantee\.$/);
  });

  it("have a preview on focus, which Escape closes without closing anything else", async () => {
    const chat = await cited();
    const [chip] = chipsOf(chat);
    part(chat, "input").focus();
    press("Tab"); // the keyboard is in use
    chip?.focus({ focusVisible: true });
    await until(() => preview(chat));
    const shown = shownText(preview(chat));
    expect(shown).to.include("1 Does a Store pay for itself?");
    expect(shown).to.include(
      "Reckoned together with the panels, the whole pays for itself in 5.2 years, and the guarantee runs for ten.",
    );
    expect(find(chat, ".preview mark")?.textContent).to.equal("the whole pays for itself in 5.2 years");
    expect(chip?.ariaExpanded).to.equal("true");
    press("Escape");
    expect(preview(chat) === undefined).to.equal(true);
    expect(chat.shadowRoot?.activeElement === chip).to.equal(true);
    chip?.click(); // Enter does the same
    expect(chat.shadowRoot?.activeElement?.className).to.equal("preview-link");
    press("Escape");
    expect(preview(chat) === undefined).to.equal(true);
    expect(chat.shadowRoot?.activeElement === chip).to.equal(true);
  });

  it("have a preview on hover, which stays while the pointer is in it", async () => {
    const chat = await cited();
    const at = (element: HTMLElement | undefined): [number, number] => {
      const { left, top, width, height } = element?.getBoundingClientRect() ?? new DOMRect();
      return [Math.round(left + width / 2), Math.round(top + height / 2)];
    };
    chipsOf(chat)[0]?.scrollIntoView({ block: "center" });
    await sendMouse({ type: "move", position: at(chipsOf(chat)[0]) });
    const shown = await until(() => preview(chat));
    const chip = chipsOf(chat)[0]?.getBoundingClientRect();
    expect(shown.getBoundingClientRect().top - (chip?.bottom ?? 0)).to.be.closeTo(8, 1);
    await sendMouse({ type: "move", position: at(shown) });
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(preview(chat) === shown).to.equal(true);
    await sendMouse({ type: "move", position: at(part(chat, "input")) });
    await until(() => !preview(chat));
  });

  it("on this page are shown there: the words are marked, and nothing else changes", async () => {
    const chat = await cited();
    const before = pageWords.innerHTML;
    let navigations = 0;
    chat.addEventListener("rivulet-navigate", () => (navigations += 1));
    chipsOf(chat)[0]?.click();
    const link = await until(() => find(chat, ".preview a"));
    expect(shownText(link)).to.equal("Show on this page");
    link.click();
    await until(() => marked() !== "");
    expect(marked()).to.equal("The whole pays for it\u00ADself in 5.2 years");
    await until(() => {
      const { top, bottom } = pageWords.querySelector("#passage")?.getBoundingClientRect() ?? new DOMRect();
      return top > 0 && bottom < innerHeight;
    });
    expect(pageWords.innerHTML).to.equal(before);
    expect(navigations).to.equal(0);
    expect(preview(chat) === undefined).to.equal(true);
  });

  it("on another page can be opened by the page's router, and are marked when it has", async () => {
    const chat = await cited();
    const details: unknown[] = [];
    chat.addEventListener("rivulet-navigate", (event) => {
      details.push(event.detail);
      event.preventDefault();
      setTimeout(() => {
        history.pushState(null, "", event.detail.url);
        const other = document.createElement("main");
        other.id = "other";
        other.textContent = "You should cook at NOON.";
        document.body.append(other);
      }, 300);
    });
    findAll(chat, ".card")[1]?.click();
    const source = { index: 2, title: "What a day looks like, hour by hour" };
    expect(details).to.deep.equal([{ url: `${location.origin}/guide/yield.html#noon`, source }]);
    await until(() => marked() === "cook at NOON");
    expect(chat.isConnected).to.equal(true);
  });

  it("let a page's router take the links of an answer, too, but no click that opens another tab", async () => {
    pageWords = document.createElement("div");
    const chat = await mountReady();
    await askAndWait(chat, "Links to the site");
    const details: unknown[] = [];
    chat.addEventListener("rivulet-navigate", (event) => {
      details.push(event.detail);
      event.preventDefault();
    });
    const [own, other] = findAll(chat, "[part=answer] a");
    const stay = (event: Event) => event.preventDefault(); // keeps the browser on the test's page
    document.addEventListener("click", stay);
    own?.click();
    own?.dispatchEvent(new MouseEvent("click", { bubbles: true, composed: true, cancelable: true, ctrlKey: true }));
    other?.click();
    document.removeEventListener("click", stay);
    expect(details).to.deep.equal([{ url: `${location.origin}/guide` }]);
  });
});
