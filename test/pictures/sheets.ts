import { ask } from "../e2e/stage.ts";
import { anthropicAnswer, anthropicError, breakAfter } from "../fault-server/index.ts";
import { finished, halfway, plainAnswer, question, short, thoughtful, withTable } from "./answers.ts";
import { batteryPage, batteryPageStyles, voices } from "./page.ts";
import { openEmpty } from "./picture-stage.ts";
import { askFirst, askUntil, comeBack, openList, press, seeWhole } from "./reach.ts";
import type { Scene, Sheet } from "./scene.ts";
import { brandedHeader, theme } from "./style-sheets.ts";

const faultQuestion = "Which light on the Core means a fault?";
const phone = { width: 390, height: 780, isPhone: true };
const desktop = { width: 1280, height: 800 };
const site = { body: batteryPage, css: batteryPageStyles };
/** The page of {@link site}, on the background of the pictures. */
const sitePlain = { ...site, css: `${batteryPageStyles} :root { background: light-dark(#e4e6e2, #0d1110) }` };
const plainAccent = {
  assistant: "plain",
  attributes: { avatar: "", "accent-color": "#24409a" },
  css: ":root rivulet-chat { --rivulet-neutral: var(--rivulet-accent) }",
};

const opening: Sheet = {
  name: "opening",
  title: "Opening",
  rows: [
    [
      {
        caption: "Launcher. The drop, alone in the corner.",
        shows: "launcher",
        reach: ({ chat }) => chat.locator("[part~=launcher]").waitFor(),
      },
      {
        caption: "Unread. An answer was finished while the panel was closed.",
        shows: "launcher",
        reply: halfway,
        async reach(visit) {
          await askUntil(visit, "[part~=answer]:not([hidden])");
          await press(visit, "Close chat");
          visit.stage.upstream.release("rest");
          await visit.chat.locator(".badge").waitFor();
        },
      },
      {
        caption: "Open. A click on it closes the panel.",
        css: "rivulet-chat::part(panel) { box-shadow: none }",
        shows: "launcher",
        async reach({ page }) {
          await openEmpty(page);
          await page.mouse.move(1, 1);
        },
      },
      {
        caption: "Greeting. Off by default; one tap closes it.",
        shows: "window",
        window: { width: 500, height: 440 },
        attributes: {
          greeting: "Stuck on a fault light? Tell me what it does and I will look it up.",
          "greeting-name": "Sillwatt help",
          "greeting-replies": "It blinks red|It stays white",
        },
        reach: ({ chat }) => chat.locator("[part~=teaser]").waitFor(),
      },
    ],
    [
      {
        caption: "First visit. Who answers, from what, and three ways to begin. Second card: hover.",
        async reach({ page, chat }) {
          await openEmpty(page);
          await chat.locator("[part~=messages]").focus();
          await chat.locator(".starter").nth(1).hover();
        },
      },
      { caption: "Field in focus. A thin line in the accent, and a soft halo.", reach: ({ page }) => openEmpty(page) },
      {
        ...plainAccent,
        caption: "Nothing configured. No image, documents or starters: only as high as it needs to be.",
      },
    ],
  ],
};

const answering: Sheet = {
  name: "answering",
  title: "From question to answer",
  rows: [
    [
      {
        caption: "Reading. The rivulet flows while the guides are searched.",
        assistant: "reading",
        reach: (visit) =>
          askUntil(visit, ".typing:not(:empty)").then(() => visit.chat.getByText("Searching…").waitFor()),
      },
      {
        caption: "Thinking. Seconds from 3, a hint from 10; what it thinks opens on demand.",
        reply: thoughtful,
        async reach(visit) {
          await askUntil(visit, "[part~=reasoning]");
          await visit.chat.locator("[part~=reasoning] summary").click();
          await visit.chat.locator(".longer:not(:empty)").waitFor();
          await visit.page.mouse.move(1, 1);
        },
      },
      {
        caption: "Streaming. Citations come as chips, in place; no actions yet.",
        reply: halfway,
        reach: (visit) => askUntil(visit, ".citation"),
      },
      {
        caption: "Finished. Sources, actions, a rating, suggested questions, and the day.",
        reply: finished,
        assistant: "speaking",
        script: voices,
        async reach(visit) {
          await seeWhole(visit);
          await press(visit, "Good answer");
          await comeBack(visit);
          await visit.chat.locator(".by").hover();
        },
      },
    ],
  ],
};

