export { RivuletChat } from "./rivulet-chat.ts";
export type { AnnounceMode } from "./announce/announce-mode.ts";
export type { ChatMode } from "./rivulet-chat.ts";
export { RivuletError } from "./rivulet-error.ts";
export type { RivuletEvent, RivuletEventDetails, RivuletEventName } from "./events.ts";
export type { FailureCode } from "./conversation/state.ts";
export { addLanguage } from "./strings/strings.ts";
export type { ChatStrings, Language, LauncherStrings, SpokenStrings } from "./strings/strings.ts";
