/**
 * Styles of the panel in its four modes, with header and footer. In `inline` mode the chat inherits `visibility` and
 * `pointer-events`, so that a drawer or tab of the page that uses them to hide its content also hides the chat.
 *
 * The sizes are percentages of the window, because `zoom` on the page would multiply viewport units. The panel is
 * usually in the top layer. When it is not, it has the launcher's `z-index`. In browsers without popovers, it has the
 * highest one.
 */
export const panelStyles = `
:host(:is(:not([mode]), [mode="inline"])) {
  display: block; block-size: var(--rivulet-height); visibility: inherit; pointer-events: inherit;
  writing-mode: horizontal-tb !important; text-decoration: none !important;
}
.panel {
  display: flex; overflow: clip; container: panel / inline-size;
  background: var(--rivulet-background); border: 1px solid var(--rivulet-border); color: var(--rivulet-text);
  -webkit-user-select: text; user-select: text; -webkit-text-size-adjust: 100%;
}
@supports not (color: oklch(from red l c h)) { .panel { background: Canvas; } }
.panel :focus-visible { outline-color: var(--rivulet-accent-text); }
.panel:focus { outline: 0; }
.icon { flex: none; inline-size: 1.375em; block-size: 1.375em; }
.panel.inline {
  position: relative;
  inline-size: 100%; block-size: 100%; border-radius: var(--rivulet-radius);
  visibility: inherit; pointer-events: inherit;
}
.panel:not(.inline) {
  position: fixed; z-index: var(--rivulet-layer); container-type: size; animation: panel-rise .2s cubic-bezier(.2, .8, .2, 1);
}
@supports not selector(:popover-open) { .panel:not(.inline) { z-index: 2147483647; } }
.panel::backdrop { display: none; }
.panel.popup {
  inset-block: auto calc(var(--rivulet-inset-block) + 4.375em + env(safe-area-inset-bottom));
  inset-inline: auto calc(var(--rivulet-inset-inline) + env(safe-area-inset-right));
  inline-size: min(var(--rivulet-width), 100% - var(--rivulet-inset-inline) - var(--rivulet-inset));
  block-size: min(var(--rivulet-height), 100% - var(--rivulet-inset-block) - var(--rivulet-inset) - 4.375em);
  border-radius: var(--rivulet-radius);
  box-shadow: 0 .125em .375em var(--rivulet-shadow), 0 1.25em 3.5em var(--rivulet-shadow);
}
@media (min-width: 30rem) and (min-height: 26rem) {
  .panel.popup.empty { container-type: inline-size; block-size: auto; min-block-size: 25em; max-block-size: min(var(--rivulet-height), 100% - var(--rivulet-inset-block) - var(--rivulet-inset) - 4.375em); }
  .panel.popup.large { inset-block: 1.5em; inline-size: max(66%, min(100% - 3em, 40em)); block-size: auto; }
}
.panel.sidebar {
  inset-block: 0; inset-inline: auto 0; inline-size: min(var(--rivulet-width), 100%); block-size: auto;
  border-width: 0; border-inline-start-width: 1px; box-shadow: 0 0 3em var(--rivulet-shadow);
}
:host([side="start"]) .popup.popup { inset-inline: calc(var(--rivulet-inset-inline) + env(safe-area-inset-left)) auto; }
:host([side="start"]) .sidebar { inset-inline: 0 auto; border-inline-width: 0 1px; }
.panel.fullscreen { inset: 0; inline-size: auto; block-size: auto; border: 0; }
:host(:is([mode="sidebar"], [mode="fullscreen"])) [data-state="open"], .large ~ * [data-state="open"] { display: none; }
@keyframes panel-rise { from { opacity: 0; transform: translateY(.75em); } }
@media (max-width: 30rem), (max-height: 26rem) {
  :host .panel:not(.inline) {
    inset: var(--_viewport-top, 0) 0 auto; inline-size: 100%; block-size: var(--_viewport-height, 100%);
    border: 0; border-radius: 0; box-shadow: none;
  }
  :host([mode="popup"]) [data-state="open"], .header .resize { display: none; }
}
.frame { flex: 1; min-inline-size: 0; display: flex; flex-direction: column; font-size: .9375em; overflow-wrap: anywhere;
  background: linear-gradient(var(--rivulet-wash), transparent) top / 100% 6.4em no-repeat;
}
.chat { flex: 1; min-block-size: 0; display: flex; flex-direction: column; }
.empty .frame { background: linear-gradient(var(--rivulet-wash), transparent) top / 100% 22.6667em no-repeat; }
.header {
  flex: none; display: flex; align-items: center; gap: .1333em;
  min-block-size: 4.2667em; padding-block: .5em; padding-inline: 1.3333em .8em;
}
.sidebar .header { padding-block-start: max(.5em, env(safe-area-inset-top)); }
.empty .header { position: absolute; z-index: 1; inset: 0 0 auto; pointer-events: none; }
:is(.names, .welcome) [dir] { text-align: -webkit-match-parent; text-align: match-parent; }
.empty .header > * { pointer-events: auto; }
.empty .column > .failure { margin-block-start: 2.5em; }
.avatar {
  flex: none; display: grid; place-items: center; inline-size: 2.4em; block-size: 2.4em;
  border: 1px solid var(--rivulet-fill-edge); border-radius: 50%; border-end-start-radius: 22%;
  background: var(--rivulet-fill); color: var(--rivulet-on-accent); font-weight: 600; line-height: 1;
}
.names { flex: 1; min-inline-size: 0; margin-inline-start: .6667em; }
.names > * { margin: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.names h2 { font-size: 1em; font-weight: 600; line-height: 1.3333; }
.names p { font-size: .8333em; line-height: 1.28; color: var(--rivulet-text-quiet); }
.tag {
  margin-inline-start: .5em; padding: .09em .45em; border-radius: .45em; background: var(--rivulet-raised); color: var(--rivulet-accent-text);
  box-shadow: 0 0 0 1px var(--rivulet-soft-border); font-size: .7333em; font-weight: 600; vertical-align: .1em;
}
.names .tag:lang(ar) { display: none; }
.round {
  flex: none; display: grid; place-items: center; inline-size: 2.4em; block-size: 2.4em; padding: 0;
  border: 1px solid transparent; border-radius: calc(var(--rivulet-radius) / 2); background: none; cursor: pointer;
  transition: .12s;
}
@media (pointer: coarse), (max-width: 30rem) { .round { inline-size: 2.9334em; block-size: 2.9334em; } }
.plain { color: var(--rivulet-text-quiet); }
.plain:hover { background: var(--rivulet-hover); color: var(--rivulet-text); }
.footer {
  flex: none; padding: 0 1.6667em max(1em, env(safe-area-inset-bottom));
  font-size: .8em; line-height: 1.3333; text-align: center; text-wrap: balance; color: var(--rivulet-text-quiet);
}
.footer a { margin-inline-start: .375em; color: inherit; }
a { color: var(--rivulet-accent-text); text-underline-offset: .15em; text-decoration-thickness: from-font; }
form { margin: 0; }
::selection { background: color-mix(in srgb, var(--rivulet-accent) 30%, transparent); color: currentcolor; text-shadow: none; }
.visually-hidden {
  position: fixed; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
}
@container panel (max-height: 22em) {
  .frame .header { min-block-size: 0; padding-block: 0; }
  .header .round { block-size: 2.4em; }
  .header p, .started > .footer { display: none; }
  .column { padding-block: .75em; }
  .welcome > :is(.avatar, .rivulet) { display: none; }
  .frame .jump { place-items: end; padding-inline: .5em; background: none; }
}
@container panel (max-width: 21em) {
  .header > .avatar { display: none; }
}
@container panel (min-width: 44em) {
  .column, .composer, .footer { max-inline-size: 44em; inline-size: 100%; margin-inline: auto; }
}
@media (prefers-reduced-motion: reduce) {
  [part="launcher"] .icon, .panel, .panel * { animation: none !important; transition: none !important; }
}
@media (prefers-contrast: more) {
  :host { --rivulet-text-quiet: var(--rivulet-text); --rivulet-border: var(--rivulet-border-strong); }
}
`;
