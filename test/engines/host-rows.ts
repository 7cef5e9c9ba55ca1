import assert from "node:assert/strict";
import { doctype } from "../host/host-page.ts";
import {
  clipboardOwner,
  cookieBanner,
  dialogs,
  escapes,
  focusTrap,
  hotkeys,
  layouts,
  longText,
  pageButton,
  rules,
  stickyHeader,
  wheelHijack,
} from "../host/pages.ts";
import { closeButton, input, keys, launcher, messages, panel, phone, type Visitor } from "./visitor.ts";

/** What a visitor does on a page, and what they should see there. Throws if they see something else. */
type Check = (visitor: Visitor) => Promise<void>;

const root = `document.querySelector("rivulet-chat").shadowRoot`;
const clickOwnButton = async (visitor: Visitor) => {
  await visitor.clickOn("own");
  await visitor.expect("own.matches('[data-clicked]')", true);
};
const topOfMessages = `Math.round(${root}.querySelector("${messages}").scrollTop)`;

// A Firefox without a window never has the focus: it sends no `focusin`, and keys do not press buttons.
const eventRows: Record<string, Check> = {
  async hotkeys(visitor) {
    await visitor.visit(hotkeys);
    await visitor.openPanel();
    await visitor.expectFocus("input");
    await visitor.type(`is price 3/4?${keys.Left}!`);
    await visitor.expectTyped("is price 3/4!?");
    await visitor.expect("location.search", "");
    await visitor.type(keys.Escape);
    await visitor.expectFocus("launcher");
    await visitor.type("/");
    await visitor.expect("document.activeElement.id", "q");
  },
  async "smooth scrolling"(visitor) {
    await visitor.visit(wheelHijack);
    await visitor.openPanel();
    await visitor.ask("What?");
    await visitor.evaluate(`${root}.querySelector("${messages}").scrollTo(0, 500)`);
    await visitor.expect(topOfMessages, 500);
    await visitor.scroll(messages, -100);
    await visitor.expect(`${topOfMessages} < 500`, true);
    await visitor.expect("scrollY", 0);
  },
  async "a focus trap"(visitor) {
    await visitor.visit(focusTrap);
    await visitor.openPanel();
    await visitor.expectFocus("input");
    await visitor.clickOn(`document.querySelector("#m input")`);
    await visitor.click(input);
    await visitor.type("Hello");
    await visitor.expectTyped("Hello");
  },
  async "clipboard scripts, and a canceled `mousedown`"(visitor) {
    await visitor.visit(clipboardOwner);
    await visitor.openPanel();
    await visitor.focus(closeButton);
    await visitor.click(input);
    await visitor.expectFocus("input");
    await visitor.type("tea");
    await visitor.type("acvv", keys.Control);
    await visitor.expectTyped("teatea");
  },
  async "a `<dialog>` around an inline chat"(visitor) {
    await visitor.visit(`${escapes}<dialog id="d" style="width: 600px" open>`, { chat: visitor.inlineChat() });
    await visitor.evaluate("(d.close(), d.showModal())");
    await visitor.ask("What?");
    await visitor.evaluate(`${root}.querySelector("[aria-label='Edit message']").click()`);
    await visitor.see(".message-form textarea", true);
    await visitor.focus(".message-form textarea");
    await visitor.type(keys.Escape);
    await visitor.see(".message-form", false);
    await visitor.expect("[d.open, escapes]", [true, []]);
    await visitor.focus(input);
    await visitor.type(keys.Escape);
    await visitor.expect("[d.open, escapes]", [false, ["keydown", "keyup"]]);
  },
  async "content in the slot `header`"(visitor) {
    const script = `<script>window.seen = new Set();
      for (const type of ["keydown", "keyup", "input"]) addEventListener(type, () => seen.add(type))</script>`;
    await visitor.visit(script, { chat: visitor.inlineChat(`<input slot="header" id="yours">`) });
    await visitor.see(".welcome:not(.loading)", true);
    await visitor.clickOn("yours");
    await visitor.type("a");
    await visitor.expect("[...seen].toSorted()", ["input", "keydown", "keyup"]);
  },
};

