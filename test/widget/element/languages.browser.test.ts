import { expect } from "chai";
import { askAndWait, cleanUp, find, findAll, mount, mountReady, part, until } from "../support/mount.ts";

const { documentElement } = document;

/** The language that an element of the chat is in, for a screen reader: the nearest `lang`. */
function languageOf(element: Element | undefined): string | undefined {
  return element?.closest<HTMLElement>("[lang]")?.lang;
}

describe("on a page in a language that the chat does not speak", () => {
  const pageLang = documentElement.lang;

  beforeEach(() => (documentElement.lang = "nl"));

  afterEach(async () => {
    await cleanUp();
    documentElement.lang = pageLang;
  });

  it("its own words are English and say so, and the others are in the page's language", async () => {
    const chat = await mountReady();
    const own = [find(chat, ".starters"), find(chat, "[part=composer]"), find(chat, "[part=send]")];
    expect(own.map(languageOf)).to.deep.equal(["en", "en", "en"]);
    const others = [".welcome bdi", ".greeting", ".knows", ".starter", ".footer span"].map((each) => find(chat, each));
    expect(others.map(languageOf)).to.deep.equal(["nl", "nl", "nl", "nl", "nl"]);
  });

  it("its launcher is English and says so", async () => {
    const chat = await mount({ mode: "popup" });
    const launcher = part(chat, "launcher");
    expect([languageOf(launcher), launcher.getAttribute("aria-label")]).to.deep.equal(["en", "Open chat"]);
  });

  it("an answer has the page's language, and Japanese or Korean if its letters say so", async () => {
    const chat = await mountReady();
    const languages = { Hello: "nl", "Answer in Japanese": "ja", "Answer in Korean": "ko" };
    for (const [question, lang] of Object.entries(languages)) {
      await askAndWait(chat, question);
      expect(languageOf(findAll(chat, "[part=answer]").at(-1))).to.equal(lang);
      expect(languageOf(findAll(chat, "[part=question]").at(-1))).to.equal("nl");
      const region = await until(() => findAll(chat, "[aria-live=polite]").find(({ textContent }) => textContent));
      await until(() => region.lang === lang);
    }
  });

  it("an answer has no language if the page has none", async () => {
    documentElement.removeAttribute("lang");
    const chat = await mountReady();
    await askAndWait(chat, "Hello");
    expect(languageOf(findAll(chat, "[part=answer]").at(-1))).to.equal("");
    expect(languageOf(find(chat, "[part=composer]"))).to.equal("en");
  });
});
