import type { SpeechSettings } from "../../protocol/index.ts";
import { isRecord } from "../transport/json.ts";
import type { ViewContext } from "../view/context.ts";

/** The speech features that the assistant allows. An unknown value counts as not allowed. */
export function speechSettings({ state: { profile } }: ViewContext): SpeechSettings {
  const given = profile.state === "ready" ? profile.profile.speech : undefined;
  const { readAloud, dictation } = isRecord(given) ? given : {};
  return {
    readAloud: readAloud === "local" || readAloud === "any" ? readAloud : undefined,
    dictation: dictation === true ? true : undefined,
  };
}
