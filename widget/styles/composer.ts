/** Styles of the composer. On phones, its text is at least 16 px, because iOS zooms into fields with smaller text. */
export const composerStyles = `
.composer { flex: none; display: flex; flex-direction: column; gap: .5em; padding: .2667em 1.3333em; }
.field {
  position: relative; display: flex; align-items: flex-end; gap: .25em; padding: .4667em;
  border: 1px solid var(--rivulet-border-strong); border-radius: calc(var(--rivulet-radius) * .9); background: var(--rivulet-raised);
  box-shadow: 0 1px 2px var(--rivulet-shadow), 0 .4em 1.3333em color-mix(in srgb, var(--rivulet-shadow) 50%, transparent);
}
.field:focus-within { border-color: var(--rivulet-accent-text); outline: 3px solid color-mix(in srgb, var(--rivulet-accent-text) 14%, transparent); }
.field:has(+ .over) { border-color: var(--rivulet-danger); }
textarea {
  flex: 1; min-inline-size: 0; field-sizing: content; min-block-size: 2.4em; max-block-size: 10.5em;
  margin: 0; padding-block: .45em; padding-inline: .6em .25em; resize: none; overflow: hidden auto;
  font: inherit; line-height: 1.5; color: var(--rivulet-text); background: none; border: 0;
  scrollbar-width: thin; caret-color: var(--rivulet-accent-text);
}
textarea:focus-visible { outline: 0; }
textarea::placeholder { color: var(--rivulet-text-quiet); opacity: 1; }
[part="send"], [part="stop"] { background: var(--rivulet-fill); color: var(--rivulet-on-accent); border-color: var(--rivulet-fill-edge); }
[part="send"]:disabled { background: var(--rivulet-surface); border-color: transparent; color: var(--rivulet-text-quiet); cursor: default; }
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
  .question, .avatar, .tag, [part="send"], [part="stop"], [part="launcher"] { border-color: CanvasText; }
}
`;
