import { expect } from "chai";
import { emulateMedia, setViewport } from "@web/test-runner-commands";
import "axe-core/axe.min.js";
import type axe from "axe-core";
import { cleanUp, find } from "../support/mount.ts";
import { itInOwnWindow, restoreWindow } from "../support/own-window.ts";
import { restoreBrowser, states } from "../support/states.ts";

declare global {
  interface Window {
    axe: typeof axe;
  }
}

/** What axe-core finds in the chat, in short. */
async function audit(chat: Element): Promise<string[]> {
  const animations = (chat.shadowRoot?.getAnimations() ?? []).filter(
    ({ effect }) => effect?.getComputedTiming().iterations === 1,
  );
  await Promise.all(animations.map(({ finished }) => finished)); // colors are measured after transitions
  // `region` is about the host page, which decides where an inline chat is
  const { violations } = await window.axe.run(chat, { rules: { region: { enabled: false } } });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${String(target)} ${failureSummary}`),
  );
}

describe("axe-core finds nothing", () => {
  before(() => {
    document.title = "A test page";
    document.documentElement.lang = "en";
  });
  afterEach(async () => {
    restoreBrowser();
    await cleanUp();
  });
  after(restoreWindow);

  for (const colorScheme of ["light", "dark"] as const) {
    for (const [name, reach] of Object.entries(states)) {
      itInOwnWindow(`${name}, ${colorScheme}`, async () => {
        await emulateMedia({ colorScheme });
        document.body.style.background = colorScheme === "dark" ? "#111" : "#fff";
        expect(await audit(await reach())).to.deep.equal([]);
      });
    }
  }

  for (const name of ["welcome", "conversation", "error", "list", "before a deletion", "editing"]) {
    itInOwnWindow(`${name}, on a phone`, async () => {
      await setViewport({ width: 390, height: 844 });
      const chat = await states[name]?.();
      expect(chat && (await audit(chat))).to.deep.equal([]);
    });
  }

  itInOwnWindow("the button that sends an edit looks different from the one that cancels it", async () => {
    const chat = await states["editing"]?.();
    const [cancel, send] = [":not(:last-child)", ":last-child"].map((place) => {
      const found = chat && find(chat, `.message-form .quiet${place}`);
      return found && getComputedStyle(found).backgroundColor;
    });
    expect(send).to.be.a("string");
    expect(send).not.to.equal(cancel);
  });
});
