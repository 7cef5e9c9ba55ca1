import { speech as english } from "../strings/en.ts";
import type { SpeechStrings } from "../strings/strings.ts";
import type { ViewContext } from "../view/context.ts";

/** The strings of reading aloud and of dictation. */
export function speechStrings({ strings }: ViewContext): SpeechStrings {
  return strings.part("speech", english);
}
