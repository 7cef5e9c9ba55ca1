// Pages whose style rules match every element. Each view of the chat looks the same as on a page without styles; the
// pictures of both are compared pixel by pixel.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import type { Page } from "playwright-core";
import { anthropicAnswer } from "../fault-server/index.ts";
import { ask, openPanel, setStage, still, waitForAnswer, type Stage } from "../e2e/stage.ts";
import { eventually } from "../support/eventually.ts";
import { shareContext, type SharedContext } from "../support/shared-context.ts";
import { rules } from "./pages.ts";
import { startTurnstile, type TurnstileServer } from "../support/turnstile.ts";

const answer = `# Tea

Tea is **simple**, see [the guide](https://example.com/guide) or \`man tea\`.

1. Boil water
   - or not

| Tea | Minutes |
|---|:-:|
| green | 2 |

\`\`\`ts
const tea = brew();
\`\`\`

> Take *time*.`;

const launcher = "[part~=launcher]";
const panel = "[part~=panel]";

let stage: Stage;
let turnstile: TurnstileServer;
let shared: SharedContext;
let judge: Page;

before(async () => {
  turnstile = await startTurnstile();
  turnstile.mode = "asks";
  stage = await setStage({
    variables: {
      ENVIRONMENT: "development",
      TURNSTILE_SECRET_KEY: "k",
      TURNSTILE_VERIFY_URL: turnstile.verifyUrl,
      TURNSTILE_SCRIPT_URL: turnstile.scriptUrl,
    },
  });
  shared = await shareContext(stage, { ...still, viewport: { width: 700, height: 800 } });
  judge = await stage.browser.newPage();
});

afterEach(() => shared.clear());

after(async () => {
  turnstile.close();
  await stage.close();
});

beforeEach(() => stage.upstream.script(() => anthropicAnswer({ text: answer })));

/** Options of {@link visitLook}. */
interface Look {
  /** The beginning of the document. If it is empty, the page is in quirks mode. */
  doctype?: string;
  css?: string;
  assistant?: string;
  /** The chat: a script tag, or an element in the page's layout. */
  chat?: string;
  /** The color scheme that the visitor prefers. */
  colorScheme?: "light" | "dark";
}

/** Opens a page on which only the chat's own styles should decide how it looks. */
async function visitLook({
  doctype = "<!doctype html>",
  css = "",
  assistant = "anthropic-all",
  chat,
  colorScheme,
}: Look = {}): Promise<Page> {
  const tag = chat ?? stage.tag.replace(`data-assistant="anthropic"`, `data-assistant="${assistant}"`);
  // The decorative lines get a layer of their own. Otherwise, repainting what is above them changes their antialiasing.
  const lines = "rivulet-chat::part(lines) { will-change: transform }";
  const html = `${doctype}<html lang="en"><meta charset="utf-8"><style>${lines} ${css}</style><body>${tag}`;
  stage.site.pages.set("/look", { html });
  const page = await shared.context.newPage();
  page.setDefaultTimeout(120_000); // for busy machines
  await page.emulateMedia({ colorScheme });
  await page.goto(`${stage.site.url}/look`);
  return page;
}

/** A chat of fixed size in the page's layout. */
function inlineChat(): string {
  return `<rivulet-chat style="position: absolute; inset: 20px auto auto 20px; width: 500px; height: 700px" mode="inline"
    endpoint="${stage.proxy.url}" assistant="anthropic-all"></rivulet-chat>
    <script type="module">import "${stage.proxy.url}/panel.js";</script>`;
}

/** A picture of an element of the chat, once nothing on the page moves. */
async function picture(page: Page, selector: string): Promise<string> {
  const clip = await page.evaluate<{ x: number; y: number; width: number; height: number }>(
    `document.querySelector("rivulet-chat").shadowRoot.querySelector("${selector}").getBoundingClientRect().toJSON()`,
  );
  const png = await page.screenshot({ clip, animations: "disabled" });
  return png.toString("base64");
}

