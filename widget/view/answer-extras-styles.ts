/** Styles of thoughts, the buttons for versions, and the reference of a failure. */
export const extrasStyles = `
.reference { margin-inline-start: auto; font-weight: 400; color: var(--rivulet-text-quiet); }
.reference:hover { color: var(--rivulet-text); }
.reference code { font-family: var(--rivulet-font-mono); font-size: .9231em; }
.versions { display: flex; align-items: center; font-size: .8667em; font-variant-numeric: tabular-nums; }
.reasoning { font-size: .8667em; color: var(--rivulet-text-quiet); }
.reasoning summary { padding-block: .25em; }
.thoughts { margin-block-start: .25em; white-space: pre-wrap; }
`;
