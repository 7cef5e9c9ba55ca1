/** Styles of the list of conversations. It has its own header, which replaces the panel's. */
export const conversationListStyles = `
.conversation-list { flex: 1; min-block-size: 0; display: flex; flex-direction: column; }
.frame:has(> .conversation-list:not([hidden])) { background: none; }
.frame:has(> .conversation-list:not([hidden])) > .header { display: none; }
.list-head { padding-inline-start: .8em; border-block-end: 1px solid var(--rivulet-border); }
[dir="rtl"] .list-back .icon { scale: -1 1; }
[dir="rtl"] .entry-open span { text-align: right; }
[dir="ltr"] .entry-open span { text-align: left; }
.conversation-list h2 { flex: 1; min-inline-size: 0; margin: 0 .4em; font-size: 1em; line-height: 1.3333; font-weight: 600; }
.list-body { flex: 1; min-block-size: 0; overflow: hidden auto; overscroll-behavior: contain; scrollbar-width: thin; padding: .5em .625em .75em; display: flex; flex-direction: column; gap: .5em; }
.conversation-list section { display: flex; flex-direction: column; }
.conversation-list h3 { margin: .5em .9375em .25em; font-size: .8em; font-weight: 600; color: var(--rivulet-text-quiet); }
.conversation-list ul { margin: 0; padding: 0; list-style: none; }
.list-empty { margin: 1em .625em; color: var(--rivulet-text-quiet); }
.conversation-list .welcome { padding: .75em; }
.entry { display: flex; align-items: center; border-radius: .75em; }
.entry:hover, .entry:focus-within { background: var(--rivulet-surface); }
.entry:has([aria-current]) { background: var(--rivulet-soft); }
.entry-open { flex: 1; min-inline-size: 0; display: flex; align-items: baseline; gap: .75em; min-block-size: 2.9334em; padding: .625em .75em; border: 0; border-radius: .75em; background: none; text-align: start; cursor: pointer; }
.entry-open span { flex: 1; min-inline-size: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.entry-open[aria-current] span { font-weight: 600; }
.entry-open time { flex: none; font-size: .8667em; color: var(--rivulet-text-quiet); font-variant-numeric: tabular-nums; }
.entry .round { inline-size: 2.5em; block-size: 2.5em; }
.entry .round .icon { inline-size: 1.2em; block-size: 1.2em; }
@media (hover: hover) and (pointer: fine) {
  .entry { position: relative; }
  .entry .round { position: absolute; inset-inline-end: 2.5em; opacity: 0; }
  .entry .round:last-child { inset-inline-end: 0; }
  .entry:is(:hover, :focus-within) .round { opacity: 1; }
  .entry:is(:hover, :focus-within) .entry-open { padding-inline-end: 5.25em; }
  .entry:is(:hover, :focus-within) time { display: none; }
}
@media (pointer: coarse) { .entry-open { flex-direction: column; align-items: stretch; gap: 0; } }
.task { display: flex; flex-direction: column; gap: .625em; padding: .75em; border: 1px solid var(--rivulet-border); border-radius: calc(var(--rivulet-radius) * .7); background: var(--rivulet-surface); }
.confirm { border-color: color-mix(in oklab, var(--rivulet-danger) 30%, var(--rivulet-background)); background: color-mix(in oklab, var(--rivulet-danger) 7%, var(--rivulet-background)); }
.task p { margin: 0; overflow-wrap: anywhere; }
.task input { font: inherit; font-size: max(16px, 1em); color: inherit; min-block-size: 2.75em; padding: 0 .75em; border: 1px solid var(--rivulet-border-strong); border-radius: calc(var(--rivulet-radius) / 2); background: var(--rivulet-raised); }
.task-buttons { display: flex; flex-wrap: wrap; justify-content: flex-end; gap: .5em; }
:is(.task, .data) .quiet { min-block-size: 2.6667em; margin: 0; padding-inline: 1em; border: 1px solid var(--rivulet-border-strong); border-radius: calc(var(--rivulet-radius) / 2); background: var(--rivulet-raised); }
.task .save { border-color: var(--rivulet-fill-edge); background: var(--rivulet-fill); color: var(--rivulet-on-accent); }
.conversation-list .danger { color: var(--rivulet-danger); }
.conversation-list .confirm .danger { border-color: transparent; background: var(--rivulet-danger); color: var(--rivulet-background); }
.data { margin-block-start: auto; padding: .5em .75em 0; font-size: .8667em; color: var(--rivulet-text-quiet); border-block-start: 1px solid var(--rivulet-border); }
.data summary { min-block-size: 2.25em; padding-block: .375em; }
.data p { margin: .5em 0; }
.data-buttons { display: flex; flex-wrap: wrap; gap: .5em; }
`;
