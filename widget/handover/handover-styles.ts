/**
 * Styles of the form and the row above it. They hide what an empty conversation suggests while the form is shown, and
 * what it says itself while the assistant is unavailable. What does not fit scrolls below the header, not behind it.
 */
export const handoverStyles = `
.handover { display: flex; flex-direction: column; gap: 1.2em; scroll-margin-block-end: 4em; }
.handover[hidden] { display: none; }
.handover :is(h3, p) { margin: 0; }
.handover h3 { font-size: .9333em; line-height: 1.4286; font-weight: 600; }
.handover-notice { display: flex; gap: .8em; padding: .9333em 1.0667em; border-radius: calc(var(--rivulet-radius) * .7); background: var(--rivulet-surface); }
.handover-notice p { font-size: .9333em; line-height: 1.4286; font-weight: 600; text-wrap: pretty; }
.handover-notice .handover-words { font-weight: 400; color: var(--rivulet-text-quiet); }
.handover-notice > .icon, .handover-row .icon { flex: none; inline-size: 1.3333em; block-size: 1.3333em; }
.handover-row {
  display: flex; align-items: center; gap: .8em; min-block-size: 2.9333em; padding: .4em 1.0667em; font-size: .9333em; text-decoration: none;
  border: 1px solid var(--rivulet-border); border-radius: calc(var(--rivulet-radius) * .7); background: var(--rivulet-raised); color: var(--rivulet-text);
}
.handover-row:hover { background: var(--rivulet-hover); }
.handover-row bdi { flex: 1; min-inline-size: 0; }
[dir="rtl"] .handover-row bdi { text-align: right; }
.handover-row .icon:last-child { inline-size: 1em; block-size: 1em; color: var(--rivulet-text-quiet); }
[dir="rtl"] .handover-row .icon:last-child { scale: -1 1; }
.handover-form { display: flex; flex-direction: column; gap: .6667em; padding: .8667em; border-radius: calc(var(--rivulet-radius) * .7); background: var(--rivulet-surface); }
.handover-form .challenge { margin: 0; }
.handover-form .challenge:empty { display: none; }
.handover-form label { display: flex; flex-direction: column; gap: .25em; font-size: .8667em; line-height: 1.3846; color: var(--rivulet-text-quiet); }
.handover-form :is(textarea, [type="email"]) {
  box-sizing: border-box; inline-size: 100%; padding: .5em .6667em; font: inherit; font-size: max(16px, 1.0769em); color: var(--rivulet-text);
  border: 1px solid var(--rivulet-border-strong); border-radius: calc(var(--rivulet-radius) * .5); background: var(--rivulet-raised);
}
.handover-form textarea:placeholder-shown { direction: inherit; }
.handover-form textarea { min-block-size: 3.2em; max-block-size: 40vh; resize: vertical; field-sizing: content; }
.handover-form :is(textarea, [type="email"]):focus-visible {
  border-color: var(--rivulet-accent-text); outline: 3px solid color-mix(in srgb, var(--rivulet-accent-text) 14%, transparent); outline-offset: 0;
}
.handover-form [aria-invalid="true"] { border-color: var(--rivulet-danger); }
.handover .handover-error { font-size: .8667em; line-height: 1.3846; color: var(--rivulet-danger); }
.handover-form .handover-along { flex-direction: row; gap: .75em; align-items: flex-start; padding-block: .25em; color: var(--rivulet-text); cursor: pointer; }
.handover-along input { flex: none; inline-size: 1.3846em; block-size: 1.3846em; margin: 0; accent-color: var(--rivulet-fill); }
.handover-buttons { display: flex; flex-wrap: wrap; align-items: center; justify-content: flex-end; gap: .25em; }
.handover-buttons .quiet { margin: 0; min-block-size: 2.6em; font-size: .9333em; }
.handover-send {
  min-block-size: 2.5em; padding: .35em 1em; cursor: pointer; font: inherit; font-size: .9333em; font-weight: 600;
  border: 1px solid var(--rivulet-fill-edge); border-radius: calc(var(--rivulet-radius) * .5); background: var(--rivulet-fill); color: var(--rivulet-on-accent);
}
.handover-send[aria-disabled="true"] { cursor: default; opacity: .72; }
.handover-sent .icon { inline-size: 1.2em; block-size: 1.2em; vertical-align: -.2em; color: var(--rivulet-accent-text); }
.handover-sent p { font-size: .9333em; color: var(--rivulet-text-quiet); }
.empty:has(.handover:not([hidden])) .header { position: static; }
.column:has(> .handover:not([hidden])) > .welcome > :is(.avatar, .label, .rivulet, .starters),
.column:has(> .handover > .handover-notice) > .welcome > :is(.greeting, .knows),
.chat:has(.handover-notice) > .composer > .unavailable { display: none; }
.chat:has(.handover-notice) > .composer:has(> .unavailable) { padding: 0; }
@media (pointer: coarse) { .handover-buttons :is(.quiet, .handover-send) { min-block-size: 3.1429em; } }
@media (forced-colors: active) { .handover-form, .handover-notice { border: 1px solid; } .handover-form :focus-visible { outline: 2px solid Highlight; } }
`;