const detail: Sheet = {
  name: "detail",
  title: "In the conversation",
  rows: [
    [
      {
        caption: "Preview of a citation. The cited words in their sentence, and the way there.",
        reply: finished,
        assistant: "speaking",
        script: voices,
        async reach(visit) {
          await seeWhole(visit);
          await visit.chat.locator(".citation").first().click();
          await visit.chat.locator(".preview").waitFor();
        },
      },
      {
        caption: "Not helpful. The thumb fills, and a small form asks why.",
        reply: short,
        assistant: "speaking",
        script: voices,
        async reach(visit) {
          await askFirst(visit, "What does amber mean?");
          await press(visit, "Bad answer");
          await visit.chat.locator(".message-form textarea").fill("Amber stayed on for two hours");
        },
      },
      {
        caption: "Edit a question where it stands, with what that replaces.",
        reply: plainAnswer(
          "Two people, about ninety minutes, no drilling:\n\n1. Hang four **hooks** over the top rail for each panel, 90 cm apart.\n2. Lift the panel in **from the inside**. One holds, the other clips.\n3. Tighten the lower **brackets** until they stop turning.",
        ),
        async reach(visit) {
          await askFirst(visit, "How do I mount the panels on a round railing?");
          await visit.chat.locator("[part~=question]").hover();
          await press(visit, "Edit message");
          await visit.chat.locator(".message-form textarea").waitFor();
        },
      },
      {
        caption: "Long words. Nothing is wider than the panel.",
        reply: plainAnswer(
          `${"Donaudampfschifffahrtsgesellschaft".repeat(4)}\n\n<https://example.com/${"balcony".repeat(20)}>\n\n\`npm install --save-exact @sillwatt/core-with-a-long-name\`\n\n| Nachweisverordnung | Marktstammdatenregister |\n| --- | --- |\n| Einspeisemanagement | Netzverträglichkeitsprüfung |`,
        ),
        reach: (visit) =>
          askFirst(visit, "Wie heißt die längste Donaudampfschifffahrtsgesellschaftskapitänsmützenverordnung?"),
      },
    ],
  ],
};

const trouble: Sheet = {
  name: "trouble",
  title: "When it goes wrong",
  rows: [
    [
      {
        caption: "Error. What happened, and what to do; the reference copies itself.",
        reply: [short, anthropicError(529, "overloaded_error")],
        async reach(visit) {
          await askFirst(visit, faultQuestion);
          visit.stage.upstream.script(anthropicError(529, "overloaded_error"));
          await ask(visit.page, "And what is E31?");
          await visit.chat.locator(".reference").waitFor();
        },
      },
      {
        caption: "Offline. Questions wait visibly, and leave by themselves.",
        reply: short,
        async reach(visit) {
          await askFirst(visit, faultQuestion);
          await visit.page.context().setOffline(true);
          await ask(visit.page, "And what is E31?");
          await visit.chat.locator(".notice.queued").waitFor();
          await visit.chat.locator("[part~=input]").fill("Is it safe to touch");
        },
      },
      {
        caption: "Limit. The time until the next question; what was typed is kept.",
        assistant: "limited",
        reply: short,
        async reach(visit) {
          await askFirst(visit, faultQuestion);
          await ask(visit.page, "And if it blinks four times?");
          await visit.chat.locator(".failure").waitFor();
        },
      },
      {
        caption: "Unavailable. A way to people, first.",
        assistant: "closed",
        async reach({ page, chat }) {
          await page.locator("rivulet-chat [part~=launcher]").click();
          await chat.locator(".handover-form textarea").fill("My Core blinks red, three and one.");
        },
      },
    ],
    [
      {
        caption: "Cut off. The text so far stays.",
        reply: breakAfter(
          6,
          anthropicAnswer({ text: ["The Core holds ", "back for ", "a while, by heat ", "or grid "] }),
        ),
        reach: (visit) => askUntil(visit, ".failure", "What does amber mean?"),
      },
      {
        caption: "A message to people, from a conversation. The box is empty until it is ticked.",
        assistant: "handed",
        reply: short,
        async reach(visit) {
          await askFirst(visit, faultQuestion);
          await press(visit, "Contact us");
          await visit.chat.locator(".handover-form textarea").fill("My Core blinks red, three and one.");
        },
      },
      {
        caption: "Sent, and to whom the reply goes.",
        assistant: "handed",
        reply: short,
        async reach(visit) {
          await askFirst(visit, faultQuestion);
          await press(visit, "Contact us");
          await visit.chat.locator(".handover-form textarea").fill("My Core blinks red, three and one.");
          await visit.chat.locator(".handover-form [type=email]").fill("ada@example.com");
          await press(visit, "Send to the team");
          await visit.chat.locator(".handover-sent").waitFor();
        },
      },
      {
        caption: "A message to people before the first question.",
        assistant: "handed",
        async reach(visit) {
          await openEmpty(visit.page);
          await press(visit, "Contact us");
          await visit.chat.locator(".handover-form").waitFor();
        },
      },
    ],
  ],
};

