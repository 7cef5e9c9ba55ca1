import { expect } from "chai";
import { pairwise } from "../../support/pairwise.ts";
import { smallTargets, unnamed, unseenFocus } from "../support/audit.ts";
import { auditAll, factors, leaveCombinations, windows } from "../support/combinations.ts";
import type { Combination } from "../support/combinations.ts";
import { cleanUp, find } from "../support/mount.ts";
import { inForcedColors, itInOwnWindow, resizeUnseen, restoreWindow } from "../support/own-window.ts";
import { restoreBrowser, states } from "../support/states.ts";

const rows = Map.groupBy(pairwise<Combination>(factors), ({ state }) => state);

describe("accessibility", () => {
  before(() => {
    document.title = "A test page";
    document.documentElement.lang = "en";
  });
  afterEach(async () => {
    restoreBrowser();
    leaveCombinations();
    await cleanUp();
    await resizeUnseen(windows.desktop);
  });
  after(restoreWindow);

  for (const [name, reach] of Object.entries(states)) {
    it(`axe-core finds nothing: ${name}, in every pair of mode, theme, scheme, language, direction and window`, async () => {
      expect(await auditAll(await reach(), rows.get(name) ?? [])).to.deep.equal([]);
    });

    itInOwnWindow(`${name}: targets are large enough, named, and show their focus, in forced colors too`, async () => {
      const chat = await reach();
      expect(smallTargets(chat), "small targets").to.deep.equal([]);
      expect(unnamed(chat), "without a name").to.deep.equal([]);
      expect(unseenFocus(chat), "focus").to.deep.equal([]);
      const found = await inForcedColors(() => unseenFocus(chat));
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
