// The host pages on which the chat is tested: in Chromium by the tests beside this file, and in Firefox and WebKitGTK
// by `npm run prove -- host-pages`.
import { doctype } from "./host-page.ts";

/** More text than fits into any window. */
export const longText = "<p>A line of text</p>".repeat(120);

/** Pages whose layout could move elements with `position: fixed`, by their names in `docs/host-pages.md`. */
export const layouts: Record<string, string> = {
  "no styles": `${doctype}<body>${longText}`,
  "`transform` on html": `${doctype}<html style="transform: translateZ(0)"><body>${longText}`,
  "`transform` on body": `${doctype}<body style="transform: translateZ(0)">${longText}`,
  "`transform` on body, which is shorter than the window": `${doctype}<body style="transform: scale(1)">A line`,
  "a body that an animation has moved into place": `${doctype}
    <style>@keyframes rise { from { transform: translateY(9px) } to { transform: none; translate: 0 } }
    body { animation: rise 1ms both }</style><body>${longText}`,
  "`filter` on html": `${doctype}<html style="filter: grayscale(1)"><body>${longText}`,
  "`filter` on body": `${doctype}<body style="filter: grayscale(1)">${longText}`,
  "`contain` on body": `${doctype}<body style="contain: layout paint">${longText}`,
  "`will-change` on body": `${doctype}<body style="will-change: transform">${longText}`,
  "`zoom` on html": `${doctype}<html style="zoom: 1.25"><body>${longText}`,
  "`zoom` on body": `${doctype}<body style="zoom: 1.25">${longText}`,
  "a root font size of 62.5 %": `${doctype}<html style="font-size: 62.5%"><body>${longText}`,
  "quirks mode": `<body>${longText}`,
  "a body that is a stacking context below the page": `${doctype}<html style="background: white">
    <body style="position: relative; z-index: -1">${longText}`,
  "a body that scrolls instead of the window": `${doctype}<style>html, body { height: 100%; overflow: hidden }</style>
    <body style="overflow: auto; margin: 0">${longText}`,
};

/** A button of the page in the middle of the window. After a click it has the attribute `data-clicked`. */
export const pageButton = `<button id="own" onclick="this.dataset.clicked = ''"
  style="position: fixed; inset: 0; margin: auto; width: 9em; height: 3em">The page's own</button>`;

/** A header that nothing in the page can cover. */
export const stickyHeader = `${doctype}<body style="margin: 0">
  <header id="header" style="position: sticky; top: 0; height: 64px; z-index: 2147483647"></header>`;

/** A banner over the lower half of the window. */
export const cookieBanner = `${doctype}
  <div id="banner" style="position: fixed; inset: auto 0 0; height: 50%; z-index: 99999"></div>`;

const dialogPage = (script: string) => `${doctype}${pageButton}<div id="holder"></div>
  <dialog id="dialog" style="width: 90%; height: 90%"></dialog>
  <script>modal = document.getElementById("dialog"); ${script}</script>`;

/** Pages with a modal dialog, which is the variable `modal` in the page. */
export const dialogs = {
  "modal dialog": dialogPage(""),
  "modal dialog in a shadow tree": dialogPage(`holder.attachShadow({ mode: "open" }).append(modal);`),
};

/** Hotkeys that look at the target or at the focused element, and a search field that `/` focuses. */
export const hotkeys = `<input id="q" placeholder="search"><script>
  addEventListener("keydown", (e) => {
    if (/^(input|textarea|select)$/i.test(e.target.tagName)) return;
    if ("spf ".includes(e.key)) e.preventDefault();
  });
  document.addEventListener("keydown", (e) => {
    if (["INPUT", "TEXTAREA", "SELECT", "BUTTON"].includes(document.activeElement.tagName)) return;
    if (e.key === "/") { e.preventDefault(); q.focus(); }
    if (e.key === "ArrowLeft") location.href = "?previous-page";
  });
  for (const type of ["keypress", "beforeinput"]) addEventListener(type, (e) => e.preventDefault());
</script>`;

