import { extras as english } from "../strings/en.ts";
import type { ExtrasStrings } from "../strings/strings.ts";
import type { ViewContext } from "./context.ts";

/** The strings of thoughts and of earlier versions. */
export function extrasOf({ strings }: ViewContext): ExtrasStrings {
  return strings.part("extras", english);
}
