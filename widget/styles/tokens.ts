/**
 * The colors and sizes that the launcher needs, as custom properties that a page can set on the element. Sizes are in
 * `em` of the visitor's font size: `medium` does not depend on the page's root font size.
 *
 * A page's rules for the element win over `:host`, those for `*` included. So whatever elements inherit is reset inside
 * the shadow root, where no rule of the page applies, and in a layer, so that every other rule of the chat wins. What
 * the element itself needs is important: that wins over the page, even over its important rules. `direction` is no part
 * of `all`: it stays the page's, for the side where the chat stands; its text has the direction of its language.
 */
export const tokens = `
:host {
  all: initial;
  color-scheme: inherit !important;
  --rivulet-accent: light-dark(#0b6472, #72cad3);
  --rivulet-on-accent: light-dark(#fff, #06262b);
  --rivulet-background: light-dark(#fff, #15191c);
  --rivulet-text: light-dark(#1b2224, #e6ebeb);
  --rivulet-border: light-dark(#dde4e4, #323b40);
  --rivulet-shadow: light-dark(rgb(16 42 46 / 18%), rgb(0 0 0 / 30%));
  --rivulet-font: system-ui, sans-serif;
  --rivulet-font-size: medium;
  --rivulet-inset: 1.25em;
  --rivulet-inset-inline: var(--rivulet-inset);
  --rivulet-inset-block: var(--rivulet-inset);
  --rivulet-layer: 9000;
  font: var(--rivulet-font-size) / 1.5 var(--rivulet-font) !important;
}
@layer {
  :host > * {
    all: initial; color-scheme: inherit; font: inherit; color: var(--rivulet-text);
  }
}
:host::before, :host::after { content: none !important; }
:host([theme="light"]) { color-scheme: light !important; }
:host([theme="dark"]) { color-scheme: dark !important; }
:host([hidden]), [hidden] { display: none !important; }
*, ::before, ::after { box-sizing: border-box; }
button { font: inherit; color: inherit; -webkit-tap-highlight-color: transparent; }
:focus-visible { outline: 2px solid var(--rivulet-accent); outline-offset: 2px; }
.icon {
  inline-size: 1.375em; block-size: 1.375em; flex: none;
  fill: none; stroke: currentColor; stroke-width: 1.75; stroke-linecap: round; stroke-linejoin: round;
}
`;