const layoutRows = Object.fromEntries(
  Object.entries(layouts).map(([name, html]): [string, Check] => [
    `layout: ${name}`,
    async (visitor) => {
      await visitor.visit(html);
      await visitor.expectCorner();
      await visitor.evaluate("scrollTo(0, 900)");
      await visitor.expectCorner();
      await visitor.openPanel();
      await visitor.expectOnTop();
      await visitor.driver.resize(phone);
      await visitor.expectFullScreen();
      await visitor.click(closeButton);
      await visitor.see(panel, false);
      await visitor.expectCorner();
    },
  ]),
);

const dialogRows = Object.fromEntries(
  Object.entries(dialogs).map(([name, html]): [string, Check] => [
    `the page's ${name}`,
    async (visitor) => {
      await visitor.visit(html);
      await visitor.openPanel();
      await visitor.evaluate("modal.showModal()");
      await visitor.expectHit(panel, "dialog");
      await visitor.evaluate("modal.close()");
      await visitor.expectOnTop();
      await visitor.click(closeButton);
      await visitor.see(panel, false);
      await visitor.evaluate("modal.showModal()");
      await visitor.evaluate(`document.querySelector("rivulet-chat").setAttribute("open", "")`);
      await visitor.see(panel, true);
      await visitor.expectHit(panel, "dialog");
      await visitor.evaluate("modal.close()");
      await visitor.click(input);
      await visitor.expectOnTop();
      await clickOwnButton(visitor);
    },
  ]),
);

const placeRows: Record<string, Check> = {
  async "a sticky header on a phone"(visitor) {
    await visitor.visit(stickyHeader, { size: phone });
    await visitor.openPanel();
    await visitor.expectFullScreen();
    await visitor.click(closeButton);
    await visitor.see(panel, false);
  },
  async "a cookie banner over the launcher"(visitor) {
    await visitor.visit(cookieBanner);
    await visitor.expectHit(launcher, "banner");
    await visitor.evaluate(`void document.querySelector("rivulet-chat").show()`);
    await visitor.see(input, true);
    await visitor.expectOnTop();
  },
  ...dialogRows,
  async "`inert` on the chat"(visitor) {
    await visitor.visit(`${doctype}<body>`);
    await visitor.openPanel();
    const cover = `<div id="cover" style="position: fixed; inset: 0; z-index: 99999"></div>`;
    await visitor.evaluate(`(document.documentElement.insertAdjacentHTML("beforeend", ${JSON.stringify(cover)}),
      document.querySelector("rivulet-chat").inert = true)`);
    await visitor.expectHit(panel, "cover");
    await visitor.evaluate(`document.querySelector("rivulet-chat").inert = false`);
    await visitor.expectOnTop();
  },
  async "an element in full screen"(visitor) {
    await visitor.visit(`${doctype}<div id="film" style="background: black; width: 99px; height: 99px"></div>
      <script>film.onclick = () => film.requestFullscreen()</script>`);
    await visitor.openPanel();
    await visitor.clickOn("film");
    await visitor.expect("document.fullscreenElement?.id ?? ''", "film");
    await visitor.expectHit(panel, "film");
    await visitor.evaluate("document.exitFullscreen()");
    await visitor.expectOnTop();
  },
  async "a phone: the panel is modal"(visitor) {
    await visitor.visit(`${doctype}<a href="#own">Before</a>${pageButton}<div id="other"></div>`, { size: phone });
    await visitor.evaluate(`void document.querySelector("rivulet-chat").show()`);
    await visitor.see(input, true);
    await visitor.expectFullScreen();
    await visitor.expect(`${root}.querySelector("${panel}").matches(":modal")`, true);
    for (let at = 0; at < 12; at += 1) {
      await visitor.type(keys.Tab);
      await visitor.expect(
        `["rivulet-chat", "body", "html"].includes(document.activeElement?.localName ?? "body")`,
        true,
      );
    }
    await visitor.focus(input);
    await visitor.type("Is it");
    await visitor.evaluate(`other.append(document.querySelector("rivulet-chat"))`);
    await visitor.expectFullScreen();
    await visitor.focus(input);
    await visitor.driver.resize({ width: 1000, height: 720 });
    await visitor.expect(`${root}.querySelector("${panel}").matches(":popover-open:not(:modal)")`, true);
    await visitor.type(" oolong?");
    await visitor.expectTyped("Is it oolong?");
    await clickOwnButton(visitor);
    await visitor.focus(input);
    await visitor.type(keys.Escape);
    await visitor.see(panel, false);
    await visitor.expectFocus("launcher");
  },
  async "side, insets and layer; right to left"(visitor) {
    const tag = `data-side="start" data-inset-inline="3rem" data-inset-block="120px" data-layer="100000"`;
    await visitor.visit(cookieBanner, { tag });
    const [, , bottom, left] = await visitor.gapsOf(launcher);
    assert.deepEqual([left, bottom], [48, 120]);
    await visitor.expectHit(launcher, "launcher");
    await visitor.openPanel();
    await visitor.expectOnTop();
    assert.equal((await visitor.gapsOf(panel))[3], 48);
    await visitor.visit(`<!doctype html><html dir="rtl"><body>`, { tag: `data-inset-inline="10px"` });
    assert.equal((await visitor.gapsOf(launcher))[3], 10);
  },
  async "a flexible body"(visitor) {
    await visitor.visit(`${doctype}<style>body { display: flex; justify-content: space-between; gap: 50px }</style>
      <b>one</b><b id="two">two</b>`);
    const withChat = await visitor.evaluate("two.getBoundingClientRect().left");
    await visitor.openPanel();
    await visitor.expect("two.getBoundingClientRect().left", withChat);
    await visitor.evaluate(`document.querySelector("rivulet-chat").remove()`);
    await visitor.expect("two.getBoundingClientRect().left", withChat);
  },
  async "a window that is 256 px high"(visitor) {
    await visitor.visit(doctype + longText, { size: { width: 320, height: 256 } });
    await visitor.openPanel();
    await visitor.ask("Hello?");
    await visitor.expectFullScreen();
    const lineHeight = `parseFloat(getComputedStyle(${root}.querySelector("[part=answer]")).lineHeight)`;
    await visitor.expect(`${root}.querySelector("${messages}").clientHeight / ${lineHeight} >= 5`, true);
  },
};

