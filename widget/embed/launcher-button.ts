import type { LauncherStrings } from "../strings/strings.ts";
import { chatIcon, chevronIcon } from "../view/icons.ts";
import { keepInCorner, placeCorner } from "./corner.ts";

/** The launcher's state. `failed` means that the panel could not be loaded. */
export type LauncherState = "closed" | "loading" | "failed" | "open";

/**
 * Creates the launcher with plain DOM calls. The script tag draws it long before the panel is loaded. The element then
 * finds it in the shared shadow root and keeps the same node, so nothing flashes and focus is kept.
 * @param root the element's shadow root
 * @returns the existing button, or a new one
 */
export function ensureLauncher(root: ShadowRoot): HTMLButtonElement {
  const present = root.querySelector<HTMLButtonElement>("[part=launcher]");
  if (present) return present;
  const button = document.createElement("button");
  button.type = "button";
  button.setAttribute("part", "launcher");
  button.setAttribute("aria-haspopup", "dialog");
  const note = document.createElement("span");
  note.className = "launcher-note";
  note.setAttribute("role", "status");
  button.append(drawing("chat", chatIcon), drawing("chevron", chevronIcon));
  const corner = document.createElement("div");
  corner.className = "corner";
  corner.append(button, note);
  placeCorner(root.host, corner);
  root.append(corner);
  keepInCorner(corner);
  for (const type of ["keydown", "keypress", "keyup", "focusin", "focusout"]) button.addEventListener(type, keep);
  return button;
}

/** Keeps the focus and the keys that press the button from the page: from its hotkeys, and from a focus trap. */
function keep(event: Event): void {
  if (!("key" in event) || event.key === "Enter" || event.key === " ") event.stopPropagation();
}

/**
 * Shows a state of the launcher in the visitor's language.
 * @param lang BCP 47 tag of the strings, which may not be the page's
 */
export function showLauncher(
  button: HTMLButtonElement,
  state: LauncherState,
  strings: LauncherStrings,
  lang = "en",
): void {
  const label = { closed: strings.open, failed: strings.open, loading: strings.loading, open: strings.close }[state];
  button.dataset["state"] = state;
  button.setAttribute("aria-label", label);
  button.setAttribute("aria-expanded", String(state === "open"));
  button.setAttribute("aria-busy", String(state === "loading"));
  button.lang = lang;
  const note = button.nextElementSibling;
  note?.setAttribute("lang", lang);
  if (note) note.textContent = state === "failed" ? strings.loadFailed : "";
}

function drawing(name: string, outline: string): SVGElement {
  const namespace = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(namespace, "svg");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(namespace, "path");
  path.setAttribute("d", outline);
  svg.append(path);
  return svg;
}
