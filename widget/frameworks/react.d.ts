// `rivulet-chat/react`: the types of <rivulet-chat> in the JSX of React 19.
import type { DetailedHTMLProps, HTMLAttributes } from "react";
import type { RivuletChat } from "../element/rivulet-chat.js";
import type { RivuletListeners, RivuletProperties } from "./template.js";

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "rivulet-chat": DetailedHTMLProps<HTMLAttributes<RivuletChat>, RivuletChat> &
        RivuletProperties &
        RivuletListeners;
    }
  }
}
