/** Styles of what asks for consent. Until the visitor agrees, nothing else in the conversation asks the assistant. */
export const consentStyles = `
.chat:has(.consent) .message :is(.actions, .notice-actions, .suggestions, .message-form) { display: none; }
.consent { display: flex; flex-direction: column; gap: .75em; }
.consent-text {
  max-block-size: min(14em, 30vh); overflow: auto; padding-inline: .35em; border-radius: .5em;
  font-size: .8667em; line-height: 1.45; overflow-wrap: break-word; scrollbar-width: thin;
}
.consent-text p { display: inline; margin: 0; white-space: pre-line; }
.agree {
  min-block-size: 2.9334em; padding: .5em 1em; cursor: pointer; font-weight: 600; line-height: 1.35;
  border: 1px solid var(--rivulet-fill-edge); border-radius: calc(var(--rivulet-radius) * .7);
  background: var(--rivulet-fill); color: var(--rivulet-on-accent);
}
.agree:hover { text-decoration: underline; text-underline-offset: .2em; }
@container panel (max-height: 26em) {
  .consent-text { max-block-size: 5.8em; }
}
@media (forced-colors: active) { .agree { border-color: ButtonText; } }
@media print { .consent { display: none; } }
`;