/** Asserts that a part of the chat looks the same with and without one of the page's rules. */
async function expectUnmoved(visitor: Visitor, rule: string, selector: string): Promise<void> {
  const plain = await visitor.picture(selector);
  await visitor.evaluate(`(() => {
    const style = Object.assign(document.createElement("style"), { id: "rule", textContent: ${JSON.stringify(rule)} });
    document.head.append(style);
  })()`);
  const share = await visitor.difference(plain, await visitor.picture(selector));
  assert.ok(share <= 0.001, `${selector}: ${(share * 100).toFixed(2)} % differ`);
  await visitor.evaluate("rule.remove()");
}

const styleRows = Object.fromEntries(
  Object.entries(rules).map(([name, rule]): [string, Check] => [
    `styles: ${name}`,
    async (visitor) => {
      await visitor.visit(`<!doctype html><html lang="en"><head></head><body>`);
      await expectUnmoved(visitor, rule, launcher);
      await visitor.openPanel();
      await visitor.see(".welcome:not(.loading)", true);
      await visitor.focus(messages);
      await expectUnmoved(visitor, rule, panel);
      await visitor.ask("How is tea made?");
      await visitor.focus(messages);
      await expectUnmoved(visitor, rule, panel);
    },
  ]),
);

/** Each page of `docs/host-pages.md` that can be tested without Chromium's own tools. */
export const hostRows: Record<string, Check> = {
  ...eventRows,
  ...placeRows,
  ...layoutRows,
  ...styleRows,
  async "styles: quirks mode"(visitor) {
    const pictures: string[] = [];
    for (const start of ["<!doctype html>", ""]) {
      await visitor.visit(`${start}<style>body { color: red; font: italic 9px serif; text-align: center }</style>`);
      await visitor.openPanel();
      await visitor.ask("How is tea made?");
      await visitor.focus(messages);
      pictures.push(await visitor.picture(panel));
    }
    const [plain = "", quirky = ""] = pictures;
    const share = await visitor.difference(plain, quirky);
    assert.ok(share <= 0.001, `${(share * 100).toFixed(2)} % differ`);
  },
};
