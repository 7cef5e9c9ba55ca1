import { expect } from "chai";
import { clippedBy } from "../support/focus-ring.ts";
import { askAndWait, button, cleanUp, find, mountReady, part, until } from "../support/mount.ts";

/** Makes a form as high as a hint of many lines would, in a language with long words. */
const high = new CSSStyleSheet();
high.replaceSync(".message-form-buttons { padding-block-start: 9em; }");

describe("a form at a message", () => {
  afterEach(cleanUp);

  it("is scrolled into view whole, not only its field", async () => {
    const chat = await mountReady({ mode: "popup", open: "" });
    chat.shadowRoot?.adoptedStyleSheets.push(high);
    await askAndWait(chat, "long answer");
    button(chat, "Bad answer").click();
    const field = await until(() => find(chat, ".message-form textarea"));
    await until(() => chat.shadowRoot?.activeElement === field);
    field.blur();
    const messages = part(chat, "messages");
    const seenPx = 96; // with this much of the form in view, a browser does not scroll to the focused field
    messages.scrollTop -= messages.getBoundingClientRect().bottom - seenPx - field.getBoundingClientRect().bottom;
    field.focus();
    const form = find(chat, ".message-form");
    expect(form && clippedBy(form)).to.equal(undefined);
  });
});
