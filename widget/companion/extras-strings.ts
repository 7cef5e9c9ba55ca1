import { extras as english } from "../strings/en.ts";
import type { ExtrasStrings } from "../strings/strings.ts";
import type { ViewContext } from "../view/context.ts";

/** The strings of the views that few messages need. */
export function extrasOf({ strings }: Pick<ViewContext, "strings">): ExtrasStrings {
  return strings.part("extras", english);
}
