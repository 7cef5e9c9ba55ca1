import { fitViewport } from "./fit-viewport.ts";
import { holdPage } from "./hold-page.ts";
import { makeModal } from "./modal.ts";
import type { ModalOptions } from "./modal.ts";
import { phoneStyles } from "./phone-styles.ts";

/** Options of {@link coverScreen}. */
export interface CoverOptions extends ModalOptions {
  /** False while the page makes the chat inert: then the panel is not modal. */
  isUsable: boolean;
}

const sheet = new CSSStyleSheet();
sheet.replaceSync(phoneStyles);

/**
 * Prepares a panel that covers the screen: makes it modal, fits it into the area above the keyboard, and stops the page
 * behind it from scrolling.
 * @returns a function that undoes all of this
 */
export function coverScreen(panel: HTMLDialogElement, options: CoverOptions): () => void {
  const { root, isUsable } = options;
  const covered = new AbortController();
  const { signal } = covered;
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
  holdPage(signal);
  fitViewport(panel, signal);
  if (isUsable) makeModal(panel, options, signal);
  return () => covered.abort();
}
