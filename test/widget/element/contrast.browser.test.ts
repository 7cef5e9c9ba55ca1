// Measures the contrast between every text and its background, and between every control and its surroundings, with the
// colors that the browser computes. Covers each theme in light and dark, three seeds of the grays, 100 random accents,
// and accents that are known to be difficult.
import { expect } from "chai";
import type { RivuletChat } from "../../../widget/index.ts";
import { seeded } from "../../support/seeded.ts";
import { isChromium } from "../support/engine.ts";
import { cleanUp, mount, part } from "../support/mount.ts";

const random = seeded(16);
const byte = () => Math.floor(random() * 256);
const accents = [
  ...["yellow", "white", "black", "blue", "red", "lime", "cyan", "magenta", "gray", "transparent"],
  ...["rgb(255 255 0 / 20%)", "oklch(0.78 0.15 100)", "oklch(0.53 0.2 140)", "color(display-p3 0 1 0)"],
  ...Array.from({ length: 100 }, () => `rgb(${byte()} ${byte()} ${byte()})`),
];
/** Seeds of the grays: the accent's own hue, a warm one and a cool one. */
const seeds = ["", "oklch(.64 .09 86)", "oklch(.56 .06 250)"];

const backgrounds = ["background", "wash", "raised", "surface", "hover", "soft"];
const texts = [
  ...backgrounds.flatMap((each) =>
    ["text", "text-quiet", "accent-text", "danger"].map((text) => [text, each] as const),
  ),
  ["on-accent", "fill"],
  ["question-text", "question-background"],
] as const;
const controls = [
  ...["background", "raised"].flatMap((each) =>
    ["border-strong", "accent-text", "button"].map((front) => [front, each] as const),
  ),
] as const;

const names = [...new Set([...texts, ...controls].flat())];
const valueOf: Record<string, string> = {
  "question-text": "var(--rivulet-question-text, var(--rivulet-text))",
  button: "light-dark(var(--rivulet-fill-edge), var(--rivulet-fill))",
  "question-background": "var(--rivulet-question-background, var(--rivulet-soft))",
};

const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });

/**
 * The relative luminances of colors, as WCAG 2.2 defines them. The colors are drawn side by side, so that one read of
 * the canvas returns all of them.
 */
function luminances(colors: readonly string[]): number[] {
  if (!canvas) throw new Error("no canvas");
  canvas.clearRect(0, 0, colors.length, 1);
  for (const [at, color] of colors.entries()) {
    canvas.fillStyle = color;
    canvas.fillRect(at, 0, 1, 1);
  }
  const { data } = canvas.getImageData(0, 0, colors.length, 1);
  return colors.map((color, at) => {
    const [red = 0, green = 0, blue = 0, alpha] = data.subarray(4 * at, 4 * at + 4);
    if (alpha !== 255) throw new Error(`${color} is not opaque`);
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  });
}

/** @param byte a channel of sRGB */
function linear(byte: number): number {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function contrast(one: number, other: number): number {
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

interface Worst {
  ratio: number;
  words: string;
}

/** The lowest contrasts of a chat as it is styled now. */
function measure(chat: RivuletChat, probes: ReadonlyMap<string, Element>): { text: Worst; control: Worst } {
  const worst = { text: { ratio: 99, words: "" }, control: { ratio: 99, words: "" } };
  for (const accent of accents)
    for (const seed of seeds) {
      chat.style.cssText = `--rivulet-accent: ${accent}; ${seed && `--rivulet-neutral: ${seed}`}`;
      const colors = new Map([...probes].map(([name, probe]) => [name, getComputedStyle(probe).color]));
      // a theme without a gradient shows the plain background instead
      if (colors.get("wash") === "rgba(0, 0, 0, 0)") colors.set("wash", colors.get("background") ?? "");
      const shown = luminances([...colors.values()]);
      const values = new Map([...probes.keys()].map((name, at) => [name, shown[at]]));
      for (const [kind, pairs] of [["text", texts] as const, ["control", controls] as const])
        for (const [front, back] of pairs) {
          const ratio = contrast(values.get(front) ?? NaN, values.get(back) ?? NaN);
          if (!(ratio >= worst[kind].ratio))
            worst[kind] = { ratio, words: `${front} on ${back}, ${accent} ${seed}: ${ratio}` };
        }
    }
  return worst;
}

describe("contrast", () => {
  afterEach(async () => {
    document.adoptedStyleSheets = [];
    await cleanUp();
  });

  for (const theme of ["default", "compact", "soft"])
    it(`of the theme ${theme} is enough, and is what the documentation says`, async () => {
      const sheet = new CSSStyleSheet();
      if (theme !== "default") sheet.replaceSync(await (await fetch(`/widget/themes/${theme}.css`)).text());
      document.adoptedStyleSheets = [sheet];
      const chat = await mount();
      const panel = part(chat, "panel");
      for (const child of panel.querySelectorAll<HTMLElement>(":scope > *")) child.style.display = "none"; // saves time
      const probes = new Map(
        names.map((name) => {
          const probe = panel.appendChild(document.createElement("i"));
          probe.style.color = valueOf[name] ?? `var(--rivulet-${name})`;
          return [name, probe];
        }),
      );
      const row = [theme];
      for (const scheme of ["light", "dark"] as const) {
        chat.theme = scheme;
        await chat.updateComplete;
        const { text, control } = measure(chat, probes);
        expect(text.ratio, `${scheme}: ${text.words}`).to.be.at.least(4.5);
        expect(control.ratio, `${scheme}: ${control.words}`).to.be.at.least(3);
        row.push(...[text, control].map(({ ratio }) => (Math.floor(ratio * 100) / 100).toFixed(2)));
      }
      if (!isChromium) return; // the other engines round colors differently
      const docs = await (await fetch("/docs/theming.md")).text();
      expect(docs).to.include(`| ${row.join(" | ")} |`);
    });
});
