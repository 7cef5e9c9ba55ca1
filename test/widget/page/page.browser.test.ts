import { expect } from "chai";
import { sendKeys } from "@web/test-runner-commands";
import "axe-core/axe.min.js";
import type axe from "axe-core";
import type { PageContext } from "../../../protocol/index.ts";
import type { RivuletChat } from "../../../widget/index.ts";
import { askAndWait, cleanUp, find, mountReady, seenRequests, until } from "../support/mount.ts";
import { examplePages } from "./example-pages.ts";

declare global {
  interface Window {
    axe: typeof axe;
  }
}

const chip = (chat: RivuletChat) => find<HTMLButtonElement>(chat, ".page-chip");
const details = (chat: RivuletChat) => find(chat, "#page-details");
const focused = (chat: RivuletChat) => chat.shadowRoot?.activeElement;

let main: HTMLElement;
let address: string;

/** A chat that shows the chip for the page. */
async function seeing(attributes: Record<string, string> = { "page-context": "main" }): Promise<RivuletChat> {
  const chat = await mountReady({ assistant: "seeing", ...attributes });
  await until(() => chip(chat));
  return chat;
}

/** Asks, and returns the request that the worker has received. */
async function sentBy(chat: RivuletChat): Promise<{ pageContext?: PageContext }> {
  await askAndWait(chat, "What is on this page?");
  const last = (await seenRequests()).findLast(({ path }) => path === "/v1/messages");
  return Object(last?.body);
}

