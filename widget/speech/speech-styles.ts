/** Styles of the buttons for reading aloud and dictation, and of the note that says why one of these has ended. */
export const speechStyles = `
.actions.alone { margin-block-start: 0; }
.speech-note { padding-inline: .5em; font-size: .8667em; line-height: 1.45; color: var(--rivulet-text-quiet); }
.dictate { order: 1; flex: none; }
.field:has(.dictate) > :is([part="send"], [part="stop"]) { order: 2; }
.dictate[aria-pressed="true"] { color: var(--rivulet-accent-text); background: var(--rivulet-soft); }
.dictate[aria-pressed="true"] .icon { animation: listening 1.2s ease-in-out infinite alternate; }
@keyframes listening { to { opacity: .45; } }
@media (prefers-reduced-motion: reduce) { .dictate[aria-pressed="true"] .icon { animation: none; } }
@media (forced-colors: active) { .dictate[aria-pressed="true"] { border-color: Highlight; } }
`;
