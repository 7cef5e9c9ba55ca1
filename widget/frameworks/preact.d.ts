// `rivulet-chat/preact`: the types of <rivulet-chat> in the JSX of Preact.
import type { ClassAttributes, HTMLAttributes } from "preact";
import type { RivuletChat } from "../element/rivulet-chat.js";
import type { RivuletListeners, RivuletProperties } from "./template.js";

declare module "preact" {
  namespace JSX {
    interface IntrinsicElements {
      "rivulet-chat": Omit<HTMLAttributes<RivuletChat>, keyof RivuletProperties> &
        ClassAttributes<RivuletChat> &
        RivuletProperties &
        RivuletListeners;
    }
  }
}
