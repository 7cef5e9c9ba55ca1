import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { transformSync } from "esbuild";
import type { BrowserContext, Locator, Page } from "playwright-core";
import { at } from "../../scripts/lib/root.ts";
import { eventually } from "../support/eventually.ts";
import type { Site } from "../support/site.ts";

/** Compiles a file of the browser tests to a plain script. @param name the variable that gets the file's exports */
function asScript(path: string, name: string): string {
  return transformSync(readFileSync(at(path), "utf8"), { loader: "ts", format: "iife", globalName: name }).code;
}

const focusRing = `${asScript("test/widget/support/focus-ring.ts", "focusRing")}
window.focusRing = focusRing;`;

/** Stand-ins for voices and speech recognition: in headless Chromium neither works. */
export const speechStandIns = `${asScript("test/widget/support/voices.ts", "voices")}
voices.addVoices("en-US"); voices.addRecognition("en-US");`;

/** The focused element: its name (its label, its field's label, or its text), and what is wrong with how it looks. */
interface Focused {
  name: string;
  isInChat: boolean;
  problems: string[];
}

const look = `(() => {
  const element = document.activeElement?.shadowRoot?.activeElement;
  if (!element) return { name: document.activeElement?.localName ?? "", isInChat: false, problems: [] };
  const { ringOf, clippedBy, coveredBy, isLargeTarget } = focusRing;
  const problems = [];
  const ring = ringOf(element);
  if (!ring) problems.push("has no outline");
  const edge = clippedBy(ring ?? element);
  if (edge) problems.push("is cut off by ." + edge.className);
  const over = coveredBy(element);
  if (over) problems.push("is covered by " + over.localName + "." + over.className);
  if (!isLargeTarget(element)) problems.push("is smaller than 24 by 24 px");
  const label = element.ariaLabel ?? element.closest("label")?.querySelector("span")?.textContent ?? element.textContent;
  return { name: label.trim().replaceAll(/\\s+/g, " "), isInChat: true, problems };
})()`;

/**
 * A visitor who uses only a keyboard. Each element that gets the focus must be fully visible, with an outline, and
 * large enough.
 */
export class KeyboardVisitor {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens a page of the site. */
  static async visit(
    context: BrowserContext,
    site: Site,
    { path = "/", viewport }: { path?: string; viewport?: { width: number; height: number } } = {},
  ): Promise<KeyboardVisitor> {
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    if (viewport) await page.setViewportSize(viewport);
    await page.addInitScript(focusRing + speechStandIns);
    await page.goto(site.url + path);
    const visitor = new KeyboardVisitor(page);
    await visitor.chat("[part~=launcher]").waitFor();
    return visitor;
  }

  chat(selector: string): Locator {
    return this.page.locator(`rivulet-chat ${selector}`);
  }

  focused(): Promise<Focused> {
    return this.page.evaluate<Focused>(look);
  }

  /** Waits until nothing is wrong with how the focused element looks: what the last key did may not be drawn yet. */
  async seeFocused(): Promise<Focused> {
    return eventually(async () => {
      const focused = await this.focused();
      assertSeen(focused);
      return focused;
    });
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  /** Types into the focused element, and presses Enter. */
  async enter(text: string): Promise<void> {
    await this.type(text);
    await this.press("Enter");
  }

  /** Waits until an element with a matching name has the focus and nothing is wrong with how it looks. */
  async expectFocus(wanted: string | RegExp): Promise<void> {
    await eventually(async () => {
      const focused = await this.focused();
      assert.ok(matches(focused, wanted), `"${focused.name}" has the focus, not ${String(wanted)}`);
      assertSeen(focused);
    });
  }

  /**
   * Presses Tab, or Shift+Tab, until an element with a matching name has the focus. The focus may leave the chat on the
   * way.
   */
  async tabTo(wanted: string | RegExp, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
    const seen: string[] = [];
    for (let presses = 0; presses < 80; presses++) {
      await this.press(key);
      const focused = await this.seeFocused();
      seen.push(focused.name);
      if (matches(focused, wanted)) return;
    }
    assert.fail(`${String(wanted)} is not reached: ${seen.join(", ")}`);
  }

  /** Tabs to a button and presses Enter. */
  async use(name: string | RegExp, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
    await this.tabTo(name, key);
    await this.press("Enter");
  }

  /** Waits until an answer is complete. */
  async answered(): Promise<void> {
    await this.chat("[part~=send]").waitFor();
  }
}

function matches({ name }: Focused, wanted: string | RegExp): boolean {
  return typeof wanted === "string" ? name === wanted : wanted.test(name);
}

function assertSeen({ name, problems }: Focused): void {
  assert.deepEqual(problems, [], `the focus on "${name}"`);
}
