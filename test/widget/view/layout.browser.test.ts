import { sendKeys } from "@web/test-runner-commands";
import { expect } from "chai";
import { ask, askAndWait, button, cleanUp, find, findAll, mount, mountReady, part, until } from "../support/mount.ts";

describe("the layout", () => {
  afterEach(cleanUp);

  for (const mode of ["inline", "popup"]) {
    it(`breaks words that are longer than a line (${mode})`, async () => {
      const chat = await mount({ assistant: "wordy", mode, open: "" });
      await until(() => find(chat, ".welcome:not(.loading)"));
      const texts = findAll(chat, ".welcome bdi, .welcome .greeting, .welcome .knows, .starter span, .footer span");
      expect(texts.length).to.be.at.least(4);
      const panel = part(chat, "panel").getBoundingClientRect();
      for (const text of texts) {
        const box = text.getBoundingClientRect();
        expect(text.scrollWidth, text.textContent).to.be.at.most(Math.ceil(box.width));
        expect(box.left >= panel.left && box.right <= panel.right, text.textContent).to.equal(true);
      }
    });
  }

  it("gives each control outside the messages a name of its own", async () => {
    const chat = await mountReady({ mode: "popup", open: "" });
    await askAndWait(chat, "Hello");
    const controls = findAll(chat, "button").filter(
      (control) => control.checkVisibility() && !control.closest("[part=message]"),
    );
    const names = controls.map((control) => control.getAttribute("aria-label") ?? control.textContent);
    expect(names).to.include.members(["Close", "Close chat", "New conversation", "Conversations"]);
    expect(new Set(names).size).to.equal(names.length);
  });

  it("has one header: the list's in the place of the conversation's", async () => {
    const chat = await mountReady({ mode: "popup", open: "" });
    await askAndWait(chat, "Hello");
    button(chat, "Conversations").click();
    await until(() => find(chat, ".entry-open"));
    const [header, ...others] = findAll(chat, ".header").filter((each) => each.checkVisibility());
    expect(others).to.deep.equal([]);
    const items = [...(header?.querySelectorAll("button, h2") ?? [])];
    expect(items.map((item) => item.ariaLabel ?? item.textContent)).to.deep.equal([
      "Back to conversation",
      "Conversations",
      "New conversation",
      "Close",
    ]);
    find(chat, ".list-back")?.click();
    await until(() => part(chat, "header").checkVisibility());
  });

  it("names the assistant once while it thinks aloud", async () => {
    const chat = await mountReady();
    ask(chat, "thinks aloud");
    await until(() => find(chat, "[part=reasoning]"));
    await until(() => find(chat, ".typing"));
    expect(findAll(chat, "[part=author]").filter((each) => each.checkVisibility()).length).to.equal(1);
    expect(part(chat, "thoughts").textContent).to.match(/^\S/);
  });

  it("has nothing behind the header while a visitor writes to people before the first question", async () => {
    const chat = await mountReady({ assistant: "handed", mode: "popup", open: "" });
    (await until(() => find(chat, ".handover-button"))).click();
    await until(() => find(chat, ".handover-form"));
    const header = part(chat, "header").getBoundingClientRect();
    const { top } = part(chat, "messages").getBoundingClientRect();
    expect(top).to.be.at.least(header.bottom - 0.5); // both positions are rounded while the panel moves
    expect(find(chat, ".starters")?.checkVisibility()).not.to.equal(true);
  });

  it("dims what an edit replaces, and nothing before it", async () => {
    const chat = await mountReady();
    await askAndWait(chat, "Hello");
    await askAndWait(chat, "Hello again");
    findAll(chat, "[aria-label='Edit message']").at(-1)?.click();
    await until(() => find(chat, ".message-form"));
    const [first, second] = findAll(chat, "[part=answer]").map((answer) => getComputedStyle(answer).color);
    const quiet = getComputedStyle(part(chat, "footer")).color;
    expect(second).to.equal(quiet);
    expect(first).not.to.equal(quiet);
  });

  it("does not clip a focus ring", async () => {
    const chat = await mountReady({ mode: "popup", open: "" });
    await askAndWait(chat, "full answer at once");
    await sendKeys({ press: "Tab" }); // the ring is only drawn for the keyboard
    const focusable = findAll(chat, "button, a, summary, textarea, [tabindex='0']");
    const visible = focusable.filter((element) => element.checkVisibility());
    expect(visible.length).to.be.greaterThan(10);
    for (const element of visible) {
      element.focus();
      const { outlineStyle, outlineWidth, outlineOffset } = getComputedStyle(element);
      if (outlineStyle === "none") continue; // the composer draws its own ring
      const ring = Number.parseFloat(outlineWidth) + Number.parseFloat(outlineOffset);
      const box = element.getBoundingClientRect();
      for (let parent = element.parentElement; parent; parent = parent.parentElement) {
        const { overflowX, overflowY } = getComputedStyle(parent);
        const outer = parent.getBoundingClientRect();
        const words = `${element.outerHTML.slice(0, 120)} in .${parent.className}`;
        if (overflowX !== "visible") {
          expect(box.left - ring, words).to.be.at.least(outer.left - 0.5);
          expect(box.right + ring, words).to.be.at.most(outer.right + 0.5);
        }
        if (overflowY === "clip") expect(box.top - ring, words).to.be.at.least(outer.top - 0.5);
      }
    }
  });

  for (const question of ["with citations", "thinks aloud"]) {
    it(`has chevrons of its own in place of native triangles: an answer ${question}`, async () => {
      const chat = await mountReady();
      await askAndWait(chat, question);
      const summary = await until(() => find(chat, "summary"));
      expect(getComputedStyle(summary).listStyleType).to.equal("none");
      expect(getComputedStyle(summary, "::before").rotate).to.equal("45deg");
    });
  }
});
