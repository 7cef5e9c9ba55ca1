import assert from "node:assert/strict";
import type { Page, Request } from "playwright-core";
import { routes } from "../../protocol/index.ts";
import { anthropicAnswer, anthropicError } from "../fault-server/index.ts";
import { gapsOf, type Gaps } from "../host/host-page.ts";
import { eventually } from "../support/eventually.ts";
import { startSite } from "../support/site.ts";
import { answerInParts, answerSlowly, ask, waitForAnswer, wholeAnswer, type Stage } from "../e2e/stage.ts";
import { userToken } from "../worker/support/user-token.ts";
import { readDocumented } from "./documented.ts";

/**
 * The value of each documented property of the element while an app sets none of them. For properties that hold a
 * function, it is the type of the value.
 */
const defaults = {
  endpoint: "",
  assistant: "",
  mode: "inline",
  theme: "auto",
  lang: "",
  announce: "sentences",
  bringAlong: false,
  open: false,
  side: undefined,
  insetInline: undefined,
  insetBlock: undefined,
  layer: undefined,
  accentColor: undefined,
  avatar: undefined,
  strings: undefined,
  getUserToken: "undefined",
  pageContext: undefined,
  getPageContext: "undefined",
};

/**
 * Records in `setAsProperties` which of the element's properties were set directly. A changed attribute sets its
 * property too, which does not count.
 */
const noteProperties = `{
  window.setAsProperties = new Set();
  let isAttribute = false;
  const { define } = customElements;
  customElements.define = function (name, { prototype }) {
    const { attributeChangedCallback } = prototype;
    prototype.attributeChangedCallback = function (...change) {
      isAttribute = true;
      attributeChangedCallback.apply(this, change);
      isAttribute = false;
    };
    define.apply(this, arguments);
    for (const [property, { get, set }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
      if (!set) continue;
      const note = function (value) {
        if (!isAttribute) setAsProperties.add(property);
        set.call(this, value);
      };
      Object.defineProperty(prototype, property, { get, set: note, configurable: true, enumerable: true });
    }
  };
}`;

/** How many properties an app has set and removed again, and how many kinds of events it has received. */
export interface AppFigures {
  properties: number;
  events: number;
}

/** A page with one of the apps in `apps/`, and its element. */
class AppPage {
  readonly page: Page;
  readonly chat;

  constructor(page: Page) {
    this.page = page;
    this.chat = page.locator("rivulet-chat");
  }

  /** Presses one of the app's own buttons. */
  press(name: string): Promise<void> {
    return this.page.locator("#app button", { hasText: new RegExp(`^${name}$`) }).click();
  }

  async events(): Promise<string[]> {
    return (await this.page.locator("output").textContent())?.split(" ") ?? [];
  }

  async waitForEvent(name: string): Promise<void> {
    await eventually(async () => assert.ok((await this.events()).includes(name), name));
  }

  /** Waits until the element has these properties. */
  async waitForProperties(wanted: Record<string, unknown>): Promise<void> {
    const names = JSON.stringify(Object.keys(wanted));
    const script = `Object.fromEntries(${names}.map((name) => {
      const value = document.querySelector("rivulet-chat")[name];
      return [name, name.startsWith("get") ? typeof value : value];
    }))`;
    await eventually(async () => assert.deepEqual(await this.page.evaluate(script), wanted));
  }

  /** Waits until the launcher has these distances from the edges of the window, in pixels, and this `z-index`. */
  async waitForLauncher(wanted: Partial<Gaps>, layer: string): Promise<void> {
    await eventually(async () => {
      const gaps = await gapsOf(this.page);
      assert.deepEqual({ ...gaps, ...wanted }, gaps);
      const corner = `document.querySelector("rivulet-chat").shadowRoot.querySelector(".corner")`;
      assert.equal(await this.page.evaluate(`getComputedStyle(${corner}).zIndex`), layer);
    });
  }

  /** Waits until the panel, the property, the attribute and the app agree on whether the chat is open. */
  async waitForOpen(isOpen: boolean): Promise<void> {
    await this.waitForProperties({ open: isOpen });
    await eventually(async () => {
      assert.equal(await this.chat.locator("[part=panel]").isVisible(), isOpen);
      assert.equal(await this.page.evaluate(`document.querySelector("rivulet-chat").hasAttribute("open")`), isOpen);
      const told = (await this.events()).findLast((name) => /^rivulet-(open|close)$/.test(name));
      assert.equal(told, isOpen ? "rivulet-open" : "rivulet-close");
    });
  }
}

/**
 * Uses an app as its visitor would.
 * @param code the bundled app
 * @param sub the person who is signed in
 */