/** A script that replaces the browser's scrolling by its own, as scripts for smooth scrolling do. */
export const wheelHijack = `<script>
  document.write("<p>words</p>".repeat(150));
  for (const type of ["wheel", "touchmove"]) {
    addEventListener(type, (e) => { e.preventDefault(); scrollBy(0, e.deltaY ?? 50); }, { passive: false });
  }
</script>`;

/** A dialog that takes the focus back. */
export const focusTrap = `<div id="m" tabindex="-1">A dialog with a focus trap <input></div><script>
      addEventListener("focusin", (e) => { if (!m.contains(e.target)) m.focus(); });
    </script>`;

/** A page that changes or cancels the events of the clipboard, of drops, of selections and of the context menu. */
export const clipboardOwner = `<p id="outside">Words</p><script>
      addEventListener("copy", (e) => { e.clipboardData.setData("text/plain", "Read more at …"); e.preventDefault(); });
      for (const type of ["cut", "paste", "contextmenu", "dragover", "drop", "selectstart", "mousedown"]) {
        addEventListener(type, (e) => { e.preventDefault(); (window.dropped ??= []).push(type + e.dataTransfer?.files.length); });
      }
    </script>`;

/** Records in `escapes` the event type of each Escape that reaches the page. */
export const escapes = `<script>
  window.escapes = [];
  for (const type of ["keydown", "keyup"]) addEventListener(type, ({ key }) => key === "Escape" && escapes.push(type));
</script>`;

/** Style rules of hostile pages and of common style sheets, by their names in `docs/host-pages.md`. */
export const rules: Record<string, string> = {
  "`*` sets fonts, colors, spacing, case, alignment and selection": `* {
    font-family: serif; font-size: 11px; color: #c00; letter-spacing: .12em; text-transform: uppercase;
    text-align: center; user-select: none }`,
  "`*` sets them with `!important`": `*, rivulet-chat {
    font: italic 900 11px/3 serif !important; color: #c00 !important; letter-spacing: .12em !important;
    word-spacing: 1em !important; text-indent: 2em !important; white-space: pre !important; cursor: none !important;
    text-shadow: 1px 1px #0f0 !important; text-decoration: underline wavy red !important;
    -webkit-text-fill-color: #f0f !important; -webkit-text-stroke: 1px #0ff !important; list-style: square !important;
    fill: red !important; stroke: red !important; stroke-width: 9 !important; word-break: break-all !important }`,
  "`body > *` is a box with effects": `body > * {
    display: block; position: relative; z-index: 0; margin: 30px; padding: 20px; border: 5px solid red; opacity: .5;
    max-width: 200px; overflow: hidden; background: pink; box-shadow: 0 0 9px red; outline: 3px solid red;
    transform: rotate(3deg) scale(.8); filter: invert(1); clip-path: circle(10px); mix-blend-mode: multiply }
    body > * { contain: strict; perspective: 100px; will-change: transform; transition: all 9s; zoom: 1.5 }
    body > script { display: none }`,
  "`*::before` and `*::after` have content": `:not(html, body)::before, :not(html, body)::after {
    content: "×"; display: block; position: fixed; inset: 0; z-index: 99999; font: 99px serif; background: red }`,
  "undefined elements are hidden until they are defined": `:not(:defined), rivulet-chat {
    visibility: hidden; opacity: 0; transition: opacity 9s }`,
  "the root has an unusual writing mode, size and cursor": `html, body {
    writing-mode: vertical-rl; text-orientation: upright; font-size: 62.5%; line-height: 0; cursor: none;
    hyphens: auto; tab-size: 1; quotes: none; accent-color: red; caret-color: red; scrollbar-color: red blue;
    forced-color-adjust: none; interpolate-size: allow-keywords; text-size-adjust: 300%; zoom: 1 }`,
  "custom properties are registered": `@property --rivulet-text { syntax: "<color>"; inherits: true; initial-value: red }
    @property --code { syntax: "<color>"; inherits: false; initial-value: red }
    * { --code: red; --text: red; --viewport-top: 50px }`,
  "`::selection`, `::placeholder` and `::marker` are styled": `*::selection {
    background: red; color: #0f0; text-shadow: 2px 2px blue }
    ::placeholder, ::marker, ::-webkit-scrollbar { color: red; background: red; width: 50px }`,
};
