// `rivulet-chat/vue`: the types of <rivulet-chat> in the templates of Vue 3.
import type { EmitFn, HTMLAttributes, PublicProps } from "vue";
import type { RivuletEvent, RivuletEventName } from "../element/events.js";
import type { RivuletChat } from "../element/rivulet-chat.js";
import type { RivuletProperties } from "./template.js";

type Emits = { [Name in RivuletEventName]: (event: RivuletEvent<Name>) => void };

declare module "vue" {
  interface GlobalComponents {
    "rivulet-chat": new () => RivuletChat & {
      /** Exists only for the compiler. */
      $props: Omit<HTMLAttributes, keyof RivuletProperties> & RivuletProperties & PublicProps;
      /** Exists only for the compiler. */
      $emit: EmitFn<Emits>;
    };
  }
}