/** The share of pixels that differ between two pictures: 1 if they have different sizes. */
async function difference(one: string, other: string): Promise<number> {
  if (one === other) return 0; // most pairs are equal, and comparing pixels takes longer than taking a picture
  return judge.evaluate(`(async () => {
    const [a, b] = await Promise.all(${JSON.stringify([one, other])}.map(async (base64) => {
      const bitmap = await createImageBitmap(new Blob([Uint8Array.fromBase64(base64)]));
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
      context.drawImage(bitmap, 0, 0);
      return context.getImageData(0, 0, bitmap.width, bitmap.height);
    }));
    if (a.width !== b.width || a.height !== b.height) return 1;
    let count = 0;
    for (let at = 0; at < a.data.length; at += 4) {
      if ([0, 1, 2, 3].some((channel) => Math.abs(a.data[at + channel] - b.data[at + channel]) > 2)) count++;
    }
    return count / (a.width * a.height);
  })()`);
}

/** Asserts that a part of the chat looks as in the picture of the plain page, except for 0.1 % of the pixels. */
async function assertSame(plain: string, page: Page, selector: string, name: string): Promise<void> {
  const share = await difference(plain, await picture(page, selector));
  assert.ok(share <= 0.001, `${selector}: ${(share * 100).toFixed(2)} % differ where ${name}`);
}

/** Adds each style sheet to a page in turn, and asserts that a part of the chat looks the same. */
async function assertUnmoved(page: Page, selector = panel): Promise<void> {
  const plain = await picture(page, selector);
  for (const [name, css] of Object.entries(rules)) {
    const style = await page.addStyleTag({ content: css });
    await assertSame(plain, page, selector, name);
    await style.evaluate((node) => node.remove());
  }
}

/** Asks, and waits until the whole answer is on the page, with the colors of its code, which load on demand. */
async function converse(page: Page): Promise<void> {
  await page.locator("rivulet-chat .welcome:not(.loading)").waitFor();
  await ask(page, "How is tea made?");
  await waitForAnswer(page, "Take time.");
  await page.locator("rivulet-chat [part~=send]").waitFor();
  await page.waitForFunction(
    `["keyword", "function"].every((name) => CSS.highlights.get("rivulet-" + name)?.size > 0)`,
  );
  await page.locator("rivulet-chat [part~=messages]").focus();
  await page.mouse.move(1, 1);
}

test("the launcher, from the first frame on", async () => {
  const page = await visitLook();
  const plain = await picture(page, launcher);
  const looks: [string, Look][] = [
    ...Object.entries(rules).map(([name, css]): [string, Look] => [name, { css }]),
    ["the page is in quirks mode", { doctype: "" }],
  ];
  for (const [name, look] of looks) {
    const other = await visitLook(look);
    await assertSame(plain, other, launcher, name);
    await other.close();
  }
});

test("an empty conversation, and one with an answer", async () => {
  const page = await visitLook();
  await openPanel(page);
  await page.locator("rivulet-chat .starter").first().waitFor();
  await assertUnmoved(page);
  await assertUnmoved(page, launcher);
  await converse(page);
  await assertUnmoved(page);
  await page.evaluate(`{
    const root = document.querySelector("rivulet-chat").shadowRoot;
    getSelection().selectAllChildren(root.querySelector("[part~=answer]"));
  }`);
  assert.match(await page.evaluate("getSelection().toString()"), /Tea is simple/);
  await assertUnmoved(page);
});

test("the edit form, the list with its form, and a challenge", async () => {
  const page = await visitLook();
  await openPanel(page);
  await converse(page);
  await page.getByRole("button", { name: "Edit message" }).click();
  await page.locator("rivulet-chat .message-form textarea").selectText();
  await assertUnmoved(page);
  await page.getByRole("button", { name: "Conversations" }).click();
  await page
    .getByRole("button", { name: /^Rename/ })
    .first()
    .click();
  await page.locator("rivulet-chat .task input").waitFor();
  await assertUnmoved(page);
  await shared.clear();
  const challenged = await visitLook({ assistant: "challenged" });
  await openPanel(challenged);
  await ask(challenged, "How is tea made?");
  await challenged.frameLocator("rivulet-chat iframe").frameLocator("iframe").locator("input").waitFor();
  await assertUnmoved(challenged, ".composer"); // the words above it change while the visitor waits
});

