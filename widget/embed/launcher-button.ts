import type { LauncherWords } from "../strings/strings.ts";
import { chatIcon } from "../view/icons.ts";
import { keepInCorner, placeCorner } from "./corner.ts";

/** The launcher's state. `failed` means that the panel could not be loaded. */
export type LauncherState = "closed" | "loading" | "failed" | "open";

/**
 * Creates the launcher with plain DOM calls. The script tag draws it long before the panel is loaded. The element then
 * finds it in the shared shadow root and keeps the same node, so nothing flashes and focus is kept.
 * @param host the element
 * @param root its shadow root
 * @returns the existing button, or a new one
 */
export function ensureLauncher(host: HTMLElement, root: ShadowRoot): HTMLButtonElement {
  const present = root.querySelector<HTMLButtonElement>("[part=launcher]");
  if (present) return present;
  const button = document.createElement("button");
  button.part.value = "launcher";
  button.ariaHasPopup = "dialog";
  const note = document.createElement("span");
  note.role = "status";
  button.append(drawIcon("chat", chatIcon));
  const corner = document.createElement("div");
  corner.className = "corner";
  corner.append(button, note);
  placeCorner(host, corner);
  root.append(corner);
  keepInCorner(host, corner);
  for (const type of ["keydown", "keypress", "keyup", "focusin", "focusout"]) button.addEventListener(type, keep);
  return button;
}

/** Keeps the button's focus events, and the keys that press it, from the page's hotkeys and focus traps. */
function keep(event: Event): void {
  if (!("key" in event) || event.key === "Enter" || event.key === " ") event.stopPropagation();
}

/** Shows a state of the launcher. The language of the words may not be the page's. */
export function showLauncher(button: HTMLButtonElement, state: LauncherState, strings: LauncherWords): void {
  const isOpen = state === "open";
  button.dataset["state"] = state;
  button.ariaLabel = isOpen ? strings.close : state === "loading" ? strings.loading : strings.open;
  button.ariaExpanded = `${isOpen}`;
  const { parentElement: corner, nextElementSibling: note } = button;
  if (!corner || !note) return;
  corner.lang = strings.lang;
  note.textContent = state === "failed" ? strings.loadFailed : "";
}

/** Draws an icon of the launcher. */
export function drawIcon(name: string, outline: string): SVGElement {
  const namespace = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(namespace, "svg");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("viewBox", "0 0 24 24");
  const path = document.createElementNS(namespace, "path");
  path.setAttribute("d", outline);
  svg.append(path);
  return svg;
}
