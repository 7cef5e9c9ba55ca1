/**
 * The colors and sizes that the launcher needs, as custom properties that a page can set on the element. Sizes are in
 * `em` of the visitor's font size: `medium` does not depend on the page's root font size.
 */
export const tokens = `
:host {
  all: initial;
  color-scheme: light dark;
  --rivulet-accent: light-dark(#0b6472, #72cad3);
  --rivulet-on-accent: light-dark(#fff, #06262b);
  --rivulet-background: light-dark(#fff, #15191c);
  --rivulet-text: light-dark(#1b2224, #e6ebeb);
  --rivulet-border: light-dark(#dde4e4, #323b40);
  --rivulet-shadow: light-dark(rgb(16 42 46 / 18%), rgb(0 0 0 / 55%));
  --rivulet-font: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
  --rivulet-font-size: medium;
  --rivulet-inset: 1.25em;
  --rivulet-inset-inline: var(--rivulet-inset);
  --rivulet-inset-block: var(--rivulet-inset);
  --rivulet-layer: 9000;
  font: var(--rivulet-font-size) / 1.5 var(--rivulet-font);
  color: var(--rivulet-text);
  -webkit-text-size-adjust: 100%;
  text-size-adjust: 100%;
}
:host([theme="light"]) { color-scheme: light; }
:host([theme="dark"]) { color-scheme: dark; }
:host([hidden]), [hidden] { display: none !important; }
*, ::before, ::after { box-sizing: border-box; }
button { font: inherit; color: inherit; -webkit-tap-highlight-color: transparent; }
:focus-visible { outline: 2px solid var(--rivulet-accent); outline-offset: 2px; }
.icon {
  inline-size: 1.375em; block-size: 1.375em; flex: none;
  fill: none; stroke: currentColor; stroke-width: 1.75; stroke-linecap: round; stroke-linejoin: round;
}
`;

/** The colors and sizes that only the panel needs, which the script tag does not load. */
export const panelTokens = `
:host {
  --rivulet-surface: light-dark(#f3f6f6, #1f2529);
  --rivulet-text-quiet: light-dark(#566366, #9dabae);
  --rivulet-question-background: light-dark(#e2f0f0, #1d3b41);
  --rivulet-question-text: light-dark(#12292d, #e2f2f3);
  --rivulet-danger: light-dark(#9f2a1f, #ffa498);
  --rivulet-font-mono: ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, "Liberation Mono", monospace;
  --rivulet-radius: 1.125em;
  --rivulet-width: 25.5em;
  --rivulet-height: 42em;
}
`;
