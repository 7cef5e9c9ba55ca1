import type { UpdatingElement } from "../element/updating-element.ts";
import type { ConversationController } from "../conversation/controller.ts";
import type { ViewContext } from "../view/context.ts";

/** The chat, as the parts that are added to it see it. */
export interface CompanionHost {
  readonly element: UpdatingElement;
  readonly root: ShadowRoot;
  controller(): ConversationController;
  context(): ViewContext;
  /** Announces text to screen readers. */
  say(text: string): void;
}

/** Whether the panel is shown. */
export function isPanelShown(root: ShadowRoot): boolean {
  return root.querySelector("[part=panel]:not([hidden])") !== null;
}