describe("the page", function () {
  this.timeout(60_000);
  const messages: string[] = [];
  const { warn, error } = console;

  beforeEach(() => {
    address = location.href;
    document.title = "Tides";
    main = document.createElement("main");
    document.body.prepend(main);
    messages.length = 0;
    console.warn = (...words: unknown[]) => messages.push(words.join(" "));
    console.error = console.warn;
  });
  afterEach(async () => {
    Object.assign(console, { warn, error });
    await cleanUp();
    main.remove();
    document.documentElement.removeAttribute("dir");
    history.replaceState(null, "", address);
  });

  describe("is sent as people see it, without what was typed into it and what is hidden:", () => {
    for (const [name, { build, sent }] of Object.entries(examplePages)) {
      it(name, async () => {
        history.replaceState(null, "", "/tides?q=planted-query#planted-fragment");
        await build(main);
        const request = await sentBy(await seeing());
        const { url, title, text = "" } = request.pageContext ?? {};
        expect(JSON.stringify(request)).not.to.contain("planted");
        expect([url, title]).to.deep.equal([`${location.origin}/tides`, "Tides"]);
        if (typeof sent === "string") expect(text).to.equal(sent);
        else expect(text).to.match(sent ?? /./);
        expect(new TextEncoder().encode(text).length).to.be.at.most(16_384);
      });
    }

    it("the whole beginning of a very long page", async () => {
      await examplePages["very long"]?.build(main);
      const { pageContext } = await sentBy(await seeing());
      expect(new TextEncoder().encode(pageContext?.text).length).to.be.above(16_300);
    });

    it("each item under the number of its place, also behind items that are not shown", async () => {
      main.innerHTML = `<ol start="3"><li>One<li hidden>Two<li id="three">Three<li>Four</ol>`;
      const whole = await sentBy(await seeing({ "page-context": "ol" }));
      expect(whole.pageContext?.text).to.equal("3. One\n5. Three\n6. Four");
      await cleanUp();
      const alone = await sentBy(await seeing({ "page-context": "#three" }));
      expect(alone.pageContext?.text).to.equal("5. Three");
    });

    it("nothing, if what is selected is within something hidden", async () => {
      main.innerHTML = `<div aria-hidden="true"><div id="a">planted</div></div><div data-rivulet-ignore><p id="b">planted</p></div>
        <div style="opacity: 0"><p id="c">planted</p></div><form contenteditable><p id="d">planted</p></form>`;
      expect(await sentBy(await seeing({ "page-context": "#a, #b, #c, #d" }))).not.to.have.property("pageContext");
    });

    it("nothing, if what is selected is in closed details, or in a slot that is not read", async () => {
      main.innerHTML = `<details><summary><i id="a">Seen</i></summary><p><b id="b">planted</b></p></details>
        <div class="host"><p id="c">planted</p></div><div class="host"><p id="d">planted</p></div>`;
      const [ignored, faded] = [...main.querySelectorAll(".host")].map((host) => host.attachShadow({ mode: "open" }));
      if (ignored) ignored.innerHTML = `<div data-rivulet-ignore><slot></slot></div>`;
      if (faded) faded.innerHTML = `<div style="opacity: 0"><slot></slot></div>`;
      const { pageContext } = await sentBy(await seeing({ "page-context": "#a, #b, #c, #d" }));
      expect(pageContext?.text).to.equal("Seen");
    });

    it("the beginning of a huge page, without holding it up", async () => {
      main.innerHTML = `<ol>${"<li>A tide, <b>again</b> and again.</li>".repeat(20_000)}</ol>`;
      const chat = await seeing({ "page-context": "li, b" });
      const { pageContext } = await sentBy(chat);
      expect(new TextEncoder().encode(pageContext?.text).length).to.be.above(16_300);
      expect(pageContext?.text).to.contain("\n\n100. A tide, again and again.");
    });

    it("each match of the selector once, and never the chat", async () => {
      main.innerHTML = `<div class="x"><p class="x">One</p></div><p class="x">Two</p>`;
      const { pageContext } = await sentBy(await seeing({ "page-context": ".x, rivulet-chat" }));
      expect(pageContext?.text).to.equal("One\n\nTwo");
      await cleanUp();
      const whole = await sentBy(await seeing({ "page-context": "body" }));
      expect(whole.pageContext?.text).to.equal("One\n\nTwo");
    });

    it("as it is when the question is sent", async () => {
      main.textContent = "First";
      const chat = await seeing();
      expect((await sentBy(chat)).pageContext?.text).to.equal("First");
      main.textContent = "Second";
      document.title = "Other";
      expect((await sentBy(chat)).pageContext).to.include({ text: "Second", title: "Other" });
    });
  });

  describe("by the site's function", () => {
    /** The page context that is sent if the site sets this function. */
    const sentFor = async (
      getPageContext: NonNullable<RivuletChat["getPageContext"]>,
    ): Promise<PageContext | undefined> => {
      await cleanUp();
      const chat = await mountReady({ assistant: "seeing", "page-context": "main" });
      chat.getPageContext = getPageContext;
      await until(() => chip(chat));
      return (await sentBy(chat)).pageContext;
    };

    it("a text, or a title and a text, at once or later", async () => {
      main.textContent = "not this";
      expect(await sentFor(() => "Plain")).to.include({ text: "Plain", title: "Tides" });
      expect(await sentFor(async () => ({ title: "Cart", text: "Two items" }))).to.include({
        text: "Two items",
        title: "Cart",
      });
      expect((await sentFor(() => "🌊".repeat(10_000)))?.text).to.equal("🌊".repeat(4096));
    });

    it("nothing, and a line on the console, if it throws, is late or returns something else", async () => {
      const wrong: NonNullable<RivuletChat["getPageContext"]>[] = [
        () => {
          throw new Error("broken");
        },
        () => Promise.reject(new Error("rejected")),
        () => new Promise(() => undefined),
        () => JSON.parse('{"text": 7}'),
        JSON.parse('{"text": "no function"}'),
      ];
      for (const each of wrong) {
        messages.length = 0;
        expect(await sentFor(each)).to.equal(undefined);
        expect(messages.join("\n")).to.match(/getPageContext failed\. Nothing from this page is sent\./);
      }
      messages.length = 0;
      expect(await sentFor(() => null)).to.equal(undefined);
      expect(messages).to.deep.equal([]);
    });
  });

  it("is not offered, read or sent, if neither the site nor the assistant wants it", async () => {
    main.textContent = "planted";
    const plain = await mountReady({ assistant: "seeing" });
    expect(await sentBy(plain)).not.to.have.property("pageContext");
    expect(chip(plain)).to.equal(undefined);
    const other = await mountReady({ "page-context": "main" });
    other.getPageContext = () => expect.fail("it is not called");
    expect(await sentBy(other)).not.to.have.property("pageContext");
    expect(chip(other)).to.equal(undefined);
  });

  it("is not sent where the visitor does not see the chip", async () => {
    main.textContent = "planted";
    const chat = await mountReady({ assistant: "seeing", "page-context": "main", mode: "popup", open: "" });
    await until(() => chip(chat));
    chat.hide();
    await chat.updateComplete;
    await chat.send("Asked by the page");
    expect(JSON.stringify((await seenRequests()).at(-1))).not.to.contain("planted");
  });

  it("says on the console, once, that a selector matches nothing or is none", async () => {
    for (const [selector, words] of [
      ["#nothing", "No element of this page matches"],
      ["main[", "This is not a valid CSS selector"],
    ] as const) {
      const chat = await seeing({ "page-context": selector });
      for (let turn = 0; turn < 2; turn += 1) expect(await sentBy(chat)).not.to.have.property("pageContext");
      expect(messages.filter((message) => message.includes(words))).to.have.length(1);
      await cleanUp();
    }
  });

  describe("the chip", () => {
    it("by keyboard: opens, shows exactly what is sent, is switched off and on, and closes", async () => {
      main.innerHTML = "<h1>Tides</h1><p>High tide is at four.</p>";
      const chat = await seeing();
      find(chat, "[part=input]")?.focus();
      await sendKeys({ press: "Tab" });
      expect(focused(chat)).to.equal(chip(chat));
      expect(chip(chat)?.innerText.replace(/\s+/g, " ")).to.equal("Sees this page Tides");
      expect(chip(chat)?.ariaExpanded).to.equal("false");
      await sendKeys({ press: "Enter" });
      await until(() => details(chat)?.innerText.includes("High tide"));
      expect(chip(chat)?.ariaExpanded).to.equal("true");
      const text = find(chat, ".page-text pre")?.textContent;
      expect(text).to.equal("# Tides\n\nHigh tide is at four.");
      expect(find(chat, ".page-note")?.innerText).to.equal("6 words. Nothing typed into forms.");

      await sendKeys({ press: "Tab" });
      expect(focused(chat)?.role).to.equal("switch");
      await sendKeys({ press: "Tab" });
      expect(focused(chat)).to.equal(find(chat, ".page-text"), "the text can be scrolled by keyboard");
      await sendKeys({ down: "Shift" });
      await sendKeys({ press: "Tab" });
      await sendKeys({ up: "Shift" });
      await sendKeys({ press: "Space" });
      expect(focused(chat)?.ariaChecked).to.equal("false");
      expect(details(chat)?.innerText).to.equal("Page not shared");
      expect(chip(chat)?.innerText).to.contain("Page not shared");
      await sendKeys({ press: "Escape" });
      expect(focused(chat)).to.equal(chip(chat));
      expect(details(chat)).to.equal(undefined);
      const off = await sentBy(chat);
      expect(JSON.stringify(off)).not.to.match(/pageContext|four|Tides/);

      chip(chat)?.focus();
      await sendKeys({ press: "Enter" });
      await sendKeys({ press: "Tab" });
      await sendKeys({ press: "Space" });
      await until(() => details(chat)?.innerText.includes("High tide"));
      expect((await sentBy(chat)).pageContext?.text).to.equal(text);
    });

    it("stays off on the next page and in another tab", async () => {
      main.textContent = "planted";
      const first = await seeing();
      chip(first)?.click();
      (await until(() => find(first, "[role=switch]"))).click();
      first.remove();
      const next = await seeing();
      expect(chip(next)?.innerText).to.contain("Page not shared");
      expect(JSON.stringify(await sentBy(next))).not.to.contain("planted");
      expect({ ...localStorage }).to.have.property(
        Object.keys(localStorage).find((key) => key.includes(":page:")) ?? "none",
        "off",
      );
    });

    it("stays off until the page is closed where the browser stores nothing", async () => {
      main.textContent = "planted";
      const { setItem } = Storage.prototype;
      Storage.prototype.setItem = () => {
        throw new DOMException("The quota is full.", "QuotaExceededError");
      };
      try {
        const first = await seeing();
        chip(first)?.click();
        (await until(() => find(first, "[role=switch]"))).click();
        expect(find(first, "[role=switch]")?.getAttribute("aria-checked")).to.equal("false");
        expect(JSON.stringify(await sentBy(first))).not.to.contain("planted");
        first.remove();
        const next = await seeing();
        expect(chip(next)?.innerText).to.contain("Page not shared");
        chip(next)?.click();
        (await until(() => find(next, "[role=switch]"))).click();
        expect((await sentBy(next)).pageContext?.text).to.equal("planted");
      } finally {
        Storage.prototype.setItem = setItem;
      }
    });

    it("follows the page while it is open, and its title at any time", async () => {
      main.textContent = "First";
      const chat = await seeing();
      chip(chat)?.click();
      await until(() => details(chat)?.innerText.includes("First"));
      main.textContent = "Second";
      document.title = "Next view";
      await until(() => details(chat)?.innerText.includes("Second"));
      expect(chip(chat)?.innerText).to.contain("Next view");
      main.textContent = "";
      await until(() => details(chat)?.innerText.includes("This page has no text to send."));
    });

    it("passes an accessibility audit, closed, open, off and from right to left", async () => {
      main.innerHTML = `<h1>Tides</h1>${"<p>High tide is at four.</p>".repeat(50)}`;
      const chat = await seeing();
      const audit = async () => {
        const { violations } = await window.axe.run(chat, { rules: { region: { enabled: false } } });
        return violations.map(({ id, nodes }) => `${id} ${nodes.map(({ html }) => html).join()}`);
      };
      expect(await audit()).to.deep.equal([]);
      chip(chat)?.click();
      await until(() => find(chat, ".page-text"));
      expect(await audit()).to.deep.equal([]);
      document.documentElement.dir = "rtl";
      expect(await audit()).to.deep.equal([]);
      find(chat, "[role=switch]")?.click();
      expect(await audit()).to.deep.equal([]);
    });
  });
});
