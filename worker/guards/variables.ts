import type { Assistant } from "../assistants/assistant.ts";
import type { Env } from "../env.ts";
import type { Settings } from "../settings.ts";
import type { Session } from "./session-token.ts";

/** What the middleware stores about a request. */
export interface AppVariables {
  requestId: string;
  settings: Settings;
  /** Set by the session guard. */
  session: Session;
  /** Set by the session guard; undefined if the session's assistant has been removed since. */
  assistant: Assistant | undefined;
}

/** The types of the whole app. */
export interface AppEnv {
  Bindings: Env;
  Variables: AppVariables;
}
