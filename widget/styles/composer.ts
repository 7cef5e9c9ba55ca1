/** Styles of the composer. Its text is at least 16 px on phones, because iOS zooms into smaller fields. */
export const composerStyles = `
.composer { flex: none; display: flex; flex-direction: column; gap: .5em; padding: .25em .875em .5em; }
.field {
  display: flex; align-items: flex-end; gap: .25em; padding: .25em;
  border: 1px solid var(--rivulet-border); border-radius: 1.6875em; background: var(--rivulet-surface);
}
.field:focus-within { border-color: var(--rivulet-accent); box-shadow: 0 0 0 3px color-mix(in srgb, var(--rivulet-accent) 14%, transparent); }
textarea {
  flex: 1; min-inline-size: 0; field-sizing: content; min-block-size: 2.9334em; max-block-size: 10.5em;
  margin: 0; padding-block: .7167em; padding-inline: .875em .5em; resize: none; overflow: hidden auto;
  font: inherit; line-height: 1.5; color: var(--rivulet-text); background: none; border: 0;
  scrollbar-width: thin; caret-color: var(--rivulet-accent);
}
textarea:focus-visible { outline: 0; }
textarea::placeholder { color: var(--rivulet-text-quiet); opacity: 1; }
[part="send"], [part="stop"] { background: var(--rivulet-accent); color: var(--rivulet-on-accent); }
[part="send"]:disabled { background: var(--rivulet-border); color: var(--rivulet-text-quiet); cursor: default; }
[part="stop"] .icon { fill: currentColor; }
[part="stop"][aria-disabled="true"] { opacity: .5; cursor: default; }
.composer > .notice:not(.failure) { padding-inline: .5em; }
.limit:empty { display: none; }
.limit { padding-inline: 1em; font-size: .8em; text-align: end; color: var(--rivulet-text-quiet); font-variant-numeric: tabular-nums; }
.limit.over { color: var(--rivulet-danger); }
@media (pointer: coarse), (max-width: 30rem) {
  textarea { font-size: max(16px, 1em); }
}
@media (forced-colors: active) {
  .field:focus-within { outline: 2px solid Highlight; }
  .dots i { background: CanvasText; }
  .question, [part="send"], [part="stop"], [part="launcher"] { border-color: CanvasText; }
}
`;
