import { RivuletChat } from "./rivulet-chat.ts";

// two scripts on one page, or one loaded twice: the first one serves both
if (!customElements.get("rivulet-chat")) customElements.define("rivulet-chat", RivuletChat);
