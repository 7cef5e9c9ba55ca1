export { RivuletChat } from "./element/rivulet-chat.ts";
export { defineElement } from "./element/define-element.ts";
export type { AnnounceMode } from "./announce/announce-mode.ts";
export type { ChatMode } from "./element/properties.ts";
export type { SharedPage } from "./page/page-reading.ts";
export { RivuletError } from "./element/rivulet-error.ts";
export type { RivuletEvent, RivuletEventDetails, RivuletEventName } from "./element/events.ts";
export type { RivuletListeners, RivuletProperties } from "./frameworks/template.ts";
export type { FailureCode } from "./conversation/state.ts";
export type {
  AnnouncementStrings,
  ChallengeStrings,
  ChatStrings,
  CustomStrings,
  ExtrasStrings,
  FormStrings,
  Language,
  LauncherStrings,
  ListStrings,
  PageStrings,
  Plural,
  SourceStrings,
} from "./strings/strings.ts";