const listed = [
  question,
  "How do I mount the panels on a round railing?",
  faultQuestion,
  "What does a north-west balcony yield?",
];
const list: Sheet = {
  name: "list",
  title: "Conversations and your data",
  rows: [
    [
      {
        caption: "List. Second row: hover shows its two tools.",
        reply: short,
        async reach(visit) {
          await openList(visit, ...listed);
          await visit.chat.locator(".entry").nth(1).hover();
        },
      },
      {
        caption: "Rename in the row, with the old title selected.",
        reply: short,
        async reach(visit) {
          await openList(visit, ...listed);
          await visit.chat.locator(".entry").first().hover();
          await visit.chat
            .getByRole("button", { name: /^Rename/ })
            .first()
            .click();
          await visit.chat.locator(".task input").waitFor();
        },
      },
      {
        caption: "Delete is confirmed where the row was. Focus is on Cancel.",
        reply: short,
        async reach(visit) {
          await openList(visit, ...listed);
          await visit.chat.locator(".entry").nth(1).hover();
          await visit.chat
            .getByRole("button", { name: /^Delete:/ })
            .nth(1)
            .click();
          await visit.chat.locator(".task .keep").waitFor();
        },
      },
      {
        caption: "Your data: download a conversation or everything, or delete everything.",
        reply: short,
        async reach(visit) {
          await openList(visit, ...listed);
          await visit.chat.locator(".data summary").click();
          await visit.chat.locator(".delete-all").waitFor();
        },
      },
    ],
  ],
};

/** A scene of the composer in an empty chat. @param words what the visitor types, unless `more` has its own `reach` */
function composing(caption: string, words: string, more: Partial<Scene> = {}): Scene {
  return {
    caption,
    shows: "composer",
    ...more,
    async reach(visit) {
      await openEmpty(visit.page);
      await (more.reach?.(visit) ?? visit.chat.locator("[part~=input]").fill(words));
    },
  };
}

const parts: Sheet = {
  name: "composer",
  title: "Composer",
  rows: [
    [
      composing("Empty. Send rests in grey.", "", { reach: ({ chat }) => chat.locator("[part~=messages]").focus() }),
      composing("Typing. A line in the accent, and a soft halo.", "Can I plug the Core into"),
      composing("Answering. Stop stands where Send was.", "", {
        reply: thoughtful,
        async reach({ page, chat }) {
          await ask(page, question);
          await chat.locator("[part~=reasoning]").waitFor();
        },
      }),
    ],
    [
      composing(
        "Several lines. It grows to seven, and counts from 80 % of the limit.",
        "My balcony faces south-west, on the third floor.\nWhich hooks do I need?",
        { assistant: "terse" },
      ),
      composing(
        "Too long. The count turns red; nothing is cut.",
        "…and the wall behind it is brick, painted white, with a gap of two centimetres to the railing.",
        { assistant: "terse" },
      ),
      composing("Dictation, where the device recognizes speech.", "", {
        assistant: "dictating",
        script: voices,
        async reach({ chat }) {
          await chat.locator(".dictate").click();
          await chat.locator(".dictate[aria-pressed=true]").waitFor();
        },
      }),
    ],
    [
      composing("The page is sent along, open: exactly what is sent, with a switch.", "", {
        ...sitePlain,
        window: desktop,
        attributes: { "page-context": "main" },
        async reach({ chat }) {
          await chat.locator("[part~=page]").click();
          await chat.locator("[part~=page-details]").waitFor();
        },
      }),
      composing("The page is sent along.", "What does it cost?", {
        ...sitePlain,
        window: desktop,
        attributes: { "page-context": "main" },
      }),
      composing("Focus by keyboard.", "", {
        async reach({ page, chat }) {
          await chat.locator("[part~=input]").fill("Can I plug the Core into");
          await page.keyboard.press("Tab");
        },
      }),
    ],
  ],
};

