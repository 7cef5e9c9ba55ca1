/** Styles for print: a chat that covers the page is left out, and an inline chat shows its whole conversation. */
export const printStyles = `
@media print {
  .panel:not(.inline), .composer, .jump, .actions, .copy, .starters, .header button, .notice-actions { display: none !important; }
  :host {
    block-size: auto !important; max-block-size: none !important; overflow: visible !important; color-scheme: light !important;
  }
  .panel, .frame, .chat, .scroll-area, .messages { display: block; container-type: normal; }
  .panel, .messages, .answer .table { overflow: visible; }
  .panel.inline { block-size: auto; }
  .column { min-block-size: 0 !important; }
  .message, .part { content-visibility: visible; }
  .question { border-color: var(--rivulet-border); }
  .code pre { white-space: pre-wrap; overflow-wrap: anywhere; }
}
`;
