import { expect } from "chai";
import { readSettings } from "../../../widget/embed/embed-settings.ts";
import type { RivuletChat } from "../../../widget/index.ts";
import { withMotion } from "../support/own-window.ts";
import { answers, ask, button, find, part, until, workerUrl } from "../support/page.ts";
import { wholeAnswer } from "../support/scripts.ts";

/** Adds a script tag to the page, as a site would. */
async function addScript(path: string, data: Record<string, string> = {}): Promise<RivuletChat> {
  const before = document.querySelectorAll("rivulet-chat").length;
  const script = document.createElement("script");
  script.src = (await workerUrl()) + path;
  script.async = true;
  Object.assign(script.dataset, data);
  document.head.append(script);
  return until(() => document.querySelectorAll<RivuletChat>("rivulet-chat")[before]); // the script may not be built yet
}

const panelRequests = () => performance.getEntriesByType("resource").filter(({ name }) => name.includes("/panel.js"));

/** Simulates a cached script of an earlier build. The chat must not use that script's launcher. */
function takeLauncherBack(): void {
  const lent = Object.getOwnPropertySymbols(window).filter(({ description }) => description?.startsWith("rivulet:"));
  expect(lent).to.have.length(1);
  for (const symbol of lent) Reflect.deleteProperty(window, symbol);
}

describe("the script tag", () => {
  withMotion();

  it("draws the launcher in the page's language, and loads nothing else for it than that language", async () => {
    document.documentElement.lang = "de-CH";
    const chat = await addScript("/rivulet.js", { assistant: "brook" });
    await until(() => part(chat, "launcher").getAttribute("aria-label") === "Chat öffnen");
    expect(part(chat, "launcher").closest<HTMLElement>("[lang]")?.lang).to.equal("de");
    const url = await workerUrl();
    const loaded = performance.getEntriesByType("resource").flatMap(({ name }) => name.split(`${url}/`)[1] ?? []);
    expect(loaded.map((name) => name.replace(/-[\w-]{6}\./, "."))).to.deep.equal([
      "rivulet.js",
      "words.js",
      "chunks/de.js",
    ]);
    chat.remove();
    document.querySelector(`script[src="${url}/rivulet.js"]`)?.remove();
    document.documentElement.lang = "en";
  });

  it("draws the launcher with the site's own words, before the chat is loaded", async () => {
    Object.assign(window, { rivulet: { strings: { launcher: { open: "Ask us" } } } });
    const chat = await addScript("/rivulet.js?for=words", { assistant: "brook" });
    Reflect.deleteProperty(window, "rivulet");
    await until(() => part(chat, "launcher").getAttribute("aria-label") === "Ask us");
    expect(part(chat, "launcher").closest<HTMLElement>("[lang]")?.lang).to.equal("en");
    expect(panelRequests()).to.have.length(0);
    chat.remove();
  });

  it("draws the launcher in the page's color, and ignores what is no color", async () => {
    const fills: string[] = [];
    for (const accentColor of ["rgb(120 0 0)", "", "no color", "CurrentColor", "inherit", "revert-layer"]) {
      const chat = await addScript(`/rivulet.js?for=${accentColor}`, { assistant: "brook", accentColor });
      fills.push(getComputedStyle(part(chat, "launcher")).backgroundColor);
      chat.remove();
    }
    expect(panelRequests()).to.have.length(0);
    const [given, own, ...ignored] = fills;
    expect(given).not.to.equal(own);
    for (const fill of ignored) expect(fill).to.equal(own);
  });

  it("draws the launcher and loads nothing else until it is used", async () => {
    const chat = await addScript("/flaky/rivulet.js", { assistant: "brook" });
    expect(part(chat, "launcher").getAttribute("aria-label")).to.equal("Open chat");
    expect(part(chat, "launcher").offsetWidth).to.equal(56);
    expect(chat.getAttribute("endpoint")).to.equal(await workerUrl());
    expect(chat.getAttribute("mode")).to.equal("popup");
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(panelRequests()).to.have.length(0);
    expect(customElements.get("rivulet-chat")).to.equal(undefined);
    expect(localStorage.length + sessionStorage.length).to.equal(0);
  });

  it("shows that the panel or the chat could not be loaded, and loads it on the next click", async () => {
    const chat = await until(() => document.querySelector("rivulet-chat"));
    const launcher = part(chat, "launcher");
    takeLauncherBack();
    expect(chat.open).to.equal(false);
    chat.open = true;
    expect(chat.open).to.equal(true);
    for (const missing of ["panel.js", "chunks/chat-"]) {
      await until(() => find(chat, ".corner > span")?.innerText.includes("couldn't be loaded"));
      expect([chat.open, chat.hasAttribute("open")]).to.deep.equal([false, false]);
      expect(performance.getEntriesByType("resource").at(-1)?.name).to.include(missing);
      launcher.click();
      await until(() => !find(chat, ".corner > span")?.innerText);
    }
    await until(() => find(chat, ".welcome:not(.loading)"));
    expect(part(chat, "launcher") === launcher).to.equal(true);
    expect(chat.shadowRoot?.querySelectorAll("[part=launcher]")).to.have.length(1);
    expect(chat.shadowRoot?.activeElement?.getAttribute("part")).to.equal("input");
    expect([chat.open, chat.hasAttribute("open")]).to.deep.equal([true, true]);
    launcher.click();
    await until(() => !chat.open && !chat.hasAttribute("open") && !find(chat, "[part=panel]"));
  });

  it("sends a question and shows the answer", async () => {
    const chat = await until(() => document.querySelector("rivulet-chat"));
    chat.show();
    await until(() => find(chat, "[part=input]"));
    ask(chat, "Hello");
    await until(() => answers(chat)[0] === wholeAnswer);
  });

  it("says so if what sends a rating cannot be loaded", async () => {
    const chat = await until(() => document.querySelector("rivulet-chat"));
    button(chat, "Good answer").click();
    const notice = await until(() => find(chat, "[part=composer] [part=notice]"));
    expect(notice.textContent).to.contain("Reload the page");
  });

  it("lets a visitor try again if what counts the wait down cannot be loaded", async () => {
    const chat = await until(() => document.querySelector("rivulet-chat"));
    ask(chat, "limited for an hour");
    await until(() => find(chat, "[part=messages] [part=notice]"));
    expect(button(chat, "Try again").disabled).to.equal(false);
  });

  it("speaks English, and says so once on the console, if its language cannot be loaded", async () => {
    const chat = await until(() => document.querySelector("rivulet-chat"));
    const lines: string[] = [];
    const { error } = console;
    console.error = (line: unknown) => lines.push(String(line));
    const label = () => part(chat, "send").getAttribute("aria-label");
    chat.lang = "de";
    await until(() => label() === "Senden");
    chat.lang = "fr";
    await until(() => label() === "Send");
    chat.theme = "dark";
    await chat.updateComplete;
    console.error = error;
    expect(lines).to.deep.equal(["Rivulet Chat: the language fr could not be loaded, so the chat is in English."]);
    chat.lang = "en";
  });

  it("waits a moment for a language that stalls, then speaks English, and that language once it arrives", async () => {
    const [patient, hasty] = [document.createElement("rivulet-chat"), document.createElement("rivulet-chat")];
    const label = (each: RivuletChat) => find(each, "[part=send]")?.getAttribute("aria-label");
    for (const each of [patient, hasty])
      Object.assign(each, { endpoint: await workerUrl(), assistant: "brook", lang: "ja" });
    document.body.append(patient, hasty);
    await new Promise((resolve) => setTimeout(resolve)); // Japanese is being loaded
    hasty.lang = "de";
    await until(() => label(patient) === "Send" && label(hasty) === "Senden");
    await fetch(`${await workerUrl()}/flaky/japanese`);
    await until(() => label(patient) === "送信");
    expect(label(hasty)).to.equal("Senden");
    for (const each of [patient, hasty]) each.remove();
  });

  it("serves two chats on one page", async () => {
    const chat = await addScript("/rivulet.js?assistant=terse");
    part(chat, "launcher").click();
    await until(() => find(chat, ".welcome:not(.loading)"));
    expect(chat.assistant).to.equal("terse");
    expect(answers(chat)).to.have.length(0);
    document.querySelectorAll("rivulet-chat").forEach((each) => each.remove());
  });

  it("causes no violation under the strictest policy", async () => {
    const frame = document.createElement("iframe");
    frame.width = "800";
    frame.height = "700";
    const told = new Promise<MessageEvent>((resolve) => window.addEventListener("message", resolve, { once: true }));
    frame.src = `${await workerUrl()}/strict.html`;
    document.body.append(frame);
    expect((await told).data).to.deep.equal({ violations: [], isStyled: true, answer: wholeAnswer });
    frame.remove();
  });
});

