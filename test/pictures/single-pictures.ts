import { ask } from "../e2e/stage.ts";
import { anthropicAnswer, anthropicError, insertAfter } from "../fault-server/index.ts";
import { technicalAnswer } from "../support/technical-answer.ts";
import { finished, short, thoughtful, withTable } from "./answers.ts";
import { batteryPage, batteryPageStyles } from "./page.ts";
import { askFirst, askUntil, seeWhole } from "./reach.ts";
import type { Scene, Sheet, Visit } from "./scene.ts";

const desktop = { width: 1280, height: 800 };
const phone = { width: 390, height: 780, isPhone: true };
const onSite = { body: batteryPage, css: batteryPageStyles, window: desktop, shows: "window" } as const;
const onPhone = { ...onSite, window: phone } as const;
const schemes = ["light", "dark"] as const;

const overloaded = anthropicError(529, "overloaded_error");

/** Asks two questions. The model answers the first one, and is too busy for the second. */
async function failSecond(visit: Visit): Promise<void> {
  await askFirst(visit, "Which light on the Core means a fault?");
  visit.stage.upstream.script(overloaded);
  await ask(visit.page, "And what is E31?");
  await visit.chat.locator(".reference").waitFor();
}

/** The pictures of README.md. */
const readme: readonly (Scene & { name: string })[] = [
  { ...onSite, name: "conversation", caption: "An answer.", reply: withTable, reach: (visit) => seeWhole(visit) },
  {
    ...onSite,
    name: "launcher",
    caption: "The launcher.",
    reach: ({ chat }) => chat.locator("[part~=launcher]").waitFor(),
  },
  { ...onPhone, name: "phone", caption: "An answer.", reply: withTable, reach: (visit) => seeWhole(visit) },
  {
    ...onPhone,
    name: "dark",
    caption: "Dark.",
    colorScheme: "dark",
    reply: finished,
    reach: (visit) => seeWhole(visit),
  },
  { ...onPhone, name: "error", caption: "An error.", reply: short, reach: failSecond },
];

/** The height of a window in which the whole answer is in view. */
const tall = 2600;

/** A long technical answer in full. Its formulas need an OpenType math font. */
const technical = schemes.flatMap((colorScheme) =>
  [740, 390].map((width): Scene & { name: string } => ({
    name: `answer-${width > 500 ? "desktop" : "phone"}-${colorScheme}`,
    caption: "A long answer.",
    colorScheme,
    shows: "answer",
    window: { width, height: tall },
    attributes: { mode: "fullscreen" },
    reply: anthropicAnswer({ text: technicalAnswer.match(/[^]{1,20}/g) ?? [] }),
    async reach(visit) {
      await askFirst(visit, "How do I check my kit, and read the inverter?");
      await visit.page.waitForFunction(`CSS.highlights.get("rivulet-string")?.size > 0`);
    },
  })),
);

const kits = "Which kit fits a balcony of 3 m that faces south?";
const thinks = schemes.map((colorScheme): readonly Scene[] => [
  {
    caption: "Thoughts that are shown.",
    colorScheme,
    reply: thoughtful,
    async reach(visit) {
      await askUntil(visit, "[part~=reasoning]", kits);
      await visit.chat.locator("[part~=reasoning] summary").click();
      await visit.chat.locator(".clock:not(:empty)").waitFor();
    },
  },
  {
    caption: "A long silence.",
    colorScheme,
    reply: insertAfter(2, [{ hold: "rest" }], anthropicAnswer({ isThinkingOmitted: true })),
    reach: (visit) => askUntil(visit, ".clock:not(:empty)", kits),
  },
  {
    caption: "A limit that was used up.",
    colorScheme,
    reply: anthropicAnswer({
      ...{ thinking: "The railing decides the mount.", text: [] },
      ...{ stopReason: "max_tokens", usage: { output_tokens: 3048 } },
    }),
    reach: (visit) => askUntil(visit, "[part~=notice]", kits),
  },
]);

const answered: Scene = {
  ...onSite,
  caption: "Chips and cards.",
  reply: withTable,
  reach: (visit) => seeWhole(visit),
};
const previewed: Scene = {
  ...answered,
  caption: "The preview of a chip.",
  async reach(visit) {
    await seeWhole(visit);
    await visit.chat.locator(".citation").nth(1).click();
    await visit.chat.locator(".preview").waitFor();
  },
};
const marked: Scene = {
  ...answered,
  caption: "The marked words.",
  async reach(visit) {
    await seeWhole(visit);
    await visit.chat.locator(".citation").nth(1).click();
    await visit.chat.locator(".preview a").click();
  },
};

/** The pictures of README.md and of other pages of the documentation. */
export const singlePictures: readonly Sheet[] = [
  ...[...readme, ...technical].map((scene) => ({ name: scene.name, rows: [[scene]] })),
  { name: "thinking", rows: thinks, scale: 0.75 },
  {
    name: "sources",
    scale: 0.55,
    rows: schemes.map((colorScheme) => [answered, previewed, marked].map((scene) => ({ ...scene, colorScheme }))),
  },
];