const desktops: Sheet = {
  name: "desktop",
  title: "Desktop",
  scale: 0.7,
  rows: [
    [
      { ...site, caption: "Popup, on a first visit: as high as it needs to be.", window: desktop, shows: "window" },
      {
        ...site,
        caption: "Sidebar. A source on this page is marked there.",
        window: desktop,
        shows: "window",
        attributes: { mode: "sidebar" },
        reply: withTable,
        async reach(visit) {
          await seeWhole(visit);
          await visit.chat.locator(".citation").nth(1).click();
          await visit.chat.locator(".preview a").click();
        },
      },
    ],
    [
      {
        ...site,
        caption: "Enlarged. The conversation keeps its place.",
        window: desktop,
        shows: "window",
        reply: withTable,
        async reach(visit) {
          await seeWhole(visit);
          await press(visit, "Enlarge");
        },
      },
      {
        ...site,
        caption: "Full screen. A column of 44 em.",
        window: desktop,
        shows: "window",
        attributes: { mode: "fullscreen" },
      },
    ],
    [
      {
        caption: "Inline: a part of the page.",
        css: "rivulet-chat { margin: 40px }",
        window: { width: 860, height: 800 },
        shows: "window",
        attributes: { mode: "inline" },
        reply: withTable,
        reach: (visit) => seeWhole(visit),
      },
      {
        caption: "On paper: the conversation of an inline chat, whole.",
        window: { width: 860, height: 800 },
        shows: "window",
        attributes: { mode: "inline" },
        reply: withTable,
        async reach(visit) {
          await seeWhole(visit);
          await visit.page.emulateMedia({ media: "print" });
        },
      },
    ],
  ],
};

const seen = { window: phone, shows: "window" } as const;
const phones: Sheet = {
  name: "phones",
  title: "Phone",
  scale: 0.8,
  rows: [
    [
      { ...seen, caption: "Empty. Starters within the thumb's reach." },
      {
        ...seen,
        caption: "Answer. The newest answer keeps its time and its actions.",
        reply: withTable,
        assistant: "speaking",
        script: voices,
        reach: (visit) => seeWhole(visit),
      },
      {
        ...seen,
        caption: "Keyboard open, dark. The footer folds away.",
        colorScheme: "dark",
        window: { ...phone, height: 440 },
        reply: short,
        async reach(visit) {
          await askFirst(visit);
          await visit.chat.locator("[part~=input]").fill("What does the second one add");
        },
      },
      {
        ...seen,
        caption: "Unavailable, dark.",
        colorScheme: "dark",
        assistant: "closed",
        reach: ({ chat, page }) =>
          page
            .locator("rivulet-chat [part~=launcher]")
            .click()
            .then(() => chat.locator(".handover-form").waitFor()),
      },
      {
        ...seen,
        caption: "320 px wide. Sources become rows; nothing scrolls sideways.",
        window: { width: 320, height: 780, isPhone: true },
        reply: finished,
        reach: (visit) => seeWhole(visit),
      },
    ],
    [
      {
        ...seen,
        caption: "Greeting, Arabic, dark.",
        lang: "ar",
        colorScheme: "dark",
        window: { ...phone, height: 420 },
        attributes: {
          greeting: "هل يومض ضوء العطل؟ صف لي ما تراه.",
          "greeting-name": "مساعدة سيلوات",
          "greeting-replies": "يومض بالأحمر|يبقى أبيض",
        },
        reach: ({ chat }) => chat.locator("[part~=teaser]").waitFor(),
      },
      {
        ...seen,
        caption: "List.",
        reply: short,
        reach: (visit) => openList(visit, ...listed),
      },
      {
        ...seen,
        caption: "Your data.",
        colorScheme: "dark",
        reply: short,
        async reach(visit) {
          await openList(visit, ...listed);
          await visit.chat.locator(".data summary").click();
        },
      },
      {
        ...seen,
        caption: "A message to people.",
        assistant: "handed",
        reply: short,
        async reach(visit) {
          await askFirst(visit, faultQuestion);
          await visit.chat.locator("[part~=messages]").focus(); // the footer is hidden while the keyboard is open
          await press(visit, "Contact us");
          await visit.chat.locator(".handover-form").waitFor();
        },
      },
      {
        ...seen,
        caption: "Comment on a bad answer.",
        reply: short,
        async reach(visit) {
          await askFirst(visit, faultQuestion);
          await press(visit, "Bad answer");
          await visit.chat.locator(".message-form textarea").waitFor();
        },
      },
    ],
  ],
};

