import { RivuletChat } from "./rivulet-chat.ts";

/** Registers `<rivulet-chat>`, once: with two scripts on one page, the first one serves both. */
export function defineElement(): void {
  if (!customElements.get("rivulet-chat")) customElements.define("rivulet-chat", RivuletChat);
}
