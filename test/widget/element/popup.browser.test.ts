import { expect } from "chai";
import { setViewport } from "@web/test-runner-commands";
import {
  askAndWait,
  button,
  cleanUp,
  find,
  mount,
  mountReady,
  next,
  part,
  press,
  type,
  until,
} from "../support/mount.ts";
import { itInOwnWindow, restoreWindow, withMotion } from "../support/own-window.ts";

const focused = (chat: Element) => chat.shadowRoot?.activeElement?.getAttribute("part");

const overflow = () => getComputedStyle(document.documentElement).overflow;

const isOpen = (chat: Element) => find(chat, "[part=panel]") !== undefined;

describe("the popup", () => {
  withMotion();
  afterEach(async () => {
    await cleanUp();
    await restoreWindow();
  });

  it("shows only the launcher, and sends no request", async () => {
    const chat = await mount({ mode: "popup" });
    expect(part(chat, "launcher").getAttribute("aria-label")).to.equal("Open chat");
    expect(isOpen(chat)).to.equal(false);
    expect(chat.hasAttribute("open")).to.equal(false);
  });

  it("opens on click, takes the focus, and returns it on closing", async () => {
    const chat = await mount({ mode: "popup" });
    const opened = next(chat, "rivulet-open");
    const launcher = part(chat, "launcher");
    launcher.focus();
    launcher.click();
    await opened;
    expect(part(chat, "panel").localName).to.equal("dialog");
    expect(focused(chat)).to.equal("input");
    expect(launcher.getAttribute("aria-expanded")).to.equal("true");
    expect(chat.hasAttribute("open")).to.equal(true);
    await until(() => find(chat, ".welcome:not(.loading)"));
    const closed = next(chat, "rivulet-close");
    press(chat, "Escape");
    await closed;
    expect(isOpen(chat)).to.equal(false);
    expect(focused(chat)).to.equal("launcher");
  });

  it("opens and closes by the property, the attribute and the methods, which never disagree", async () => {
    const chat = await mount({ mode: "popup" });
    const ways: [show: () => void, hide: () => void][] = [
      [() => (chat.open = true), () => (chat.open = false)],
      [() => chat.setAttribute("open", ""), () => chat.removeAttribute("open")],
      [() => chat.show(), () => chat.hide()],
      [() => chat.toggle(), () => chat.toggle()],
    ];
    const state = async () => {
      await chat.updateComplete;
      return [chat.open, chat.hasAttribute("open"), isOpen(chat)];
    };
    expect(await state()).to.deep.equal([false, false, false]);
    for (const [show, hide] of ways) {
      show();
      expect(await state(), String(show)).to.deep.equal([true, true, true]);
      hide();
      expect(await state(), String(hide)).to.deep.equal([false, false, false]);
    }
  });

  it("returns the focus to the page's own button", async () => {
    const chat = await mount({ mode: "popup" });
    const own = document.createElement("button");
    document.body.append(own);
    own.focus();
    chat.show();
    await next(chat, "rivulet-open");
    chat.hide();
    await next(chat, "rivulet-close");
    expect(document.activeElement === own).to.equal(true);
    own.remove();
  });

  it("does not take the focus when the page opens it", async () => {
    const own = document.createElement("button");
    document.body.append(own);
    own.focus();
    const chat = await mount({ mode: "popup", open: "" });
    expect(isOpen(chat)).to.equal(true);
    expect(document.activeElement === own).to.equal(true);
    own.remove();
  });

  it("does not close on an Escape that an input method uses", async () => {
    const chat = await mount({ mode: "popup", open: "" });
    press(chat, "Escape", { isComposing: true });
    await chat.updateComplete;
    expect(isOpen(chat)).to.equal(true);
  });

  itInOwnWindow("fills a phone's screen, and stops the page behind it from scrolling", async () => {
    await setViewport({ width: 390, height: 844 });
    const chat = await mount({ mode: "popup" });
    chat.show();
    await next(chat, "rivulet-open");
    const panel = part(chat, "panel");
    await until(() => panel.getAnimations().length === 0);
    const { top, left, width, height } = panel.getBoundingClientRect();
    expect([top, left, width, height]).to.deep.equal([0, 0, 390, 844]);
    expect(parseFloat(getComputedStyle(part(chat, "input")).fontSize)).to.be.at.least(16);
    await until(() => overflow() === "hidden");
    chat.hide();
    await next(chat, "rivulet-close");
    expect(overflow()).to.equal("visible");
  });

  itInOwnWindow("restores the page's scrolling when the last of two chats closes", async () => {
    await setViewport({ width: 390, height: 844 });
    const chats = [await mount({ mode: "popup", open: "" }), await mount({ mode: "popup", open: "" })];
    for (const chat of chats) {
      await until(() => overflow() === "hidden");
      chat.hide();
      await next(chat, "rivulet-close");
    }
    expect(overflow()).to.equal("visible");
  });

  itInOwnWindow("restores the page's scrolling when it is removed while loading", async () => {
    await setViewport({ width: 390, height: 844 });
    const chat = await mount({ mode: "popup", open: "" });
    chat.remove();
    await next(chat, "rivulet-ready");
    await chat.updateComplete;
    expect(overflow()).to.equal("visible");
    document.body.append(chat);
    await until(() => overflow() === "hidden");
  });

  itInOwnWindow("shows a welcome message from its beginning, even if it does not fit", async () => {
    await setViewport({ width: 740, height: 300 });
    const chat = await mount({ mode: "popup", open: "" });
    await until(() => find(chat, ".starter"));
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const area = part(chat, "messages");
    expect(area.scrollHeight).to.be.greaterThan(area.clientHeight);
    expect(area.scrollTop).to.equal(0);
  });

  itInOwnWindow("has touch targets that are large enough", async () => {
    await setViewport({ width: 390, height: 844 });
    const chat = await mount({ mode: "popup", open: "" });
    await until(() => find(chat, ".starter"));
    const buttons = [...(chat.shadowRoot?.querySelectorAll<HTMLElement>("button") ?? [])].filter(
      (each) => each.offsetHeight > 0,
    );
    for (const each of buttons) expect(each.offsetHeight, each.outerHTML).to.be.at.least(43.5);
  });

  for (const mode of ["sidebar", "fullscreen"]) {
    it(`is placed in the page as ${mode}`, async () => {
      const chat = await mount({ mode, open: "" });
      await until(() => part(chat, "panel").getAnimations().length === 0);
      const { top, right, bottom } = part(chat, "panel").getBoundingClientRect();
      expect([top, right, bottom]).to.deep.equal([0, innerWidth, innerHeight]);
    });
  }

  it("keeps conversation, list and draft when its mode changes", async () => {
    const chat = await mountReady({ mode: "popup", open: "" });
    await askAndWait(chat, "Hello");
    type(chat, "And then?");
    button(chat, "Conversations").click();
    await until(() => find(chat, ".entry-open"));
    for (const mode of ["inline", "fullscreen", "popup"] as const) {
      chat.mode = mode;
      await chat.updateComplete;
      await until(() => find(chat, ".entry-open"));
      expect(part(chat, "panel").classList.contains(mode)).to.equal(true);
      await until(() => part(chat, "panel").matches(":modal") === (mode === "fullscreen"));
      expect(overflow()).to.equal(mode === "fullscreen" ? "hidden" : "visible");
    }
    find(chat, ".list-back")?.click();
    await until(() => find(chat, "[part=input]"));
    expect(part<HTMLTextAreaElement>(chat, "input").value).to.equal("And then?");
    await askAndWait(chat, "long answer");
    await until(() => find(chat, ".jump"));
    button(chat, "Jump to latest").click();
    const { scrollTop, scrollHeight, clientHeight } = part(chat, "messages");
    expect(scrollHeight - clientHeight - scrollTop).to.be.lessThan(2);
  });

  it("has the height of its container when it is inline", async () => {
    const chat = await mount();
    chat.style.height = "420px";
    expect(part(chat, "panel").offsetHeight).to.equal(420);
    expect(find(chat, "[part=launcher]") === undefined).to.equal(true);
  });
});
