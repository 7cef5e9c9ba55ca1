/**
 * Styles of what asks for consent. Until the visitor agrees, the conversation can be read, and nothing in it can be asked,
 * changed or rated.
 */
export const consentStyles = `
.chat:has(.consent) .message :is(.actions, .notice-actions, .suggestions, .message-form, .queued button) { display: none; }
.consent {
  display: flex; flex-direction: column; gap: .8667em; padding: 1em; border: 1px solid var(--rivulet-border);
  border-radius: calc(var(--rivulet-radius) * .9); background: var(--rivulet-raised);
  box-shadow: 0 1px 2px var(--rivulet-shadow), 0 .4em 1.3333em color-mix(in srgb, var(--rivulet-shadow) 50%, transparent);
}
.consent-text {
  max-block-size: min(15em, 30vh); overflow: auto; margin: -.25em; padding: .25em; border-radius: .375em;
  font-size: .9333em; line-height: 1.5; overflow-wrap: break-word; scrollbar-width: thin;
}
.consent-text p { display: inline; margin: 0; white-space: pre-line; }
.consent-text a { white-space: nowrap; }
.agree {
  min-block-size: 2.9334em; padding: .5em 1.25em; cursor: pointer; font-weight: 600; line-height: 1.35;
  border: 1px solid var(--rivulet-fill-edge); border-radius: calc(var(--rivulet-radius) * .5);
  background: var(--rivulet-fill); color: var(--rivulet-on-accent);
}
.agree:hover { text-decoration: underline; text-underline-offset: .2em; }
@container panel (max-height: 26em) {
  .consent { padding: .625em .8em; gap: .5em; }
  .consent-text { max-block-size: 4.75em; }
}
@media (forced-colors: active) { .agree { border-color: ButtonText; } }
`;
