import { expect } from "chai";
import * as english from "../../../widget/strings/en.ts";
import type { CustomStrings } from "../../../widget/index.ts";
import { listen } from "../support/listen.ts";
import { askAndWait, cleanUp, find, mountReady, speak, until } from "../support/mount.ts";
import { restoreBrowser, states } from "../support/states.ts";

/** Marks every text of a language, and each plural form of a text. */
function marked(value: unknown): unknown {
  if (typeof value === "string") return `⟦${value}⟧`;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, marked(each)]));
}

function pseudoLanguage(): CustomStrings {
  const language: CustomStrings = Object.assign({}, marked({ ...english }));
  return { ...language, chat: { ...language.chat, lang: "en-XA", dir: "ltr" } };
}

const shownAttributes = ["aria-label", "title", "placeholder", "alt", "aria-description", "aria-roledescription"];

/** Elements with text by an operator, a visitor, a model or `Intl`. Buttons in an answer are the chat's own. */
const written =
  "[dir=auto], bdi, .greeting-name, .greeting-text, .greeting-reply, .avatar, code, time, style, textarea, [aria-live]";

/** The texts and attributes that are not marked, although they are the chat's own. */
function unmarkedIn(chat: Element): string[] {
  const root = chat.shadowRoot;
  if (!root) return ["no shadow root"];
  const name = root.querySelector("h2 bdi")?.textContent ?? "";
  // a marked text can contain another one
  const isOwn = (text: string) => /\p{L}/u.test(text.replaceAll(/⟦[^⟦⟧]*⟧/g, "").replaceAll(/⟦[^⟦⟧]*⟧/g, ""));
  const found: string[] = [];
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const { parentElement: parent, textContent } = node;
    const isWritten = parent?.closest(written) && !parent.closest("[part=answer] button:not(.citation)");
    if (!isWritten && isOwn(textContent ?? "")) found.push(`${parent?.className}: ${textContent?.trim()}`);
  }
  for (const element of root.querySelectorAll("*"))
    for (const attribute of shownAttributes) {
      const text = element.getAttribute(attribute) ?? "";
      const isWritten =
        text === name || (attribute === "title" && element.matches("[dir=auto], [part=answer] a, .card"));
      if (!isWritten && isOwn(text)) found.push(`${element.localName} ${attribute}: ${text}`);
    }
  return found;
}

describe("every word that is shown follows the language", () => {
  afterEach(async () => {
    restoreBrowser();
    await cleanUp();
  });

  // a greeting says what the site wrote, and is gone with the first click
  for (const [name, reach] of Object.entries(states).filter(([each]) => each !== "greeting"))
    it(name, async () => {
      const chat = await reach();
      chat.strings = pseudoLanguage();
      await until(() => chat.shadowRoot?.innerHTML.includes("⟦"));
      await chat.updateComplete;
      expect(unmarkedIn(chat)).to.deep.equal([]);
    });
});

describe("no word of the chat is outside of its language", () => {
  before(() => speak({ strings: pseudoLanguage(), worded: (label) => `⟦${label}⟧` }));
  afterEach(async () => {
    restoreBrowser();
    await cleanUp();
  });
  after(() => speak(undefined));

  for (const [name, reach] of Object.entries(states))
    it(name, async () => {
      const chat = await reach();
      expect(chat.shadowRoot?.innerHTML).to.include("⟦");
      expect(unmarkedIn(chat)).to.deep.equal([]);
    });

  it("announcements", async () => {
    const chat = await mountReady();
    const said = listen(chat);
    await askAndWait(chat, "full answer at once");
    await until(() => said.join(" ").includes("The end."));
    await askAndWait(chat, "With citations");
    await until(() => said.join(" ").includes("⟦3 sources: "));
    const rest = said.join(" ").replaceAll(/⟦[\s\S]*?⟧/g, "");
    const words = Object.values({ ...english.announcements, answering: english.chat.answering });
    for (const text of words)
      if (typeof text === "string" && /^\p{L}{4,}/u.test(text)) expect(rest).not.to.include(text.split("{")[0]?.trim());
    expect(rest).not.to.match(/\d (columns|rows|lines|sources)/);
    expect(find(chat, "[part=sources]")?.textContent).to.include("⟦Sources⟧");
  });
});
