/**
 * The colors and sizes that the launcher needs, as custom properties that a page can set on the element. Sizes are in
 * `em` of the visitor's font size: `medium` does not depend on the page's root font size.
 *
 * A page's rules for the element, even those for `*`, win over `:host`. The page's rules do not apply inside the shadow
 * root, so inherited properties are reset there. The reset is in a layer, so that all other rules of the chat win over
 * it. Declarations that the element itself needs are `!important`, which wins even over the page's `!important` rules.
 * `all` does not reset `direction`: the page's direction decides on which side of the window the chat is. The chat's
 * text has the direction of its own language.
 */
export const tokens = `
:host {
  all: initial;
  color-scheme: inherit !important;
  --rivulet-accent: #0b6472;
  --rivulet-fill: var(--rivulet-accent);
  --rivulet-on-accent: light-dark(#fff, #111);
  --rivulet-shadow: light-dark(#0002, #0006);
  --rivulet-font: system-ui, sans-serif;
  --rivulet-font-size: medium;
  --rivulet-inset: 1.25em;
  --rivulet-inset-inline: var(--rivulet-inset);
  --rivulet-inset-block: var(--rivulet-inset);
  --rivulet-layer: 9000;
  font: var(--rivulet-font-size) / 1.5 var(--rivulet-font) !important;
}
@supports (color: oklch(from red l c h)) {
  :host {
    --_bright: clamp(0, (l - .78) * 9999, 1);
    --rivulet-fill: light-dark(
      oklch(from var(--rivulet-accent) max(min(l, .53), var(--_bright) * l) c h / 1),
      oklch(from var(--rivulet-accent) max(l, .77) c h / 1));
    --rivulet-on-accent: light-dark(oklch(from var(--rivulet-accent) calc(1 - .8 * var(--_bright)) 0 h / 1), #111);
  }
}
@layer {
  :host > * {
    all: initial; color-scheme: inherit; font: inherit;
  }
}
:host::before, :host::after { content: none !important; }
:host([theme="light"]) { color-scheme: light !important; }
:host([theme="dark"]) { color-scheme: dark !important; }
:host([hidden]), [hidden] { display: none !important; }
*, ::before, ::after { box-sizing: border-box; }
button { font: inherit; color: inherit; -webkit-tap-highlight-color: transparent; }
:focus-visible { outline: 2px solid var(--rivulet-fill); outline-offset: 2px; }
.icon {
  fill: none; stroke: currentColor; stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round;
}
`;