const arabic = {
  question: "هل تسترد البطارية ثمنها؟",
  answer: anthropicAnswer({
    blocks: [
      {
        text: "**نعم، لمعظم الناس: بعد نحو خمس سنوات.** من دون بطارية تستهلك 58٪ مما تنتجه الشرفة، ومع وحدة Store واحدة 88٪.",
        citations: [{ index: 0, text: "the whole pays for itself in 5.2 years" }],
      },
      {
        text: "\n\n| | Duo وحده | مع Store |\n| --- | ---: | ---: |\n| استهلاكك الذاتي | 58٪ | 88٪ |\n| التوفير سنويًا | €134 | €203 |",
        citations: [{ index: 1, text: "Cook at noon" }],
      },
      { text: "\n\n<next>\nماذا تضيف وحدة Store الثانية؟\n</next>" },
    ],
  }),
};
const hebrew = {
  question: "האם הסוללה מחזירה את עצמה?",
  answer: anthropicAnswer({
    blocks: [
      {
        text: "**כן, אצל רוב האנשים: אחרי כחמש שנים.** בלי סוללה משתמשים ב־58% ממה שהמרפסת מייצרת; עם Store אחד – ב־88%.",
        citations: [{ index: 0, text: "the whole pays for itself in 5.2 years" }],
      },
      { text: "\n\n1. מרכיבים את הווים.\n2. מרימים את הפאנל.\n3. מהדקים." },
      { text: "\n\n<next>\nמה מוסיף Store שני?\n</next>" },
    ],
  }),
};

const darkAndRtl: Sheet = {
  name: "dark-rtl",
  title: "Dark and right-to-left",
  background: "dark",
  rows: [
    [
      { caption: "Dark, empty.", colorScheme: "dark" },
      {
        caption: "Dark, finished.",
        colorScheme: "dark",
        assistant: "speaking",
        script: voices,
        reply: finished,
        async reach(visit) {
          await seeWhole(visit);
          await press(visit, "Good answer");
          await comeBack(visit);
          await visit.chat.locator(".by").hover();
        },
      },
      {
        caption: "Dark, error.",
        colorScheme: "dark",
        reply: [short, anthropicError(529, "overloaded_error")],
        async reach(visit) {
          await askFirst(visit, faultQuestion);
          visit.stage.upstream.script(anthropicError(529, "overloaded_error"));
          await ask(visit.page, "And what is E31?");
          await visit.chat.locator(".reference").waitFor();
        },
      },
      { caption: "Arabic, empty.", lang: "ar" },
      {
        caption: "Arabic, finished, dark.",
        lang: "ar",
        colorScheme: "dark",
        reply: arabic.answer,
        reach: (visit) => seeWhole(visit, arabic.question),
      },
    ],
    [
      {
        caption: "Dark, thinking.",
        colorScheme: "dark",
        reply: thoughtful,
        async reach(visit) {
          await askUntil(visit, "[part~=reasoning]");
          await visit.chat.locator(".clock:not(:empty)").waitFor();
        },
      },
      {
        caption: "Dark, before a deletion.",
        colorScheme: "dark",
        reply: short,
        async reach(visit) {
          await openList(visit, ...listed);
          await visit.chat.locator(".entry").nth(1).hover();
          await visit.chat
            .getByRole("button", { name: /^Delete:/ })
            .nth(1)
            .click();
        },
      },
      {
        caption: "Dark, unavailable.",
        colorScheme: "dark",
        assistant: "closed",
        reach: ({ chat, page }) =>
          page
            .locator("rivulet-chat [part~=launcher]")
            .click()
            .then(() => chat.locator(".handover-form").waitFor()),
      },
      {
        caption: "Hebrew, finished.",
        lang: "he",
        reply: hebrew.answer,
        reach: (visit) => seeWhole(visit, hebrew.question),
      },
      {
        caption: "Arabic, preview of a citation.",
        lang: "ar",
        reply: arabic.answer,
        async reach(visit) {
          await seeWhole(visit, arabic.question);
          await visit.chat.locator(".citation").first().click();
          await visit.chat.locator(".preview").waitFor();
        },
      },
    ],
  ],
};

