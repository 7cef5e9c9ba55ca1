import type { ElementController, UpdatingElement } from "./updating-element.ts";
import { launcher } from "../embed/launcher.ts";
import { keepEvents } from "./keep-events.ts";

/**
 * Applies the attributes `inset-inline`, `inset-block` and `layer`, and the color scheme, to the panel and to the
 * launcher's corner. Applies `accent-color` to the element. Keeps the events of each new panel inside that panel.
 */
export class Placement implements ElementController {
  readonly #host: UpdatingElement;
  readonly #root: ShadowRoot;
  #applied = "";
  #panel: HTMLElement | null = null;

  constructor(host: UpdatingElement, root: ShadowRoot) {
    this.#host = host;
    this.#root = root;
    host.addController(this);
  }

  hostUpdated(): void {
    const panel = this.#root.querySelector<HTMLElement>("[part=panel]");
    const wanted = ["inset-inline", "inset-block", "layer", "theme", "accent-color"]
      .map((name) => this.#host.getAttribute(name))
      .join();
    if (panel === this.#panel && wanted === this.#applied) return;
    if (panel && panel !== this.#panel) keepEvents(panel);
    this.#panel = panel;
    this.#applied = wanted;
    if (panel) placePanel(this.#host, panel);
    const corner = this.#root.querySelector<HTMLElement>(".corner");
    if (corner) launcher.placeCorner(this.#host, corner);
  }
}

/** Applies the attributes to the panel. As for the launcher, a value that is not a length or a number is ignored. */
function placePanel(host: Element, { style }: HTMLElement): void {
  for (const name of ["inset-inline", "inset-block"]) {
    const value = host.getAttribute(name)?.replace(/^0$/, "0px") ?? ""; // `calc()` rejects a length without a unit
    style.setProperty(`--rivulet-${name}`, CSS.supports(`padding-block:0 ${value}`) ? value : null);
  }
  style.setProperty("z-index", host.getAttribute("layer"));
  launcher.followScheme(host, style);
}