test("an inline chat", async () => {
  const page = await visitLook({ chat: inlineChat() });
  await page.locator("rivulet-chat .starter").first().waitFor();
  const { "`body > *` is a box with effects": boxes, ...others } = rules;
  assert.ok(boxes, "an inline chat is a box of the page");
  const plain = await picture(page, panel);
  for (const [name, css] of Object.entries(others)) {
    if (name.includes("undefined")) continue; // it hides the element itself, which belongs to the page
    const style = await page.addStyleTag({ content: css });
    await assertSame(plain, page, panel, name);
    await style.evaluate((node) => node.remove());
  }
});

test("quirks mode", async () => {
  const pictures: string[] = [];
  for (const doctype of ["<!doctype html>", ""]) {
    const page = await visitLook({ doctype, css: "body { color: red; font: italic 9px serif; text-align: center }" });
    assert.equal(await page.evaluate("document.compatMode"), doctype ? "CSS1Compat" : "BackCompat");
    await openPanel(page);
    await converse(page);
    pictures.push(await picture(page, panel));
    await shared.clear();
  }
  const [plain = "", quirky = ""] = pictures;
  const share = await difference(plain, quirky);
  assert.ok(share <= 0.001, `${(share * 100).toFixed(2)} % differ`);
});

const darkRoot = ":root { color-scheme: dark }";
const lightRoot = ":root { color-scheme: light }";
const schemes: {
  page: string;
  css?: string;
  meta?: string;
  theme?: string;
  prefers: "light" | "dark";
  is: "light" | "dark";
}[] = [
  { page: "that says nothing", prefers: "light", is: "light" },
  { page: "that says nothing", prefers: "dark", is: "dark" },
  { page: "that is dark", css: darkRoot, prefers: "light", is: "dark" },
  { page: "whose body is dark", css: "body { color-scheme: dark }", prefers: "light", is: "dark" },
  { page: "that is light", css: lightRoot, prefers: "dark", is: "light" },
  { page: "that follows the visitor", css: ":root { color-scheme: light dark }", prefers: "dark", is: "dark" },
  { page: "that is dark by a meta tag", meta: "dark", prefers: "light", is: "dark" },
  { page: "that is light by a meta tag", meta: "light", prefers: "dark", is: "light" },
  { page: "that is dark, with a light theme", css: darkRoot, theme: "light", prefers: "dark", is: "light" },
  { page: "that says nothing, with a dark theme", theme: "dark", prefers: "light", is: "dark" },
];

for (const { page: kind, css, meta, theme = "auto", prefers, is } of schemes)
  test(`a page ${kind}: ${is} for a visitor who prefers ${prefers}`, async () => {
    const chat = stage.tag.replace("async", `data-theme="${theme}" async`);
    const head = meta === undefined ? "" : `<meta name="color-scheme" content="${meta}">`;
    const page = await visitLook({ css, chat: head + chat, colorScheme: prefers });
    await assertLightness(page, launcher, launcherLightness[is]);
    await openPanel(page);
    await assertLightness(page, panel, panelLightness[is]);
    await assertLightness(page, launcher, launcherLightness[is]);
  });

test("a page, or a part of it, that becomes dark takes the open chat with it", async () => {
  const page = await visitLook({ css: lightRoot, colorScheme: "light" });
  await openPanel(page);
  await page.addStyleTag({ content: darkRoot });
  await assertLightness(page, panel, panelLightness.dark);
  await page.evaluate(`document.querySelector("rivulet-chat").theme = "light"`);
  await assertLightness(page, panel, panelLightness.light);
  await shared.clear();
  const inline = await visitLook({
    chat: `<div style="color-scheme: dark">${inlineChat()}</div>`,
    colorScheme: "light",
  });
  await assertLightness(inline, panel, panelLightness.dark);
});

/** How light the default accent and the panel are in OKLCH, from 0 to 1. */
const launcherLightness = { light: 0.463, dark: 0.77 };
const panelLightness = { light: 0.993, dark: 0.195 };

async function assertLightness(page: Page, selector: string, wanted: number): Promise<void> {
  const part = page.locator(`rivulet-chat ${selector}`);
  await eventually(async () => {
    const color = await part.evaluate((node) => node.ownerDocument.defaultView?.getComputedStyle(node).backgroundColor);
    const lightness = Number(/^oklch\(([\d.]+) /.exec(color ?? "")?.[1]);
    assert.ok(Math.abs(lightness - wanted) < 0.001, `${color}, and its lightness should be ${wanted}`);
  });
}
