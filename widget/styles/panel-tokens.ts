/** The other colors and sizes, which only the panel needs. A page can set them too. */
export const panelTokens = `
:host {
  --rivulet-surface: light-dark(#f3f6f6, #1f2529);
  --rivulet-text-quiet: light-dark(#566366, #9dabae);
  --rivulet-question-background: light-dark(#e2f0f0, #1d3b41);
  --rivulet-question-text: light-dark(#12292d, #e2f2f3);
  --rivulet-danger: light-dark(#9f2a1f, #ffa498);
  --rivulet-font-mono: ui-monospace, "Cascadia Code", Menlo, Consolas, monospace;
  --rivulet-radius: 1.125em;
  --rivulet-width: 25.5em;
  --rivulet-height: 42em;
}
`;
