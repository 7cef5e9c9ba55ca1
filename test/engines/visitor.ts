import assert from "node:assert/strict";
import type { Stage } from "../e2e/stage.ts";
import { eventually } from "../support/eventually.ts";
import type { Driver } from "./driver.ts";

/**
 * Sizes of windows, in CSS pixels. WebKitGTK's windows cannot be as narrow as a phone, but narrow enough for the chat's
 * layout on phones.
 */
const desktop = { width: 1000, height: 720 };
export const phone = { width: 390, height: 844 };

/** Keys as WebDriver names them. */
export const keys = { Tab: "\uE004", Enter: "\uE007", Control: "\uE009", Escape: "\uE00C", Left: "\uE012" };

/** The root of the chat's shadow tree, in JavaScript. */
const root = `document.querySelector("rivulet-chat").shadowRoot`;

const find = (selector: string) => `${root}.querySelector(${JSON.stringify(selector)})`;

/** What a click in the middle of an element hits: `launcher` or `panel`, or the id of an element of the page. */
const hitIn = (selector: string) => `(() => {
  const { left, top, width, height } = ${find(selector)}.getBoundingClientRect();
  const at = [left + width / 2, top + height / 2];
  const outer = document.elementFromPoint(...at);
  const inner = outer?.shadowRoot?.elementFromPoint(...at) ?? outer;
  const part = inner?.closest("[part~=launcher], [part~=panel]");
  return part?.part.value ?? inner?.closest("[id]")?.id ?? "the page";
})()`;

export const launcher = "[part~=launcher]";
export const panel = "[part~=panel]";
export const input = "[part~=input]";
export const messages = "[part~=messages]";
export const closeButton = "[part~=header] [aria-label='Close']";

/** How a page is opened. */
export interface Visit {
  /** Attributes of the script tag. */
  tag?: string;
  /** The chat, if it is not a script tag. */
  chat?: string;
  size?: { width: number; height: number };
}

/** A visitor who uses the chat on a host page, in any engine. */
export class Visitor {
  readonly driver: Driver;
  readonly #stage: Stage;

  constructor(driver: Driver, stage: Stage) {
    this.driver = driver;
    this.#stage = stage;
  }

  /** Opens a page with empty storage, as on a first visit. */
  async visit(html: string, { tag = "", chat, size = desktop }: Visit = {}): Promise<void> {
    const { pages, url } = this.#stage.site;
    pages.set("/", { html: "<script>localStorage.clear(); sessionStorage.clear()</script>" });
    const script = `<script src="${this.#stage.proxy.url}/rivulet.js" data-assistant="anthropic-all" ${tag}></script>`;
    pages.set("/host", { html: html + (chat ?? script) });
    await this.driver.resize(size);
    await this.driver.open(`${url}/`);
    await this.driver.open(`${url}/host`);
    await this.see(chat === undefined ? launcher : input, true);
  }

  /** HTML of a chat in the page's own layout: in the element that the page's HTML has left open. */
  inlineChat(content = ""): string {
    const { url } = this.#stage.proxy;
    return `<rivulet-chat endpoint="${url}" assistant="anthropic-all" mode="inline">${content}</rivulet-chat>
      <script type="module">import "${url}/panel.js";</script>`;
  }

  evaluate(expression: string): Promise<unknown> {
    return this.driver.evaluate(expression);
  }

  /** Waits until an expression has this value. */
  async expect(expression: string, wanted: unknown): Promise<void> {
    await eventually(async () => {
      const value = await this.evaluate(expression);
      assert.deepEqual(value, wanted, `${expression} is ${JSON.stringify(value)}, not ${JSON.stringify(wanted)}`);
    });
  }

  /** Waits until an element of the chat is visible, or is not. */
  async see(selector: string, isVisible: boolean): Promise<void> {
    await this.expect(`${find(selector)}?.checkVisibility({ visibilityProperty: true }) ?? false`, isVisible);
  }

  async scroll(selector: string, deltaY: number): Promise<void> {
    const at = await this.#middleOf(find(selector));
    await this.driver.perform([
      { type: "wheel", id: "wheel", actions: [{ type: "scroll", ...at, deltaX: 0, deltaY }] },
    ]);
  }

  /** Clicks in the middle of an element of the chat. */
  async click(selector: string): Promise<void> {
    await this.clickOn(find(selector));
  }

