import type { Assistant } from "../assistants/assistant.ts";
import type { Env } from "../env.ts";
import type { Settings } from "../settings.ts";
import type { Session } from "./session-token.ts";

/** What the middleware of the app has found out about a request. */
export interface AppVariables {
  requestId: string;
  settings: Settings;
  /** Behind the session guard alone. */
  session: Session;
  /** Behind the session guard alone; undefined where the session's assistant was removed since. */
  assistant: Assistant | undefined;
}

/** The types of the whole app. */
export interface AppEnv {
  Bindings: Env;
  Variables: AppVariables;
}
