import type { RivuletEvent, RivuletEventName } from "../element/events.ts";
import type { properties } from "../element/properties.ts";
import type { RivuletChat } from "../element/rivulet-chat.ts";

/** The element's properties in a template. A property that is absent or undefined has its default. */
export type RivuletProperties = { [Name in keyof Properties]?: Properties[Name] | undefined };

type Properties = Pick<RivuletChat, keyof typeof properties>;

/** The element's events in JSX and Svelte: `onrivulet-ready` and the others. */
export type RivuletListeners = {
  [Name in RivuletEventName as `on${Name}`]?: ((event: RivuletEvent<Name>) => void) | undefined;
};
