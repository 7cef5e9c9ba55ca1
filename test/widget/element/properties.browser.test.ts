import { expect } from "chai";
import { RivuletChat } from "../../../widget/index.ts";
import { cleanUp, find, mount, mountReady, part, seenRequests, until } from "../support/mount.ts";
import { workerUrl } from "../support/page.ts";

/** Every property, with its default and another value. */
const properties = {
  endpoint: ["", "https://chat.example.com/path"],
  assistant: ["", "brook"],
  mode: ["inline", "popup"],
  theme: ["auto", "dark"],
  lang: ["", "de"],
  announce: ["sentences", "off"],
  bringAlong: [false, true],
  open: [false, true],
  side: [undefined, "start"],
  insetInline: [undefined, "2rem"],
  insetBlock: [undefined, "5rem"],
  layer: [undefined, 0],
  accentColor: [undefined, "rebeccapurple"],
  avatar: [undefined, "/logo.svg"],
  getUserToken: [undefined, async () => undefined],
  pageContext: [undefined, "main"],
  getPageContext: [undefined, () => undefined],
} as const;

const create = () => document.createElement("rivulet-chat");

describe("a property", () => {
  afterEach(cleanUp);

  it("is an accessor of the class, where frameworks look for it", () => {
    const { prototype } = RivuletChat;
    for (const name of Object.keys(properties)) {
      const { get, set } = Object.getOwnPropertyDescriptor(prototype, name) ?? {};
      expect([typeof get, typeof set], name).to.deep.equal(["function", "function"]);
    }
    expect(RivuletChat.observedAttributes).to.include.members(["endpoint", "assistant", "bring-along", "open"]);
  });

  it("has its default again once a framework unsets it", () => {
    const chat = create();
    for (const [name, [initial, other]] of Object.entries(properties)) {
      expect(Reflect.get(chat, name), name).to.equal(initial);
      for (const unset of [null, undefined, "", ...(initial === false ? [] : [" \n"])]) {
        Reflect.set(chat, name, other);
        expect(Reflect.get(chat, name), name).to.equal(other);
        Reflect.set(chat, name, unset);
        expect(Reflect.get(chat, name), `${name} = ${JSON.stringify(unset)}`).to.equal(initial);
      }
    }
  });

  it("has its default again once its attribute is removed", async () => {
    const chat = await mount({ mode: "popup", theme: "dark", lang: "de", announce: "off", "bring-along": "" });
    expect([chat.mode, chat.theme, chat.lang, chat.announce, chat.bringAlong]).to.deep.equal([
      "popup",
      "dark",
      "de",
      "off",
      true,
    ]);
    for (const name of ["mode", "theme", "lang", "announce", "bring-along"]) chat.removeAttribute(name);
    await chat.updateComplete;
    expect([chat.mode, chat.theme, chat.lang, chat.announce, chat.bringAlong]).to.deep.equal([
      "inline",
      "auto",
      "",
      "sentences",
      false,
    ]);
    expect(find(chat, "[part=launcher]") === undefined && part(chat, "panel").offsetHeight > 0).to.equal(true);
  });

  it("is a boolean, whatever a framework sets", () => {
    const chat = create();
    for (const name of ["open", "bringAlong"]) {
      for (const value of [true, 1, "true", {}]) {
        Reflect.set(chat, name, value);
        expect(Reflect.get(chat, name), name).to.equal(true);
      }
      Reflect.set(chat, name, 0);
      expect(Reflect.get(chat, name), name).to.equal(false);
    }
  });

  it("is written to its attribute if the page's styles may depend on it", async () => {
    const chat = await mount();
    const attributes = () => ["mode", "theme", "lang", "open"].map((name) => chat.getAttribute(name));
    expect(attributes()).to.deep.equal([null, null, null, null]);
    Object.assign(chat, { mode: "popup", theme: "dark", lang: "de", open: true });
    await chat.updateComplete;
    expect(attributes()).to.deep.equal(["popup", "dark", "de", ""]);
    expect(getComputedStyle(chat).display).to.equal("contents");
    expect(getComputedStyle(chat).colorScheme).to.equal("dark");
    Object.assign(chat, { mode: null, theme: null, lang: null, open: null });
    await chat.updateComplete;
    expect(attributes()).to.deep.equal(["inline", "auto", null, null]);
    expect(getComputedStyle(chat).display).to.equal("block");
  });

  it("is taken over when it was set before the element was defined", async () => {
    const inert = document.implementation.createHTMLDocument(); // elements of such a document are not upgraded
    const early = inert.createElement("rivulet-chat");
    const calls: string[] = [];
    const getUserToken = async () => void calls.push("token");
    const values = { endpoint: await workerUrl(), assistant: "brook", mode: "sidebar", open: true, getUserToken };
    Object.assign(early, values);
    expect(early).not.to.be.instanceOf(RivuletChat);
    document.body.append(early);
    const chat = await until(() => document.querySelector<RivuletChat>("rivulet-chat"));
    await until(() => find(chat, ".welcome:not(.loading)"));
    for (const [name, value] of Object.entries(values)) {
      expect(Object.hasOwn(chat, name), name).to.equal(false);
      expect(Reflect.get(chat, name), name).to.equal(value);
    }
    await chat.send("Hello");
    expect(calls).to.deep.equal(["token"]);
    chat.remove();
  });

  it("that was set before the element was defined counts more than its attribute, until that changes", async () => {
    const early = document.implementation.createHTMLDocument().createElement("rivulet-chat");
    for (const [name, value] of Object.entries({ mode: "popup", theme: "light", "page-context": "main" }))
      early.setAttribute(name, value);
    Object.assign(early, { mode: "sidebar", pageContext: "article", open: true });
    document.body.append(early);
    const chat = await until(() => document.querySelector<RivuletChat>("rivulet-chat"));
    await chat.updateComplete;
    expect([chat.mode, chat.getAttribute("mode"), chat.theme, chat.pageContext, chat.open]).to.deep.equal([
      "sidebar",
      "sidebar",
      "light",
      "article",
      true,
    ]);
    chat.setAttribute("mode", "inline");
    chat.removeAttribute("open");
    expect([chat.mode, chat.open]).to.deep.equal(["inline", false]);
    chat.remove();
  });

  it("that identifies the visitor may change at any time, and may return null or no promise", async () => {
    const chat = await mountReady();
    for (const getUserToken of [async () => null, () => undefined, null]) {
      Reflect.set(chat, "getUserToken", getUserToken);
      await chat.send("Hello");
      await chat.reset();
    }
    const sessions = (await seenRequests()).filter(({ method, path }) => method === "POST" && path === "/v1/sessions");
    expect(sessions.length).to.be.at.least(3);
    for (const { body } of sessions) expect(body).not.to.have.property("userToken", null);
  });
});
