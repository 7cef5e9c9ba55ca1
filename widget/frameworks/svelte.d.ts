// `rivulet-chat/svelte`: the types of <rivulet-chat> in the templates of Svelte 5.
import type { HTMLAttributes } from "svelte/elements";
import type { RivuletChat } from "../element/rivulet-chat.js";
import type { RivuletListeners, RivuletProperties } from "./template.js";

declare module "svelte/elements" {
  interface SvelteHTMLElements {
    "rivulet-chat": Omit<HTMLAttributes<RivuletChat>, keyof RivuletProperties> & RivuletProperties & RivuletListeners;
  }
}
