/**
 * Styles for the model's thoughts, the buttons that switch between versions of an answer, a failure's reference code,
 * suggested questions, the waiting time, the date dividers, the number of unread answers, and the focused message.
 */
export const extrasStyles = `
.reference { margin-inline-start: auto; font-weight: 400; color: var(--rivulet-text-quiet); }
.reference:hover { color: var(--rivulet-text); }
.reference code { font-family: var(--rivulet-font-mono); font-size: .9231em; }
.versions { display: flex; align-items: center; font-size: .8667em; font-variant-numeric: tabular-nums; }
.versions [aria-disabled="true"] { opacity: .4; cursor: default; }
.reasoning { font-size: .8667em; color: var(--rivulet-text-quiet); }
.reasoning summary { padding-block: .25em; }
.thoughts { margin-block-start: .25em; white-space: pre-wrap; }
.typing:has(.longer) { flex-wrap: wrap; }
.clock { color: var(--rivulet-text-quiet); font-variant-numeric: tabular-nums; }
.longer { flex-basis: 100%; margin-inline-start: 2.2476em; color: var(--rivulet-text-quiet); }
.longer:empty { display: none; }
[data-message]:focus-visible { outline-offset: .25em; border-radius: .25em; scroll-margin-block: .75em; }
.day { display: flex; align-items: center; gap: 1em; font-size: .8em; line-height: 1.3333; color: var(--rivulet-text-quiet); }
.day::before, .day::after { content: ""; flex: 1; border-block-start: 1px solid var(--rivulet-border); }
[part="launcher"] { position: relative; }
.badge {
  position: absolute; inset-block-start: -.5em; inset-inline-end: -.4em; box-sizing: border-box; min-inline-size: 1.8333em; padding-inline: .4em;
  border: 2px solid Canvas; border-radius: 1em; font: 600 .75em / 1.5 var(--rivulet-font); text-align: center;
  background: var(--rivulet-danger); color: var(--rivulet-background);
}
.suggestions { margin: .25em 0 0; padding: 0; list-style: none; }
.suggestions li { border-block-start: 1px solid var(--rivulet-border); }
.suggestion {
  display: flex; align-items: center; gap: .7143em; inline-size: 100%; min-block-size: 3.15em; padding: .5em 0; border: 0;
  font-size: .9333em; line-height: 1.4286; text-align: start; background: none; color: var(--rivulet-text); cursor: pointer;
  scroll-margin-block-end: 4.5em;
}
.suggestion span { min-inline-size: 0; }
.suggestion .icon { inline-size: 1.1429em; block-size: 1.1429em; color: var(--rivulet-accent-text); }
.suggestion:hover span { color: var(--rivulet-accent-text); }
.suggestion:focus-visible { outline-offset: 0; border-radius: .5em; }
[dir="rtl"] :is(.suggestion, .versions) .icon { scale: -1 1; }
@media print { .suggestions { display: none; } }
@media (forced-colors: active) { .badge { border-color: CanvasText; } }
`;
