/**
 * Creates a button that shows as pressed while it listens or speaks. It is built with plain DOM calls, because it is
 * inserted among nodes that Lit draws.
 * @param outline one of the icons below
 */
export function createButton(classes: string, outline: string, run: () => void): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = classes;
  const namespace = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(namespace, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(namespace, "path");
  path.setAttribute("d", outline);
  svg.append(path);
  button.append(svg);
  button.addEventListener("click", run);
  return button;
}

/** Shows a button's name and state. */
export function showButton(button: HTMLButtonElement, label: string, isPressed: boolean): void {
  button.ariaLabel = label;
  button.title = label;
  button.ariaPressed = `${isPressed}`;
}

export const speakerIcon =
  "M4.5 9.5v5h3l4.5 3.8V5.7L7.5 9.5h-3ZM15.2 9.2a4 4 0 0 1 0 5.6M17.8 6.8a7.4 7.4 0 0 1 0 10.4";
export const microphoneIcon =
  "M12 4a2.6 2.6 0 0 1 2.6 2.6v4.8a2.6 2.6 0 0 1-5.2 0V6.6A2.6 2.6 0 0 1 12 4ZM6.2 11.2a5.8 5.8 0 0 0 11.6 0M12 17v3";
