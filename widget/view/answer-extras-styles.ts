/** Styles of thoughts, the buttons for versions, and the reference of a failure. */
export const extrasStyles = `
.reference { margin-inline-start: auto; font-weight: 400; color: var(--rivulet-text-quiet); }
.reference:hover { color: var(--rivulet-text); }
.reference code { font-family: var(--rivulet-font-mono); font-size: .9231em; }
.versions { display: flex; align-items: center; font-size: .8667em; font-variant-numeric: tabular-nums; }
summary { display: flex; align-items: center; gap: .5em; inline-size: fit-content; list-style: none; cursor: pointer; }
summary::-webkit-details-marker { display: none; }
summary::before {
  content: ""; flex: none; inline-size: .5em; block-size: .5em; margin-inline: .125em; rotate: 45deg;
  border: solid; border-width: .125em .125em 0 0;
}
[dir="rtl"] summary::before { rotate: -135deg; }
[open] > summary::before { rotate: 135deg; }
.reasoning { font-size: .8667em; color: var(--rivulet-text-quiet); }
.reasoning summary { padding-block: .25em; }
.thoughts { margin-block-start: .25em; white-space: pre-wrap; }
`;
