/**
 * What visitors see who want more contrast, and those with a browser without relative colors (Firefox before 128). There,
 * most tokens have no value: what they would color has the system's colors.
 */
export const contrastStyles = `
@media (prefers-contrast: more) {
  :host { --rivulet-text-quiet: var(--rivulet-text); --rivulet-border: var(--rivulet-border-strong); }
}
@supports not (color: oklch(from red l c h)) {
  .panel { background: Canvas; color: CanvasText; }
}
`;
