/** The neutral colors: lightness and maximum chroma in the light theme, then in the dark theme. */
const neutrals = Object.entries({
  background: ".993 .005 .195 .009",
  raised: "1 0 .235 .011",
  surface: ".965 .01 .245 .012",
  hover: ".938 .014 .285 .014",
  border: ".905 .014 .335 .016",
  "border-strong": ".62 .02 .6 .025",
  "text-quiet": ".49 .022 .755 .02",
  text: ".235 .025 .94 .012",
}).map(([name, values]) => {
  const [light, lightChroma, dark, darkChroma] = values.split(" ");
  // Joined, because the build removes spaces at the edges of a template's parts.
  const from = (lightness = "", chroma = "") =>
    ["oklch(from var(--rivulet-neutral)", lightness, `min(c,${chroma})`, "h/1)"].join(" ");
  return `--rivulet-${name}: light-dark(${from(light, lightChroma)}, ${from(dark, darkChroma)});`;
});

/** Tints of the accent: how much of it they contain, in percent, in the light theme and in the dark theme. */
const tints = Object.entries({ soft: [16, 30], "soft-border": [38, 55] }).map(([name, [light, dark]]) => {
  const mix = (percent = 0) => `color-mix(in oklab, var(--_tint) ${percent}%, var(--rivulet-background))`;
  return `--rivulet-${name}: light-dark(${mix(light)}, ${mix(dark)});`;
});

/**
 * The colors and sizes that only the panel needs, as custom properties that a page can set. All colors except `danger`
 * are derived from two: the accent, and a seed for the neutrals, which is also the accent unless the page sets another
 * one. The lightness of accent-colored text is limited, so that any accent is readable on all these backgrounds.
 */
export const panelTokens = `
:host {
  --rivulet-neutral: var(--rivulet-accent);
  ${neutrals.join("")}
  --rivulet-fill-edge: light-dark(oklch(from var(--rivulet-accent) min(l, .53) c h / 1), transparent);
  --rivulet-accent-text: light-dark(oklch(from var(--rivulet-accent) min(l, .47) min(c, .2) h / 1), oklch(from var(--rivulet-accent) max(l, .81) min(c, .12) h / 1));
  --_tint: light-dark(oklch(from var(--rivulet-accent) max(l, .62) min(c * 1.6, .18) h / 1), oklch(from var(--rivulet-accent) .6 min(c * 1.6, .15) h / 1));
  ${tints.join("")}
  --rivulet-wash: var(--rivulet-soft);
  --rivulet-danger: light-dark(oklch(.5 .17 27), oklch(.8 .11 25));
  --rivulet-font-mono: ui-monospace, "Cascadia Code", Menlo, Consolas, monospace;
  --rivulet-radius: 1.25em;
  --rivulet-width: 25.5em;
  --rivulet-height: 42.5em;
}
`;
