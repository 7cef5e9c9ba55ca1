/**
 * Styles of a panel that covers the screen. Touching its header, composer or footer can zoom with two fingers, but does
 * not scroll what is behind the panel. The content keeps away from the screen's rounded corners and from what the
 * system draws at its edges: browsers report these areas on pages with `viewport-fit=cover`. On touch screens, buttons
 * are larger. There, the on-screen keyboard is open while a text field has the focus, so the footer is hidden to show
 * more messages.
 */
export const phoneStyles = `
.panel:modal :is(.header, .composer, .footer) { touch-action: pinch-zoom; }
.panel:modal textarea { overscroll-behavior: contain; }
.panel:modal .frame { padding-right: env(safe-area-inset-right); padding-left: env(safe-area-inset-left); }
.panel:modal.empty .header { right: env(safe-area-inset-right); left: env(safe-area-inset-left); }
.panel:modal .composer:last-child { padding-block-end: max(.6em, env(safe-area-inset-bottom)); }
.panel:modal .list-body { padding-block-end: max(.75em, env(safe-area-inset-bottom)); }
@container panel (min-height: 22em) {
  .panel:modal .header { padding-block-start: max(.5em, env(safe-area-inset-top)); }
}
@container panel (max-height: 22em) {
  .panel:modal .started > .composer { padding-block-end: max(.6em, env(safe-area-inset-bottom)); }
}
@media (pointer: coarse) {
  .panel:modal .started:has(textarea:focus) > .footer { display: none; }
  .panel:modal .started:has(textarea:focus) > .composer { padding-block-end: .6em; }
  .panel:modal :is(.round, .action, .copy, summary, .quiet) { min-block-size: 44px; }
  .panel:modal :is(.round, .action) { min-inline-size: 44px; }
}
`;
