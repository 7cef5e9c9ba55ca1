import type { Browser, Page } from "playwright-core";
import { startFaultServer, type FaultServer } from "../fault-server/index.ts";
import { startReceiver } from "../support/handover-receiver.ts";
import { startSite } from "../support/site.ts";
import { startTestWorker } from "../support/worker.ts";
import { openPanel } from "../e2e/stage.ts";
import { withFollowUps } from "./answers.ts";
import type { Scene } from "./scene.ts";
import { mark } from "./page.ts";

/** A real worker with the pictures' project, a scripted upstream, and a site. */
export interface PictureStage {
  upstream: FaultServer;
  /** Takes the picture of a scene. @returns a PNG file */
  take(scene: Scene): Promise<Buffer>;
  close(): Promise<void>;
}

/** How far a panel's shadow can be seen, in pixels. */
const shadowPx = 18;

const popupWindow = { width: 520, height: 790, isPhone: false };

/** Starts everything but the browser. */
export async function startPictureStage(browser: Browser): Promise<PictureStage> {
  const [upstream, receiver] = [await startFaultServer(), await startReceiver()];
  const worker = await startTestWorker({
    entry: "test/pictures/project/entry.ts",
    assets: "dist/widget",
    variables: {
      ANTHROPIC_API_KEY: "k",
      ANTHROPIC_BASE_URL: upstream.url,
      HANDOVER_URL: receiver.url,
      HANDOVER_SECRET: `whsec_${Buffer.alloc(32).toString("base64")}`,
    },
  });
  const site = await startSite("");
  site.pages.set("/mark.svg", { html: mark, headers: { "content-type": "image/svg+xml" } });
  const stage: PictureStage = { upstream, take, close };

  async function take(scene: Scene): Promise<Buffer> {
    const { window = popupWindow, colorScheme = "light", forcedColors, reply, shows = "panel" } = scene;
    upstream.reset();
    if (reply) upstream.script(withFollowUps(reply));
    const { isPhone = false, ...viewport } = window;
    const context = await browser.newContext({
      viewport,
      colorScheme,
      forcedColors,
      ...{ reducedMotion: "reduce", hasTouch: isPhone, isMobile: isPhone },
      permissions: ["clipboard-write"],
    });
    if (scene.script) await context.addInitScript(scene.script);
    const page = await context.newPage();
    page.setDefaultTimeout(120_000); // for busy machines
    const isAlone = shows !== "window" && shows !== "launcher";
    site.pages.set("/battery", { html: htmlOf(scene, worker.url, isAlone ? withoutRest : "") });
    await page.goto(`${site.url}/battery`);
    const chat = page.locator("rivulet-chat");
    await chat.locator("[part~=launcher], [part~=panel]").first().waitFor({ state: "attached" });
    const reach = scene.reach ?? (() => openEmpty(page));
    await reach({ page, chat, stage });
    await settle(page);
    const png = await page.screenshot({ clip: shows === "window" ? undefined : await clipOf(page, shows) });
    await context.close();
    return png;
  }

  async function close(): Promise<void> {
    site.close();
    await worker.stop();
    await receiver.close();
    await upstream.close();
  }

  return stage;
}

/** Hides what a picture of the panel alone would cut off: most of the panel's shadow, and the launcher. */
const withoutRest = `rivulet-chat::part(panel) { box-shadow: 0 1px 4px #0000001a, 0 4px 14px #0000001a }
  rivulet-chat::part(launcher) { opacity: 0 }`;

/** Opens the panel, and waits until an empty conversation is completely shown. */
export async function openEmpty(page: Page): Promise<void> {
  if ((await page.locator("rivulet-chat[mode=inline]").count()) === 0) await openPanel(page);
  await page.locator("rivulet-chat .welcome:not(.loading)").waitFor();
}

function htmlOf(
  { assistant = "sillwatt", attributes = {}, lang = "en", css = "", body = "" }: Scene,
  url: string,
  more: string,
) {
  const dir = /^(ar|he)/.test(lang) ? "rtl" : "ltr";
  const all = { assistant, avatar: "/mark.svg", ...attributes };
  const given = Object.entries(all).map(([name, value]) => `data-${name}="${value}"`);
  return `<!doctype html><html lang="${lang}" dir="${dir}"><head><meta charset="utf-8"><title>A battery for the evening</title>
    <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"><link rel="icon" href="data:,">
    <style>:root { color-scheme: light dark; background: light-dark(#e4e6e2, #0d1110) }
    rivulet-chat { --rivulet-accent: #0b5d48; --rivulet-neutral: oklch(.64 .09 86) } ${css} ${more}</style></head>
    <body>${body}<script src="${url}/rivulet.js" ${given.join(" ")} async></script></body></html>`;
}

/** Waits until fonts, images and parts that load on demand are there, and nothing moves. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(`(async () => {
    await document.fonts.ready;
    for (let calm = 0, before = ""; calm < 5; ) {
      await new Promise((resolve) => setTimeout(() => requestAnimationFrame(resolve), 100));
      const root = document.querySelector("rivulet-chat").shadowRoot;
      const now = [...root.querySelectorAll("*")].map((each) => JSON.stringify(each.getBoundingClientRect())).join();
      calm = now === before ? calm + 1 : 0;
      before = now;
    }
  })()`);
}

/**
 * The area of the window that a picture shows: a part of the chat and its shadow. For the composer, the area ends at
 * the panel's lower edge. For an answer, it is the window down to the answer's buttons.
 */
async function clipOf(page: Page, part: string) {
  const box = await page
    .locator(`rivulet-chat ${part === "answer" ? ".actions" : `[part~=${part}]`}`)
    .last()
    .boundingBox();
  const { width = 0, height = 0 } = page.viewportSize() ?? {};
  if (!box) throw new Error(`the ${part} is not on the page`);
  if (part === "answer") return { x: 0, y: 0, width, height: Math.ceil(box.y + box.height + 8) };
  if (part === "launcher") return { x: width - 230, y: height - 100, width: 230, height: 100 };
  const panel = part === "composer" && (await page.locator("rivulet-chat [part~=panel]").boundingBox());
  const bottom = (panel ? panel.y + panel.height : box.y + box.height) + shadowPx;
  const [x, y] = [Math.max(0, box.x - shadowPx), Math.max(0, box.y - (panel ? 0 : shadowPx))];
  return { x, y, width: Math.min(width, box.x + box.width + shadowPx) - x, height: Math.min(height, bottom) - y };
}
