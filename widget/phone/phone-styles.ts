/**
 * Styles of a panel that covers the screen. Its header, composer and footer do not move what is behind it, and zoom with two
 * fingers. It keeps its content away from the screen's rounded corners and from what the system draws there, which the
 * browser reports on pages with `viewport-fit=cover`. Targets are large on a touch screen. Its keyboard is open while a
 * text field has the focus: the footer is then hidden, so that more of the last message is in view.
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
