import { expect } from "chai";
import { emulateMedia } from "@web/test-runner-commands";
import { pairwise } from "../../support/pairwise.ts";
import { smallTargets, unnamed, unseenFocus } from "../support/audit.ts";
import { auditAll, factors, leaveCombinations } from "../support/combinations.ts";
import type { Combination } from "../support/combinations.ts";
import { isChromium } from "../support/engine.ts";
import { cleanUp, find } from "../support/mount.ts";
import { itInOwnWindow, restoreWindow } from "../support/own-window.ts";
import { restoreBrowser, states } from "../support/states.ts";

const rows = Map.groupBy(pairwise<Combination>(factors), ({ state }) => state);

describe("accessibility", () => {
  before(async () => {
    document.title = "A test page";
    document.documentElement.lang = "en";
    if (isChromium) await emulateMedia({ reducedMotion: "reduce" });
  });
  afterEach(async () => {
    restoreBrowser();
    leaveCombinations();
    await cleanUp();
    await restoreWindow();
  });
  after(async () => {
    if (isChromium) await emulateMedia({ reducedMotion: "no-preference" });
  });

  for (const [name, reach] of Object.entries(states)) {
    it(`axe-core finds nothing: ${name}, in every pair of mode, theme, scheme, language, direction and window`, async () => {
      expect(await auditAll(await reach(), rows.get(name) ?? [])).to.deep.equal([]);
    });

    itInOwnWindow(`${name}: targets are large enough, named, and show their focus, in forced colors too`, async () => {
      const chat = await reach();
      expect(smallTargets(chat), "small targets").to.deep.equal([]);
      expect(unnamed(chat), "without a name").to.deep.equal([]);
      expect(unseenFocus(chat), "focus").to.deep.equal([]);
      await emulateMedia({ forcedColors: "active" });
      const found = unseenFocus(chat);
      await emulateMedia({ forcedColors: "none" });
      expect(found, "focus in forced colors").to.deep.equal([]);
    });
  }

  it("the button that sends an edit looks different from the one that cancels it", async () => {
    const chat = await states["editing"]?.();
    const [cancel, send] = [":not(:last-child)", ":last-child"].map((place) => {
      const found = chat && find(chat, `.message-form .quiet${place}`);
      return found && getComputedStyle(found).backgroundColor;
    });
    expect(send).to.be.a("string");
    expect(send).not.to.equal(cancel);
  });
});