export async function driveApp(stage: Stage, code: string, sub: string): Promise<AppFigures> {
  const html = `<!doctype html><html lang="en"><title>An app</title><div id="app"></div><script type="module" src="/app.js"></script>`;
  const site = await startSite(html, { "/app.js": code });
  const context = await stage.browser.newContext();
  try {
    await context.addInitScript(noteProperties);
    const page = await context.newPage();
    const errors: string[] = [];
    page.on("pageerror", ({ message }) => errors.push(message));
    page.on("console", (message) => message.type() === "warning" && errors.push(message.text()));
    const token = userToken(sub, { claims: { aud: "anthropic" } });
    const query = new URLSearchParams({ endpoint: stage.proxy.url, token }).toString();
    await page.goto(`${site.url}/?${query}`);
    const app = new AppPage(page);
    const documented = readDocumented();
    assert.deepEqual(Object.keys(defaults).toSorted(), documented.properties.toSorted());
    await setProperties(app, stage.proxy.url);
    const names = await page.evaluate<string[]>("[...setAsProperties]");
    assert.deepEqual(
      documented.properties.filter((name) => !names.includes(name)),
      [],
      "not set as properties",
    );
    await openAndClose(app);
    await signIn(app, stage, token);
    await causeEvents(app, stage);
    assert.deepEqual(new Set(await app.events()), new Set(documented.events));
    await app.press("none");
    await app.waitForProperties(defaults);
    assert.deepEqual(errors, []);
    return { properties: documented.properties.length, events: documented.events.length };
  } finally {
    await context.close();
    site.close();
  }
}

async function setProperties(app: AppPage, endpoint: string): Promise<void> {
  const common = {
    endpoint,
    assistant: "anthropic",
    getUserToken: "function",
    getPageContext: "function",
    open: false,
  };
  await app.waitForProperties({
    ...common,
    mode: "popup",
    theme: "dark",
    lang: "de",
    announce: "answer",
    bringAlong: true,
    side: "start",
    insetInline: "48px",
    insetBlock: "7rem",
    layer: 100_000,
    accentColor: "rebeccapurple",
    avatar: "/first.svg",
    pageContext: "main",
    strings: { launcher: { open: "Fragen Sie uns" } },
  });
  await app.waitForLauncher({ left: 48, bottom: 112 }, "100000");
  await app.press("second");
  await app.waitForProperties({
    ...common,
    mode: "sidebar",
    theme: "light",
    lang: "fr",
    announce: "off",
    bringAlong: false,
    side: "end",
    insetInline: "30px",
    insetBlock: "40px",
    layer: "1",
    accentColor: "#7a1f5c",
    avatar: "/second.svg",
    pageContext: "article",
    strings: { launcher: { open: "Une question ?" } },
  });
  await app.waitForLauncher({ right: 30, bottom: 40 }, "1");
  const names: string[] = await app.page.evaluate(`document.querySelector("rivulet-chat").getAttributeNames()`);
  assert.ok(!names.includes("getusertoken"), "a function is no attribute");
}

/** The app and the visitor take turns, and each sees what the other has done. */
async function openAndClose(app: AppPage): Promise<void> {
  await app.press("open");
  await app.waitForOpen(true);
  await app.press("close");
  await app.waitForOpen(false);
  await app.chat.locator("[part=launcher]").click();
  await app.waitForOpen(true);
  await app.press("close");
  await app.waitForOpen(false);
  await app.press("open");
  await app.waitForOpen(true);
  await app.chat.locator("[part=input]").press("Escape");
  await app.waitForOpen(false);
  await app.press("open");
  await app.waitForOpen(true);
}

async function signIn(app: AppPage, stage: Stage, token: string): Promise<void> {
  answerSlowly(stage.upstream, 1);
  const isSession = (request: Request) => request.method() === "POST" && request.url().endsWith(routes.sessions);
  const [request] = await Promise.all([app.page.waitForRequest(isSession), ask(app.page, "When is tea?")]);
  assert.deepEqual(request.postDataJSON(), { assistant: "anthropic", userToken: token });
  assert.equal((await request.response())?.status(), 201);
  await waitForAnswer(app.page, wholeAnswer.slice(-20));
  assert.equal(await app.page.title(), "When is tea?");
  await app.waitForEvent("rivulet-response");
}

async function causeEvents(app: AppPage, stage: Stage): Promise<void> {
  await app.chat.getByRole("button", { name: "Bonne réponse" }).click();
  await app.waitForEvent("rivulet-feedback");
  answerInParts(stage.upstream);
  await ask(app.page, "And cake?");
  await waitForAnswer(app.page, "word5 ");
  await app.chat.locator("[part=stop]").click();
  await app.waitForEvent("rivulet-stop");
  await app.chat.locator("[part=send]").waitFor();
  await app.press("new");
  await app.waitForEvent("rivulet-conversation-change");
  stage.upstream.reset();
  stage.upstream.script(() => anthropicError(400, "invalid_request_error"));
  await ask(app.page, "And scones?");
  await app.waitForEvent("rivulet-error");
  stage.upstream.reset();
  stage.upstream.script(() => anthropicAnswer({ text: ["See [the menu](/menu)."] }));
  await ask(app.page, "And jam?");
  // prevents the navigation, as a page's router does
  await app.page.evaluate(`document.addEventListener("rivulet-navigate", (event) => event.preventDefault())`);
  await app.chat.getByRole("link", { name: "the menu" }).click();
  await app.waitForEvent("rivulet-navigate");
}
