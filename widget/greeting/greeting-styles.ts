import { panelTokens } from "../styles/panel-tokens.ts";

/** Styles of the greeting beside the launcher, with the colors that otherwise load with the panel. */
export const greetingStyles = `${panelTokens}
.greeting-card {
  order: -1; position: relative; display: flex; flex-direction: column; gap: .25em; box-sizing: border-box;
  inline-size: min(18.75em, 100vw - 6em); padding: .875em; font-size: 1em; line-height: 1.4;
  border: 1px solid var(--rivulet-border); border-radius: calc(var(--rivulet-radius) * .9); border-end-end-radius: calc(var(--rivulet-radius) / 4);
  background: var(--rivulet-raised); color: var(--rivulet-text);
  box-shadow: 0 .0625em .125em var(--rivulet-shadow), 0 .375em 1.25em var(--rivulet-shadow);
  animation: greeting-rise .2s cubic-bezier(.2, .8, .2, 1);
}
:host([side="start"]) .greeting-card { border-end-end-radius: calc(var(--rivulet-radius) * .9); border-end-start-radius: calc(var(--rivulet-radius) / 4); }
.greeting-card button { border: 0; background: none; cursor: pointer; text-align: start; }
.greeting-card :focus-visible { outline-color: var(--rivulet-accent-text); }
.greeting-name, .greeting-text, .greeting-reply { unicode-bidi: plaintext; }
.greeting-name { padding-inline-end: 2.5em; font-size: .8667em; font-weight: 600; }
.greeting-name:empty { display: none; }
.greeting-text { padding: 0; min-block-size: 24px; font-size: .9375em; border-radius: .3em; overflow-wrap: anywhere; text-wrap: pretty; }
.greeting-name:empty + .greeting-text { padding-inline-end: 2.1em; }
.greeting-close {
  position: absolute; inset-block-start: .375em; inset-inline-end: .375em; display: flex; align-items: center; justify-content: center;
  inline-size: 2.25em; block-size: 2.25em; padding: 0; border-radius: .625em; color: var(--rivulet-text-quiet);
}
.greeting-close:hover { background: var(--rivulet-hover); color: var(--rivulet-text); }
.greeting-close .icon { inline-size: 1.125em; block-size: 1.125em; }
.greeting-replies { display: flex; flex-wrap: wrap; gap: .5em; margin-block-start: .5em; }
.greeting-replies:empty { display: none; }
.greeting-card .greeting-reply {
  min-block-size: 2.3em; padding: .25em .85em; font-size: .8667em; border: 1px solid var(--rivulet-border-strong); border-radius: 1.2em;
}
.greeting-reply:hover { border-color: var(--rivulet-accent-text); color: var(--rivulet-accent-text); }
@keyframes greeting-rise { from { opacity: 0; transform: translateY(.5em); } }
@media (pointer: coarse) {
  .greeting-close { inline-size: 2.75em; block-size: 2.75em; inset-block-start: .125em; inset-inline-end: .125em; }
  .greeting-card .greeting-reply { min-block-size: 3.1em; }
}
@media (prefers-reduced-motion: reduce) { .greeting-card { animation: none; } }
`;
