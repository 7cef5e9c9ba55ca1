import { RivuletChat } from "./rivulet-chat.ts";

/** Registers `<rivulet-chat>`, unless another script on the page has registered it. */
export function defineElement(): void {
  if (!customElements.get("rivulet-chat")) customElements.define("rivulet-chat", RivuletChat);
}

declare global {
  interface HTMLElementTagNameMap {
    "rivulet-chat": RivuletChat;
  }
}
