import { sendKeys } from "@web/test-runner-commands";
import { expect } from "chai";
import { askAndWait, cleanUp, find, findAll, mount, mountReady, part, until } from "../support/mount.ts";

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
      if (outlineStyle === "none") continue; // the composer draws its own
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
