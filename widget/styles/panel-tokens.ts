/**
 * The other colors and sizes, which only the panel needs. A page can set them too. All colors come from two: the accent,
 * and a seed for the neutrals, which is the accent too unless the page sets one. Text in the accent has a luminance of at
 * most 12 %, so its contrast is above 4.5 whatever the accent is. Browsers of 2023 have fixed neutrals.
 */
export const panelTokens = `
:host {
  --rivulet-neutral: var(--rivulet-accent);
  --rivulet-background: Canvas;
  --rivulet-raised: Canvas;
  --rivulet-surface: light-dark(#f4f4f4, #222);
  --rivulet-hover: light-dark(#eee, #333);
  --rivulet-border: light-dark(#ddd, #444);
  --rivulet-border-strong: #888;
  --rivulet-text: CanvasText;
  --rivulet-text-quiet: light-dark(#555, #aaa);
  --rivulet-accent-text: LinkText;
  --rivulet-softer: var(--rivulet-surface);
  --rivulet-soft: var(--rivulet-hover);
  --rivulet-soft-border: var(--rivulet-border);
  --rivulet-danger: light-dark(#a11, #f99);
  --rivulet-font-mono: ui-monospace, "Cascadia Code", Menlo, Consolas, monospace;
  --rivulet-radius: 1.25em;
  --rivulet-width: 25.5em;
  --rivulet-height: 42.5em;
}
@supports (color: oklch(from red l c h)) {
  :host {
    --rivulet-background: light-dark(oklch(from var(--rivulet-neutral) .993 min(c, .005) h), oklch(from var(--rivulet-neutral) .195 min(c, .009) h));
    --rivulet-raised: light-dark(#fff, oklch(from var(--rivulet-neutral) .235 min(c, .011) h));
    --rivulet-surface: light-dark(oklch(from var(--rivulet-neutral) .965 min(c, .01) h), oklch(from var(--rivulet-neutral) .245 min(c, .012) h));
    --rivulet-hover: light-dark(oklch(from var(--rivulet-neutral) .938 min(c, .014) h), oklch(from var(--rivulet-neutral) .285 min(c, .014) h));
    --rivulet-border: light-dark(oklch(from var(--rivulet-neutral) .905 min(c, .014) h), oklch(from var(--rivulet-neutral) .335 min(c, .016) h));
    --rivulet-border-strong: light-dark(oklch(from var(--rivulet-neutral) .62 min(c, .02) h), oklch(from var(--rivulet-neutral) .6 min(c, .025) h));
    --rivulet-text-quiet: light-dark(oklch(from var(--rivulet-neutral) .49 min(c, .022) h), oklch(from var(--rivulet-neutral) .755 min(c, .02) h));
    --rivulet-text: light-dark(oklch(from var(--rivulet-neutral) .235 min(c, .025) h), oklch(from var(--rivulet-neutral) .94 min(c, .012) h));
    --rivulet-accent-text: light-dark(oklch(from var(--rivulet-accent) min(l, .47) c h), oklch(from var(--rivulet-accent) max(l, .81) min(c, .12) h));
    --rivulet-fill-edge: light-dark(oklch(from var(--rivulet-accent) min(l, .53) c h), transparent);
    --_tint: light-dark(oklch(from var(--rivulet-accent) max(l, .62) min(c * 1.6, .18) h), oklch(from var(--rivulet-accent) .6 min(c * 1.6, .15) h));
    --rivulet-softer: light-dark(color-mix(in oklab, var(--_tint) 7%, var(--rivulet-background)), color-mix(in oklab, var(--_tint) 13%, var(--rivulet-background)));
    --rivulet-soft: light-dark(color-mix(in oklab, var(--_tint) 16%, var(--rivulet-background)), color-mix(in oklab, var(--_tint) 30%, var(--rivulet-background)));
    --rivulet-soft-border: light-dark(color-mix(in oklab, var(--_tint) 38%, var(--rivulet-background)), color-mix(in oklab, var(--_tint) 55%, var(--rivulet-background)));
  }
}
`;