describe("the script tag's settings", () => {
  const read = (src: string, data: Record<string, string> = {}, page?: unknown) => {
    const script = document.createElement("script");
    script.src = src;
    Object.assign(script.dataset, data);
    const [attributes, properties] = readSettings(script, page);
    return { ...Object.fromEntries(attributes), properties };
  };

  it("come from the page, then the address, then the tag", () => {
    const page = { assistant: "a", theme: "dark", mode: "sidebar" };
    const settings = read("https://chat.example/rivulet.js?assistant=b&mode=popup", { assistant: "c" }, page);
    expect(settings).to.include({ assistant: "c", mode: "popup", theme: "dark", endpoint: "https://chat.example" });
  });

  it("include an endpoint with a path, empty attributes and functions", () => {
    const getUserToken = async () => "jwt";
    const settings = read(
      "https://chat.example/rivulet.js",
      { endpoint: "https://x.example/chat" },
      { open: true, getUserToken },
    );
    expect(settings).to.include({ endpoint: "https://x.example/chat", open: "" });
    expect(settings.properties["getUserToken"]).to.equal(getUserToken);
    const strings = { launcher: { open: "Ask us" } };
    expect(read("https://chat.example/rivulet.js", {}, { strings }).properties["strings"]).to.equal(strings);
  });

  it("exclude event handlers and styles", () => {
    const settings = read("https://chat.example/rivulet.js?onclick=alert(1)&style=color:red&v=1.0&9=x");
    expect(settings).to.not.have.any.keys("onclick", "style", "9");
  });
});
