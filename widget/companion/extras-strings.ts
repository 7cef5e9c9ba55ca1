import { extras as english } from "../strings/en.ts";
import type { ExtrasStrings } from "../strings/strings.ts";
import type { ViewContext } from "../view/context.ts";

/** The strings of thoughts, earlier versions, references and unread answers. */
export function extrasOf({ strings }: ViewContext): ExtrasStrings {
  return strings.part("extras", english);
}
