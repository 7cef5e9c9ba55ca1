import type { UpdatingElement } from "./updating-element.ts";
import type { AvatarSettings } from "../avatar/avatar-part.ts";
import type { ConversationController } from "../conversation/controller.ts";
import type { PageSettings } from "../page/page-reading.ts";
import type { ViewContext } from "../view/context.ts";

/** The element as its helpers see it. */
export interface ChatHost {
  readonly element: UpdatingElement & PageSettings & AvatarSettings;
  readonly root: ShadowRoot;
  controller(): ConversationController;
  context(): ViewContext;
  /** Announces text to screen readers. */
  say(text: string): void;
  focusInput(): void;
}
