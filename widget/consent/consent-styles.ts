/**
 * Styles of the view that asks for consent. Until the visitor agrees, the conversation can be read, but nothing in it
 * can be asked, changed or rated. The link to the privacy page is beside the text instead of in the footer. A long text
 * scrolls, and its height ends in the middle of a line, so that it does not look complete.
 */
export const consentStyles = `
.chat:has(.consent) .message :is(.actions, .notice-actions, .suggestions, .message-form, .queued button) { display: none; }
.chat:has(.consent-text a) > .footer > a:first-of-type { display: none; }
.consent {
  display: flex; flex-direction: column; gap: .8667em; margin-block-end: .25em; padding: 1em; border: 1px solid var(--rivulet-border);
  border-radius: calc(var(--rivulet-radius) * .9); background: var(--rivulet-raised);
  box-shadow: 0 1px 2px var(--rivulet-shadow), 0 .4em 1.3333em color-mix(in srgb, var(--rivulet-shadow) 50%, transparent);
}
.consent-text {
  max-block-size: 12.75em; overflow: auto; margin: -.25em; padding: .25em; border-radius: .375em;
  font-size: .9333em; line-height: 1.5; overflow-wrap: break-word; scrollbar-width: thin;
}
.consent-text p { display: inline; margin: 0; white-space: pre-line; }
.consent-text a { white-space: nowrap; }
.agree {
  min-block-size: 2.9334em; padding: .5em 1.25em; cursor: pointer; font-weight: 600; line-height: 1.35;
  border: 1px solid var(--rivulet-fill-edge); border-radius: calc(var(--rivulet-radius) * .5);
  background: var(--rivulet-fill); color: var(--rivulet-on-accent);
}
@media (hover: hover) { .agree:hover { text-decoration: underline; text-underline-offset: .2em; } }
@media (max-height: 36rem) { .consent-text { max-block-size: 6.75em; } }
@container panel (max-height: 26em) {
  .consent { padding: .625em .8em; gap: .5em; }
  .consent-text { max-block-size: 3.75em; }
}
@media (forced-colors: active) { .agree { border-color: ButtonText; } }
`;
