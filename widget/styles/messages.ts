/** Styles of the conversation. */
export const messagesStyles = `
.scroll-area { position: relative; flex: 1; min-block-size: 0; display: flex; }
.messages {
  flex: 1; min-inline-size: 0; overflow: hidden auto; overscroll-behavior: contain;
  scrollbar-width: thin; scrollbar-color: var(--rivulet-border) transparent;
}
.messages:focus-visible { outline-offset: -3px; border-radius: .25em; }
.column { display: flex; flex-direction: column; gap: 1.5em; padding: 1.25em; }
.entries, .entries > * { display: contents; }
.message {
  display: flex; flex-direction: column; gap: .625em; min-inline-size: 0; overflow-wrap: anywhere;
  content-visibility: auto; contain-intrinsic-block-size: auto 10em; overflow-clip-margin: 1em;
}
.message.user { align-items: flex-end; }
.question {
  max-inline-size: min(85cqi, 34em); min-inline-size: 0; padding: .5625em .9375em; white-space: pre-wrap; text-align: start;
  background: var(--rivulet-question-background); color: var(--rivulet-question-text);
  border: 1px solid transparent; border-radius: 1.125em; border-end-end-radius: .4375em;
}
.question-row { display: flex; align-items: center; justify-content: flex-end; gap: .5em; max-inline-size: 100%; }
.question-row .actions { margin: 0; flex: none; }
.user.sending .question { opacity: .72; }
.user.failed .question { background: var(--rivulet-surface); color: var(--rivulet-text-quiet); }
.actions {
  display: flex; flex-wrap: wrap; align-items: center; gap: .125em; margin: -.25em -.5em -.75em; color: var(--rivulet-text-quiet);
}
.action {
  display: grid; place-items: center; inline-size: 2em; block-size: 2em; padding: 0; border: 0; border-radius: .5em;
  background: none; cursor: pointer;
}
.action:hover { background: var(--rivulet-surface); color: var(--rivulet-text); }
.action[aria-pressed="true"] { color: var(--rivulet-accent); }
.action[aria-pressed="true"] .icon { fill: color-mix(in srgb, currentColor 20%, transparent); }
.action[aria-disabled="true"] { opacity: .4; cursor: default; }
.action .icon { inline-size: 1.1em; block-size: 1.1em; }
.action.down .icon { rotate: 180deg; }
@media (hover: hover) and (pointer: fine) {
  .actions { opacity: 0; transition: opacity .15s ease; }
  .message:is(:hover, :focus-within) .actions, .actions.shown { opacity: 1; }
}
@media (pointer: coarse) { .action { inline-size: 2.75em; block-size: 2.75em; } }
.typing {
  display: inline-flex; align-items: center; gap: .625em; min-block-size: 1.6em;
  color: var(--rivulet-text-quiet); font-size: .9333em;
}
.dots { display: inline-flex; gap: .25em; }
.dots i {
  inline-size: .4em; block-size: .4em; border-radius: 50%; background: var(--rivulet-accent);
  animation: dot 1.3s ease-in-out infinite;
}
.dots i:nth-child(2) { animation-delay: .16s; }
.dots i:nth-child(3) { animation-delay: .32s; }
@keyframes dot { 0%, 60%, 100% { opacity: .3; } 30% { opacity: 1; transform: translateY(-.15em); } }
.welcome { display: flex; flex-direction: column; gap: 1.125em; padding-block-start: .25em; }
.welcome p { margin: 0; font-size: 1.0667em; line-height: 1.55; text-wrap: pretty; white-space: pre-line; }
.welcome.loading i { block-size: .8em; border-radius: .4em; background: var(--rivulet-surface); animation: breathe 1.6s ease-in-out infinite; }
.welcome.loading i + i { inline-size: 60%; }
@keyframes breathe { 50% { opacity: .45; } }
.starters { display: flex; flex-direction: column; align-items: flex-start; gap: .5em; margin: 0; padding: 0; list-style: none; }
.starters li { max-inline-size: 100%; }
.starter {
  max-inline-size: 100%; min-block-size: 2.9334em; padding: .5em 1em; text-align: start; line-height: 1.4; cursor: pointer;
  border: 1px solid var(--rivulet-border); border-radius: 1.125em; background: none; color: var(--rivulet-text);
}
.starter:hover { border-color: var(--rivulet-accent); }
.jump {
  position: absolute; inset-block-end: 0; inset-inline: 0; block-size: 4em; padding-block-end: .25em;
  display: grid; place-items: end center; pointer-events: none;
  background: linear-gradient(transparent, var(--rivulet-background) 70%);
}
.jump button {
  display: grid; place-items: center; inline-size: 2.9334em; block-size: 2.9334em; padding: 0; cursor: pointer; pointer-events: auto;
  border: 1px solid var(--rivulet-border); border-radius: 50%;
  background: var(--rivulet-background); color: var(--rivulet-text);
}
.jump .icon { inline-size: 1.2em; block-size: 1.2em; }
summary { display: flex; align-items: center; gap: .5em; inline-size: fit-content; list-style: none; cursor: pointer; }
summary::-webkit-details-marker { display: none; }
summary::before {
  content: ""; flex: none; inline-size: .5em; block-size: .5em; margin-inline: .125em; rotate: 45deg;
  border: solid; border-width: .125em .125em 0 0;
}
[dir="rtl"] summary::before { rotate: -135deg; }
[open] > summary::before { rotate: 135deg; }
`;
