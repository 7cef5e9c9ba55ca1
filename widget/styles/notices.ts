/** Styles of notices and failures, with their actions. */
export const noticesStyles = `
.notice { font-size: .8667em; line-height: 1.45; color: var(--rivulet-text-quiet); }
.notice p { margin: 0; text-wrap: pretty; }
.failure {
  align-self: stretch; display: flex; gap: .625em; padding: .8667em 1em;
  border: 1px solid var(--rivulet-border); border-radius: calc(var(--rivulet-radius) * .7); background: var(--rivulet-surface);
  color: var(--rivulet-text);
}
.failure > .icon { color: var(--rivulet-danger); margin-block-start: .0625em; inline-size: 1.25em; block-size: 1.25em; }
.unavailable { flex-direction: column; gap: .25em; }
.unavailable p { margin: 0; }
.queued { display: flex; align-items: center; margin-block: -.75em; }
.notice-body { flex: 1; min-inline-size: 0; }
.notice-actions { display: flex; flex-wrap: wrap; align-items: center; gap: 0 .375em; margin-inline-start: -.625em; }
.notice-actions:not(:has(button)) { display: none; }
.quiet {
  min-block-size: 3.3846em; margin-block: -.375em; padding: 0 .625em; border: 0; border-radius: .5em; background: none; cursor: pointer;
}
.notice-body > p + .notice-actions { margin-block: .125em -.375em; }
.quiet { font-weight: 600; color: var(--rivulet-accent-text); }
.quiet:hover:not(:disabled) { text-decoration: underline; text-underline-offset: .2em; }
.quiet:disabled { color: var(--rivulet-text-quiet); cursor: default; }
`;