const brandWindow = { width: 520, height: 790 };
const branded = (caption: string, assistant: string, css: string, more: Partial<Scene> = {}): Scene => ({
  caption,
  assistant,
  css,
  attributes: { avatar: "" },
  window: brandWindow,
  reply: finished,
  async reach(visit) {
    await seeWhole(visit);
    await press(visit, "Good answer");
  },
  ...more,
});
const own = "--rivulet-neutral: var(--rivulet-accent)";
const soft = `${theme("soft")} :root rivulet-chat { ${own} }`;
const brands: Sheet = {
  name: "brands",
  title: "Any brand",
  scale: 0.9,
  rows: [
    [
      branded("Deep green #0b5d48, neutral from the accent.", "sillwatt", `:root rivulet-chat { ${own} }`, {
        attributes: {},
      }),
      branded(
        "Violet #7c3aed, with the branded header.",
        "lumen",
        `${brandedHeader()} :root rivulet-chat { --rivulet-accent: #7c3aed; ${own} }`,
      ),
      branded(
        "Orange #f26a1b on a warm neutral. The fill is darkened.",
        "ofenwerk",
        ":root rivulet-chat { --rivulet-accent: #f26a1b }",
      ),
      branded("Theme “compact”, for documentation and tools.", "nordhafen", theme("compact"), { reply: withTable }),
      branded("Theme “soft”, for shops and apps.", "marlene", soft),
    ],
    [
      { caption: "Forced colors.", forcedColors: "active", reply: finished, reach: (visit) => seeWhole(visit) },
      branded(
        "Yellow #ffd21f on cool greys.",
        "lumen",
        ":root rivulet-chat { --rivulet-accent: #ffd21f; --rivulet-neutral: oklch(.56 .06 250) }",
      ),
      branded(
        "The recipe for density: 0.9 em.",
        "sillwatt",
        "rivulet-chat::part(panel) { font-size: 0.9em } rivulet-chat::part(column) { gap: 1em; padding-block: .75em }",
        { attributes: {}, reply: withTable },
      ),
      {
        caption: "“compact”, empty, dark.",
        assistant: "nordhafen",
        css: theme("compact"),
        attributes: { avatar: "" },
        colorScheme: "dark",
      },
      {
        caption: "“soft”, empty, dark.",
        assistant: "marlene",
        css: theme("soft"),
        attributes: { avatar: "" },
        colorScheme: "dark",
      },
    ],
  ],
};

const languages: Sheet = {
  name: "languages",
  title: "Every language",
  scale: 0.85,
  rows: [
    ["en", "de", "fr", "es", "pt-BR"].map((lang) => ({ caption: `${lang}.`, lang })),
    ["ar", "he", "ja", "zh-CN"].map((lang) => ({ caption: `${lang}.`, lang })),
  ],
};

/** The sheets of docs/states.md, in its order. */
export const stateSheets: readonly Sheet[] = [
  opening,
  answering,
  detail,
  trouble,
  list,
  parts,
  desktops,
  phones,
  darkAndRtl,
  brands,
  languages,
];
