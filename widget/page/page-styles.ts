/** Styles of the chip in the text field and of the details that it opens. The chip has its own row below the text. */
export const pageStyles = `
.field:has(> .page-part) { flex-wrap: wrap; }
.field:has(> .page-part) > textarea { flex-basis: 100%; }
.page-part { display: contents; }
.page-chip {
  order: 1; display: flex; align-items: center; gap: .5em; max-inline-size: calc(100% - 5em); min-block-size: 2.4em;
  margin-block: auto; margin-inline: .5em auto; padding: 0 .75em; cursor: pointer; font-size: .8667em; line-height: 1.35; white-space: nowrap;
  border: 1px solid var(--rivulet-border); border-radius: .75em; color: var(--rivulet-text-quiet); background: none;
}
.page-chip.on {
  color: var(--rivulet-accent-text); border-color: var(--rivulet-soft-border); background: var(--rivulet-soft);
}
.page-chip:hover { border-color: currentColor; }
.page-chip .icon, .page-head .icon { inline-size: 1.25em; block-size: 1.25em; }
.page-chip[aria-expanded="true"] .icon:last-child { rotate: 180deg; }
.page-title { overflow: hidden; text-overflow: ellipsis; color: var(--rivulet-text-quiet); }
.field > :is([part="send"], [part="stop"]) { order: 2; }
.page {
  order: -1; flex: 1 0 100%; min-inline-size: 0; display: flex; flex-direction: column; gap: .5em; padding: .5em .875em .75em;
  border-block-end: 1px solid var(--rivulet-border); font-size: .8667em; line-height: 1.45; color: var(--rivulet-text-quiet);
}
.page-head { display: flex; align-items: center; gap: .5em; font-weight: 600; color: var(--rivulet-text); }
.page-head .icon { color: var(--rivulet-accent-text); }
.page-head span { flex: 1; }
.page-switch {
  flex: none; position: relative; inline-size: 2.5em; block-size: 1.5em; padding: 0; cursor: pointer;
  border: 1px solid var(--rivulet-text-quiet); border-radius: 1em; background: none;
}
.page-switch::before { content: ""; position: absolute; inset: -.6em -.3em; }
.page-switch::after {
  content: ""; position: absolute; inset-block: .1875em; inset-inline-start: .1875em; aspect-ratio: 1; border-radius: 50%;
  background: var(--rivulet-text-quiet);
}
.page-switch[aria-checked="true"] { border-color: var(--rivulet-fill); background: var(--rivulet-fill); }
.page-switch[aria-checked="true"]::after { inset-inline: auto .1875em; background: var(--rivulet-on-accent); }
.page p { margin: 0; }
.page-text { max-block-size: min(10em, 24vh); overflow: auto; padding: .25em .5em; border-radius: .5em; background: var(--rivulet-background); }
.page-text pre { margin: .5em 0 0; font: inherit; white-space: pre-wrap; }
@media (pointer: coarse), (max-width: 30rem) {
  .page-chip { min-block-size: 3.1em; }
}
@container panel (max-height: 26em) {
  .page-text { max-block-size: 4.5em; }
}
@media (forced-colors: active) {
  .page-switch { border-color: ButtonText; }
  .page-switch::after { background: ButtonText; forced-color-adjust: none; }
  .page-switch[aria-checked="true"] { background: Highlight; forced-color-adjust: none; }
  .page-switch[aria-checked="true"]::after { background: HighlightText; }
}
`;