  /** Clicks in the middle of an element. @param element a JavaScript expression */
  async clickOn(element: string): Promise<void> {
    const [down, up] = ["pointerDown", "pointerUp"].map((type) => ({ type, button: 0 }));
    const move = { type: "pointerMove", ...(await this.#middleOf(element)) };
    await this.driver.perform([{ type: "pointer", id: "mouse", actions: [move, down, up] }]);
  }

  /** Moves the mouse to where it does nothing. */
  async moveAway(): Promise<void> {
    await this.driver.perform([{ type: "pointer", id: "mouse", actions: [{ type: "pointerMove", x: 1, y: 1 }] }]);
  }

  /** @param held a key that is held down meanwhile */
  async type(text: string, held = ""): Promise<void> {
    const press = (value: string) => [...value].map((key) => ({ type: "keyDown", value: key }));
    const release = (value: string) => [...value].map((key) => ({ type: "keyUp", value: key }));
    const strokes = [...text].flatMap((key) => [...press(key), ...release(key)]);
    await this.driver.perform([{ type: "key", id: "keys", actions: [...press(held), ...strokes, ...release(held)] }]);
  }

  async focus(selector: string): Promise<void> {
    await this.evaluate(`${find(selector)}.focus()`);
  }

  async openPanel(): Promise<void> {
    await this.click(launcher);
    await this.see(input, true);
  }

  /** Asks, and waits until the answer is complete. */
  async ask(question: string): Promise<void> {
    await this.see(".welcome:not(.loading)", true);
    await this.click(input);
    await this.type(question + keys.Enter);
    await this.expect(`${find(".actions button")} !== null && ${find("[part~=send]")} !== null`, true);
  }

  /** Waits until this part of the chat has the focus. */
  async expectFocus(wanted: string): Promise<void> {
    await this.expect(`${root}.activeElement?.part.value ?? "nowhere"`, wanted);
  }

  async expectTyped(wanted: string): Promise<void> {
    await this.expect(`${find(input)}.value`, wanted);
  }

  async expectHit(selector: string, wanted: string): Promise<void> {
    await this.expect(hitIn(selector), wanted);
  }

  /** The free space between a box and the edges of the window, in CSS pixels: top, right, bottom, left. */
  async gapsOf(selector: string): Promise<number[]> {
    const gaps = await this.evaluate(`(() => {
      const { top, right, bottom, left } = ${find(selector)}.getBoundingClientRect();
      return [top, innerWidth - right, innerHeight - bottom, left];
    })()`);
    return Array.isArray(gaps) ? gaps.map(Number) : [];
  }

  /** Waits until the launcher is in the bottom right corner of the window and can be clicked. */
  async expectCorner(): Promise<void> {
    await eventually(async () => {
      const [, right = 0, bottom = 0] = await this.gapsOf(launcher);
      assert.ok(right >= 12 && right <= 60, `the launcher is ${right} px from the right edge`);
      assert.ok(bottom >= 12 && bottom <= 60, `the launcher is ${bottom} px from the bottom edge`);
    });
    await this.expectHit(launcher, "launcher");
  }

  /** Waits until the open panel is inside the window, and nothing covers it. */
  async expectOnTop(): Promise<void> {
    await eventually(async () => {
      for (const gap of await this.gapsOf(panel)) assert.ok(gap > -0.5, `the panel is ${-gap} px beyond an edge`);
    });
    for (const each of [panel, closeButton, input]) await this.expectHit(each, "panel");
  }

  /** Waits until the open panel fills the window, and nothing covers it. */
  async expectFullScreen(): Promise<void> {
    await eventually(async () => {
      for (const gap of await this.gapsOf(panel)) assert.ok(Math.abs(gap) < 1, `${gap} px between panel and edge`);
    });
    await this.expectOnTop();
  }

  /** A picture of an element of the chat, as Base64, once nothing moves. */
  async picture(selector: string): Promise<string> {
    await this.moveAway();
    const endings = `${root}.getAnimations().map(({ effect }) => effect.getComputedTiming().endTime)`;
    await this.expect(`${endings}.filter(Number.isFinite).length`, 0);
    let before = "";
    return eventually(async () => {
      const now = await this.driver.screenshot();
      const isStill = now === before;
      before = now;
      return isStill && this.#crop(now, selector);
    });
  }

  /**
   * The share of pixels that differ between two pictures: 1 if they have different sizes. WebKit draws the same edge a
   * few levels of 255 lighter or darker from one picture to the next; such differences do not count.
   */
  async difference(one: string, other: string): Promise<number> {
    const share = await this.evaluate(`(async () => {
      const [a, b] = await Promise.all(${JSON.stringify([one, other])}.map(async (base64) => {
        const bitmap = await createImageBitmap(await (await fetch("data:image/png;base64," + base64)).blob());
        const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
        context.drawImage(bitmap, 0, 0);
        return context.getImageData(0, 0, bitmap.width, bitmap.height);
      }));
      if (a.width !== b.width || a.height !== b.height) return 1;
      let count = 0;
      for (let at = 0; at < a.data.length; at += 4)
        if ([0, 1, 2, 3].some((channel) => Math.abs(a.data[at + channel] - b.data[at + channel]) > 8)) count++;
      return count / (a.width * a.height);
    })()`);
    return Number(share);
  }

  async #crop(png: string, selector: string): Promise<string> {
    const cropped = await this.evaluate(`(async () => {
      const bitmap = await createImageBitmap(await (await fetch("data:image/png;base64,${png}")).blob());
      const { x, y, width, height } = ${find(selector)}.getBoundingClientRect();
      const canvas = Object.assign(document.createElement("canvas"), { width, height });
      canvas.getContext("2d").drawImage(bitmap, -Math.round(x), -Math.round(y));
      return canvas.toDataURL().split(",")[1];
    })()`);
    return String(cropped);
  }

  async #middleOf(element: string): Promise<{ x: number; y: number }> {
    const box = await this.evaluate(`(() => {
      const { left, top, width, height } = ${element}.getBoundingClientRect();
      return [left + width / 2, top + height / 2];
    })()`);
    const [x = 0, y = 0] = Array.isArray(box) ? box.map((each) => Math.round(Number(each))) : [];
    return { x, y };
  }
}
