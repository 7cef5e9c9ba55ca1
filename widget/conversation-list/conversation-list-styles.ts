/** Styles of the list of conversations. */
export const conversationListStyles = `
.conversation-list { flex: 1; min-block-size: 0; display: flex; flex-direction: column; }
.list-head { flex: none; display: flex; align-items: center; gap: .25em; padding: .375em .625em; }
.conversation-list h3 { margin: 0; font-size: 1.0667em; font-weight: 600; }
.list-body { flex: 1; min-block-size: 0; overflow: hidden auto; overscroll-behavior: contain; scrollbar-width: thin; padding: 0 .625em .75em; display: flex; flex-direction: column; gap: .5em; }
.conversation-list section { display: flex; flex-direction: column; }
.conversation-list h4 { margin: .5em .9375em .25em; font-size: .8em; font-weight: 600; color: var(--rivulet-text-quiet); }
.conversation-list ul { margin: 0; padding: 0; list-style: none; }
.list-empty { margin: 1em .625em; color: var(--rivulet-text-quiet); }
.conversation-list .welcome { padding: .75em; }
.entry { display: flex; align-items: center; border-radius: .75em; }
.entry:hover, .entry:focus-within { background: var(--rivulet-surface); }
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
.task { display: flex; flex-direction: column; gap: .25em; padding: .625em .75em .25em; border: 1px solid var(--rivulet-border); border-radius: .75em; background: var(--rivulet-surface); }
.task p { margin: 0; overflow-wrap: anywhere; }
.task input { font: inherit; font-size: max(16px, 1em); color: inherit; min-block-size: 2.75em; padding: 0 .75em; border: 1px solid var(--rivulet-border); border-radius: .5em; background: var(--rivulet-background); }
.task-buttons { display: flex; justify-content: flex-end; }
.task .quiet, .data .quiet { min-block-size: 2.9334em; margin: 0; }
.danger { color: var(--rivulet-danger); }
.data { margin-block-start: auto; padding: .5em .75em 0; font-size: .8667em; color: var(--rivulet-text-quiet); border-block-start: 1px solid var(--rivulet-border); }
.data summary { min-block-size: 2.25em; padding-block: .375em; }
.data p { margin: 0 0 .25em; }
.data-buttons { display: flex; flex-wrap: wrap; margin-inline-start: -.625em; }
`;
