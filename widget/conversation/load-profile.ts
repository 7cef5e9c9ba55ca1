import type { ChatApi } from "../transport/api.ts";
import { refusal, toFailure } from "./failure.ts";
import type { ChatAction } from "./reduce.ts";
import type { ChatState, Failure } from "./state.ts";

/** Where the profile is needed. */
interface ProfileHost {
  readonly api: ChatApi;
  readonly state: ChatState;
  dispatch(action: ChatAction): void;
}

/**
 * Fetches the assistant's profile, unless it is loaded.
 * @param failed called if it cannot be loaded; the state contains the failure as well
 */
export async function loadProfile(host: ProfileHost, failed: (failure: Failure) => void): Promise<void> {
  const { api, state } = host;
  if (state.profile.state === "ready") return;
  const fail = (failure: Failure) => {
    host.dispatch({ type: "profile-failed", failure });
    failed(failure);
  };
  if (api.assistant === "") return fail(refusal("missing_assistant"));
  host.dispatch({ type: "profile-requested" });
  try {
    host.dispatch({ type: "profile-loaded", profile: await api.profile() });
  } catch (error) {
    fail(toFailure(error, Date.now()));
  }
}

/** Fetches the assistant's texts in another language. If that fails, the earlier ones stay. */
export async function translateProfile(host: ProfileHost): Promise<void> {
  if (host.state.profile.state !== "ready") return; // it is fetched in the language of that time
  const profile = await host.api.profile().catch(() => undefined);
  if (profile) host.dispatch({ type: "profile-loaded", profile });
}
