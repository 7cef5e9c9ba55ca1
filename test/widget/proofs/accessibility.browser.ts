// Part of `npm run prove -- accessibility`: runs axe-core on the chat. In Chromium, it covers all combinations of
// `factors`. In the other engines, it covers each pair of their values.
import { expect } from "chai";
import { emulateMedia, executeServerCommand } from "@web/test-runner-commands";
import { pairwise, product } from "../../support/pairwise.ts";
import { seeded } from "../../support/seeded.ts";
import { auditAll, factors, leaveCombinations } from "../support/combinations.ts";
import type { Combination } from "../support/combinations.ts";
import { isChromium } from "../support/engine.ts";
import { cleanUp } from "../support/mount.ts";
import { restoreWindow } from "../support/own-window.ts";
import { restoreBrowser, states } from "../support/states.ts";

/** How long a state is audited before it is reached again, in milliseconds: some states last only for a while. */
const lastsMs = 2_000;

/** How many combinations are audited together. The window changes its size at most twice for all of them. */
const atOnce = 6;

const names = Object.keys(states);
const rows = Map.groupBy((isChromium ? product : pairwise)<Combination>(factors), ({ state }) => state);

/** How long the proof may take, in minutes; 0 if it ends when everything is audited. */
let minutes = 0;

/** Shuffles values, in the same way each time, so that a proof that ends early has seen some of everything. */
function shuffled<T>(values: readonly T[]): T[] {
  const random = seeded(16);
  const keyed = values.map((value) => ({ value, key: random() }));
  return keyed.toSorted((one, other) => one.key - other.key).map(({ value }) => value);
}

async function leave(): Promise<void> {
  restoreBrowser();
  leaveCombinations();
  await cleanUp();
}

describe("axe-core finds nothing", () => {
  before(async () => {
    minutes = Number(await executeServerCommand("accessibility-minutes"));
    document.title = "A test page";
    document.documentElement.lang = "en";
    if (isChromium) await emulateMedia({ reducedMotion: "reduce" });
  });
  afterEach(leave);
  after(restoreWindow);

  for (const [name, reach] of Object.entries(states))
    it(name, async function () {
      this.timeout(0);
      const endAt = minutes > 0 ? performance.now() + (minutes * 60_000) / names.length : Infinity;
      const all = shuffled(rows.get(name) ?? []);
      const found: string[] = [];
      let audited = 0;
      while (audited < all.length && performance.now() < endAt) {
        const chat = await reach();
        const reachedAt = performance.now();
        while (audited < all.length && performance.now() < reachedAt + lastsMs) {
          const some = all.slice(audited, audited + atOnce);
          found.push(...(await auditAll(chat, some)));
          audited += some.length;
        }
        await leave();
      }
      await executeServerCommand("accessibility-audited", { combinations: all.length, audited, found });
      expect(found).to.deep.equal([]);
    });
});
