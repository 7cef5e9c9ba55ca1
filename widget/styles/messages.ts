/** Styles of the conversation. */
export const messagesStyles = `
.scroll-area { position: relative; z-index: 0; flex: 1; min-block-size: 0; display: flex; }
.messages {
  flex: 1; min-inline-size: 0; overflow: hidden auto; overscroll-behavior: contain; scroll-padding: .5em .5em 4em;
  scrollbar-width: thin; scrollbar-color: var(--rivulet-border) transparent;
}
.messages:focus-visible { outline-offset: -3px; border-radius: .25em; }
.column { display: flex; flex-direction: column; gap: 1.3333em; padding: 1.0667em 1.3333em; }
.empty .column { min-block-size: 100%; padding-block-start: max(1.3333em, env(safe-area-inset-top)); }
.entries, .entries > * { display: contents; }
.message {
  display: flex; flex-direction: column; gap: .625em; min-inline-size: 0; overflow-wrap: anywhere;
  content-visibility: auto; contain-intrinsic-block-size: auto 10em; overflow-clip-margin: 1em;
}
.message.user { align-items: flex-end; contain-intrinsic-block-size: auto 3em; }
.question {
  max-inline-size: min(85cqi, 34em); min-inline-size: 0; padding: .6em .9333em; white-space: pre-wrap; text-align: start;
  background: var(--rivulet-question-background, var(--rivulet-soft)); color: var(--rivulet-question-text, var(--rivulet-text));
  border: 1px solid transparent; border-radius: inherit;
}
.question-row {
  display: flex; align-items: center; justify-content: flex-end; gap: .5em; max-inline-size: 100%;
  border-radius: calc(var(--rivulet-radius) * .9); border-end-end-radius: calc(var(--rivulet-radius) / 4);
}
.question-row .actions { margin: 0; flex: none; }
.user.sending .question { opacity: .72; }
.user.failed .question { background: var(--rivulet-surface); color: var(--rivulet-text-quiet); }
.by { display: flex; align-items: center; gap: .6154em; font-size: .8667em; line-height: 1.25; font-weight: 600; }
.by .avatar { inline-size: 1.8462em; block-size: 1.8462em; font-size: .9em; }
.by time { margin-inline-start: auto; font-size: .9231em; font-weight: 400; font-variant-numeric: tabular-nums; color: var(--rivulet-text-quiet); }
.actions {
  display: flex; flex-wrap: wrap; align-items: center; gap: .125em; margin: -.25em -.5em -.75em; color: var(--rivulet-text-quiet);
}
.action {
  display: grid; place-items: center; inline-size: 2em; block-size: 2em; padding: 0; border: 0; border-radius: .5em;
  background: none; cursor: pointer;
}
.action:hover { background: var(--rivulet-surface); color: var(--rivulet-text); }
.action[aria-pressed="true"] { color: var(--rivulet-accent-text); }
.action[aria-pressed="true"] .icon { fill: color-mix(in srgb, currentColor 20%, transparent); }
.action .icon { inline-size: 1.1em; block-size: 1.1em; }
.action.down .icon { rotate: 180deg; }
@media (hover: hover) and (pointer: fine) {
  .actions, .by time { opacity: 0; transition: .12s; }
  .message:is(:hover, :focus-within) :is(.actions, .by time), .actions.shown { opacity: 1; }
}
@media (pointer: coarse) { .action { inline-size: 2.75em; block-size: 2.75em; } }
.typing { display: flex; align-items: center; gap: .5333em; min-block-size: 1.6em; margin-block-start: -.6667em; font-size: .9333em; }
.running .answer > p:last-child::after {
  content: ""; display: inline-block; inline-size: .55em; block-size: .55em; margin-inline-start: .3em;
  border-radius: 50%; border-end-start-radius: 22%; background: var(--rivulet-fill);
}
.wave {
  flex: none; inline-size: 1.7143em; block-size: .7143em; overflow: hidden; fill: none; stroke: var(--rivulet-accent-text); stroke-width: 2; stroke-linecap: round;
}
.wave path { animation: flow 1.2s linear infinite; }
@keyframes flow { to { transform: translateX(12px); } }
.welcome { flex: 1; display: flex; flex-direction: column; align-items: flex-start; }
.welcome > .avatar { margin-block-end: 2.6667em; inline-size: 2.3334em; block-size: 2.3334em; font-size: 1.6em; }
.rivulet {
  position: absolute; z-index: -1; inset-block-start: 0; inset-inline-end: 0; inline-size: 27.2em; max-inline-size: 100%; pointer-events: none;
  fill: none; stroke: var(--rivulet-accent-text); stroke-width: 1.25; opacity: .34;
}
[dir="rtl"] :is(.rivulet, .starter .icon) { scale: -1 1; }
.who { margin-block: auto 0; font-size: .8667em; font-weight: 600; }
.welcome p { margin: 0; text-wrap: pretty; white-space: pre-line; }
.welcome .greeting { margin-block-start: .24em; font-size: 1.6667em; line-height: 1.2; font-weight: 600; text-wrap: balance; }
.welcome .greeting.long { margin-block-start: .5em; font-size: 1.0667em; line-height: 1.5; font-weight: 400; }
.welcome .knows { margin-block-start: .75em; font-size: .8667em; line-height: 1.4; color: var(--rivulet-text-quiet); }
.welcome .label { margin-block: 2em .8333em; font-size: .8em; line-height: 1.3333; font-weight: 600; color: var(--rivulet-text-quiet); }
.welcome.loading { justify-content: center; }
.starters { align-self: stretch; display: flex; flex-direction: column; gap: .5333em; margin: 0; padding: 0; list-style: none; }
.starter {
  display: flex; align-items: center; justify-content: space-between; gap: .8em; inline-size: 100%; min-block-size: 3.4667em; padding: .8667em 1em;
  text-align: start; line-height: 1.3333; font-weight: 500; cursor: pointer; color: var(--rivulet-text);
  border: 1px solid var(--rivulet-border); border-radius: calc(var(--rivulet-radius) * .7); background: var(--rivulet-raised); box-shadow: 0 1px 2px var(--rivulet-shadow);
  transition: border-color .12s;
}
.starter .icon { inline-size: 1.0667em; block-size: 1.0667em; color: var(--rivulet-text-quiet); }
.starter:hover { border-color: var(--rivulet-accent-text); }
.starter:hover .icon { color: var(--rivulet-accent-text); }
.jump {
  position: absolute; inset-block-end: 0; inset-inline: 0; block-size: 4em; padding-block-end: .25em;
  display: grid; place-items: end center; pointer-events: none;
  background: linear-gradient(transparent, var(--rivulet-background) 70%);
}
.jump button {
  display: grid; place-items: center; inline-size: 2.9334em; block-size: 2.9334em; padding: 0; cursor: pointer; pointer-events: auto;
  border: 1px solid var(--rivulet-border); border-radius: 50%; box-shadow: 0 1px 2px var(--rivulet-shadow);
  background: var(--rivulet-raised); color: var(--rivulet-text);
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
