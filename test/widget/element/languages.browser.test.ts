import { expect } from "chai";
import {
  askAndWait,
  button,
  cleanUp,
  find,
  findAll,
  mount,
  mountReady,
  part,
  seenRequests,
  type,
  until,
} from "../support/mount.ts";
import { workerUrl } from "../support/page.ts";

const { documentElement } = document;

/** The language in which a screen reader reads an element of the chat: that of the nearest `lang` attribute. */
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

describe("the chat's language", () => {
  const pageLang = documentElement.lang;
  const label = (chat: Element) => find(chat, "[part=send]")?.getAttribute("aria-label");

  afterEach(async () => {
    await cleanUp();
    documentElement.lang = pageLang;
    document.body.removeAttribute("lang");
  });

  it("is the element's, else that of the nearest part of the page", async () => {
    documentElement.lang = "fr";
    expect(label(await mountReady())).to.equal("Envoyer");
    document.body.lang = "es-MX";
    expect(label(await mountReady())).to.equal("Enviar");
    expect(label(await mountReady({ lang: "de" }))).to.equal("Senden");
    expect(label(await mountReady({ lang: "en" }))).to.equal("Send");
  });

  it("is there with the first words that are shown", async () => {
    const chat = document.createElement("rivulet-chat");
    const seen = new Set<string>();
    const shown = new MutationObserver(() => seen.add(find(chat, "[part=input]")?.getAttribute("placeholder") ?? ""));
    Object.assign(chat, { lang: "ja", endpoint: await workerUrl(), assistant: "brook" });
    document.body.append(chat);
    if (chat.shadowRoot) shown.observe(chat.shadowRoot, { subtree: true, childList: true, attributes: true });
    await until(() => find(chat, "[part=input]"));
    expect([...seen].filter(Boolean)).to.deep.equal(["質問を入力…"]);
    chat.remove();
  });

  it("changes with `lang`, and so do the assistant's texts", async () => {
    const chat = await mountReady();
    chat.lang = "ar";
    await until(() => label(chat) === "إرسال");
    expect(find(chat, ".frame")?.dir).to.equal("rtl");
    const profiles = (await seenRequests()).filter(({ path }) => path === "/v1/assistants/brook");
    expect(profiles.at(-1)?.query).to.equal("?lang=ar");
    chat.lang = "";
    await until(() => label(chat) === "Send");
    expect(find(chat, ".frame")?.dir).to.equal("ltr");
  });

  it("changes at any moment, also while another change is being drawn", async () => {
    const chat = await mountReady();
    const words = ["Senden", "Envoyer", "Enviar", "Senden", "Envoyer"];
    for (const [ticks, lang] of ["de", "fr", "es", "de", "fr"].entries()) {
      chat.theme = chat.theme === "dark" ? "light" : "dark";
      for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve();
      chat.lang = lang;
      await until(() => label(chat) === words[ticks]);
    }
  });

  it("decides the direction of an empty text field, and its text that of another", async () => {
    const chat = await mountReady({ lang: "he" });
    const directionOf = (words: string) => {
      type(chat, words);
      return until(
        () => part(chat, "input").dir === (words ? "auto" : "rtl") && getComputedStyle(part(chat, "input")).direction,
      );
    };
    expect([await directionOf(""), await directionOf("Hello"), await directionOf("שלום")]).to.deep.equal([
      "rtl",
      "ltr",
      "rtl",
    ]);
    type(chat, "");
    await askAndWait(chat, "Hello");
    button(chat, "תשובה לא טובה").click();
    const comment = await until(() => find(chat, ".message-form textarea"));
    expect(getComputedStyle(comment).direction).to.equal("rtl");
  });

  it("turns what points back and forth", async () => {
    const chat = await mountReady({ lang: "he" });
    await askAndWait(chat, "Hello");
    button(chat, "יצירה מחדש").click();
    await until(() => find(chat, ".versions"));
    button(chat, "שיחות").click();
    await until(() => find(chat, ".list-back"));
    const scaleOf = (icon: Element) => getComputedStyle(icon).scale;
    const icons = () => [...(chat.shadowRoot?.querySelectorAll(".versions .icon, .list-back .icon") ?? [])];
    expect(icons().map(scaleOf)).to.deep.equal(["-1 1", "-1 1", "-1 1"]);
    chat.lang = "en";
    await until(() => icons().every((icon) => scaleOf(icon) === "none"));
  });

  it("decides on which side things are, whatever is written in them", async () => {
    const chat = await mountReady({ mode: "popup", open: "" });
    await askAndWait(chat, "Hello");
    const look = () => {
      const { borderBottomLeftRadius, borderBottomRightRadius } = getComputedStyle(part(chat, "question"));
      const { textAlign, direction } = getComputedStyle(part(chat, "tagline"));
      return {
        isLeftSharper: parseFloat(borderBottomLeftRadius) < parseFloat(borderBottomRightRadius),
        textAlign,
        direction,
      };
    };
    expect(look()).to.deep.equal({ isLeftSharper: false, textAlign: "left", direction: "ltr" });
    chat.lang = "he";
    await until(() => find(chat, ".frame")?.dir === "rtl");
    expect(look()).to.deep.equal({ isLeftSharper: true, textAlign: "right", direction: "ltr" });
  });

  it("shows numbers and times as the language writes them", async () => {
    const chat = await mountReady({ lang: "fr", assistant: "terse" });
    type(chat, "Much more than twenty characters");
    expect((await until(() => find(chat, ".limit.over"))).textContent).to.equal("12 caractères de trop");
  });

  it("breaks Japanese by phrase, and does not slant it", async () => {
    const chat = await mountReady();
    await askAndWait(chat, "Answer in Japanese");
    const answer = part(chat, "answer");
    const emphasis = document.createElement("em");
    answer.append(emphasis);
    expect(getComputedStyle(answer).wordBreak).to.equal("auto-phrase");
    expect(getComputedStyle(emphasis).fontStyle).to.equal("normal");
    answer.lang = "en";
    expect(getComputedStyle(emphasis).fontStyle).to.equal("italic");
  });
});
