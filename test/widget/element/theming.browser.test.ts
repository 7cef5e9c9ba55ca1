import { expect } from "chai";
import { elementSheet } from "../../../widget/styles/element.ts";
import { cleanUp, findAll, mount, mountReady, part, type, until } from "../support/mount.ts";
import { workerUrl } from "../support/page.ts";

const styleOf = (element: Element, property = "background-color") =>
  getComputedStyle(element).getPropertyValue(property);

/** Adds a style sheet to the page. */
function addStyles(css: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
}

/** The style sheet in a section of the documentation, as a reader would paste it. */
async function recipe(title: string): Promise<string> {
  const page = await (await fetch("/docs/theming.md")).text();
  const section = page.split(`### ${title}\n`)[1] ?? "";
  const [, css = ""] = /```css\n([\s\S]*?)```/.exec(section) ?? [];
  expect(css).not.to.equal("");
  return css;
}

/** The lines that the chat writes to the console, from now on until the test ends. */
function listenToConsole(): string[] {
  const lines: string[] = [];
  console.error = console.warn = (line: unknown) => lines.push(String(line));
  return lines;
}

const requests = (name: string) => performance.getEntriesByType("resource").filter((entry) => entry.name === name);

describe("theming", () => {
  const { error, warn } = console;

  afterEach(async () => {
    Object.assign(console, { error, warn });
    document.adoptedStyleSheets = [];
    await cleanUp();
  });

  it("an accent color changes launcher and panel, whatever the page's style sheets say", async () => {
    addStyles("rivulet-chat { --rivulet-accent: rgb(0 0 120); }");
    const chat = await mount({ mode: "popup", open: "", "accent-color": "rgb(120 0 0)" });
    const colors = () => [styleOf(part(chat, "launcher")), styleOf(part(chat, "send"), "border-color")];
    const red = colors();
    chat.accentColor = "rgb(0 90 0)";
    await chat.updateComplete;
    const green = colors();
    expect(chat.getAttribute("accent-color")).to.equal("rgb(0 90 0)");
    chat.removeAttribute("accent-color");
    await chat.updateComplete;
    const blue = colors();
    expect(new Set([red, green, blue].map(String)).size).to.equal(3);
    expect(chat.accentColor).to.equal(undefined);
    document.adoptedStyleSheets = [];
    chat.setAttribute("accent-color", "rgb(0 0 120)");
    await chat.updateComplete;
    expect(colors()).to.deep.equal(blue);
  });

  it("an accent that is no color is reported once, and the style sheets' applies", async () => {
    const lines = listenToConsole();
    const [plain, wrong] = [
      await mount({ mode: "popup" }),
      await mount({ mode: "popup", "accent-color": "brand blue" }),
    ];
    await until(() => lines.length > 0);
    wrong.accentColor = "";
    wrong.accentColor = "brand blue";
    await wrong.updateComplete;
    expect(lines.join("\n")).to.equal(
      'Rivulet Chat: accent-color="brand blue" is invalid. ' +
        "Write a CSS color, as in #7a1f5c or rebeccapurple. Until then --rivulet-accent applies.",
    );
    expect(styleOf(part(wrong, "launcher"))).to.equal(styleOf(part(plain, "launcher")));
  });

  it("a keyword that CSS takes as any value is reported, and the style sheets' value applies", async () => {
    const lines = listenToConsole();
    const places = async (attributes: Record<string, string> = {}) => {
      const chat = await mountReady({ mode: "popup", open: "", ...attributes });
      type(chat, "A question");
      const send = part<HTMLButtonElement>(chat, "send");
      await until(() => !send.disabled);
      await until(() => [send, part(chat, "panel")].every((each) => each.getAnimations().length === 0));
      const { bottom, right } = part(chat, "panel").getBoundingClientRect();
      return [styleOf(send), styleOf(send, "color"), styleOf(part(chat, "launcher")), bottom, right];
    };
    const own = await places();
    const given = [
      ...["currentColor", "color-mix(in srgb, CURRENTCOLOR, red)", "Inherit", "initial", "revert-layer", " unset "].map(
        (value) => ["accent-color", value] as const,
      ),
      ...(["inset-inline", "inset-block"] as const).map((name) => [name, "initial"] as const),
    ];
    for (const [name, value] of given) {
      expect(await places({ [name]: value }), value).to.deep.equal(own);
      await until(() => lines.some((line) => line.startsWith(`Rivulet Chat: ${name}="${value}" is invalid. Write a`)));
    }
    for (const value of [
      "light-dark(red, blue)",
      "color-mix(in srgb, red, blue)",
      "LinkText",
      "var(--current-brand, red)",
    ])
      expect(await places({ "accent-color": value }), value).not.to.deep.equal(own);
    expect(lines).to.have.length(given.length);
  });

  it("an avatar takes the letter's place without moving anything, once it has loaded", async () => {
    const chat = await mountReady({ assistant: "pictured" });
    const place = () => JSON.stringify(part(chat, "avatar").getBoundingClientRect());
    const before = place();
    const url = `${await workerUrl()}/avatar.svg`;
    await until(() => styleOf(part(chat, "avatar"), "background-image") === `url("${url}")`);
    expect(styleOf(part(chat, "avatar"), "color")).to.equal("rgba(0, 0, 0, 0)");
    expect(place()).to.equal(before);
    chat.avatar = `${url}?of-page`;
    await until(() => styleOf(part(chat, "avatar"), "background-image").includes("of-page"));
  });

  it("an avatar that cannot be loaded, or that the page has not named, leaves the letter", async () => {
    const lines = listenToConsole();
    const chat = await mountReady({ assistant: "gone" });
    await until(() => requests(`${chat.endpoint}/gone.svg`).length > 0);
    const blank = await mountReady({ avatar: " " });
    const other = await mountReady({ assistant: "elsewhere" });
    await until(() => lines.some((line) => line.includes('set avatar="https://images.example.net/avatar.svg"')));
    expect(requests("https://images.example.net/avatar.svg")).to.deep.equal([]);
    expect(requests(location.href)).to.deep.equal([]);
    for (const each of [chat, blank, other]) {
      expect(styleOf(part(each, "avatar"), "background-image")).to.equal("none");
      expect(styleOf(part(each, "avatar"), "color")).not.to.equal("rgba(0, 0, 0, 0)");
    }
  });

  it("the recipe for a branded header colors all of it, and nothing else", async () => {
    const plain = styleOf(part(await mountReady({ "accent-color": "#7c3aed" }), "avatar"));
    addStyles(await recipe("A branded header"));
    const chat = await mountReady();
    await chat.send("Hello");
    const [header, , ...rest] = [part(chat, "header"), ...findAll(chat, ".header [part=avatar], .by [part=avatar]")];
    const [background, ink] = [styleOf(header ?? chat), styleOf(header ?? chat, "color")];
    expect(background).to.equal(plain);
    for (const name of ["title", "tagline", "tag", "button"])
      expect(styleOf(part(chat, name), "color"), name).to.equal(ink);
    expect(styleOf(part(chat, "avatar"))).to.equal(ink);
    expect(rest.map((avatar) => styleOf(avatar))).to.deep.equal([plain]);
  });

  it("the recipes for the launcher show an image and the launcher's name, while the chat is closed", async () => {
    addStyles((await recipe("Another icon on the launcher")) + (await recipe("Words on the launcher")));
    const chat = await mount({ mode: "popup" });
    const launcher = part(chat, "launcher");
    expect(styleOf(launcher, "background-image")).to.include("/icon-white.svg");
    expect(getComputedStyle(launcher, "::before").content).to.match(/^"Open chat"|attr\(aria-label\)$/);
    expect(launcher.offsetWidth).to.be.greaterThan(100);
    chat.show();
    await chat.updateComplete;
    expect(launcher.offsetWidth).to.equal(56);
    expect(styleOf(launcher, "background-image")).to.equal("none");
  });

  it("a browser without relative colors shows the panel in the system's colors", async () => {
    const chat = await mountReady();
    const sheet = new CSSStyleSheet();
    const text = [...elementSheet().cssRules].map(({ cssText }) => cssText).join("\n");
    sheet.replaceSync(text.replaceAll(/oklch\(from/g, "unknown-function(from"));
    chat.shadowRoot?.adoptedStyleSheets.splice(0, 1, sheet);
    expect(styleOf(part(chat, "panel"))).to.equal("rgb(255, 255, 255)");
    for (const name of ["title", "tagline", "input", "starter"])
      expect(styleOf(part(chat, name), "color"), name).to.equal("rgb(0, 0, 0)");
    expect(styleOf(part(chat, "avatar"))).to.equal("rgb(11, 100, 114)");
  });
});
