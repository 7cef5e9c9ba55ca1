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
 * Fetches the assistant's profile, unless it is loaded or being loaded.
 * @param failed called if it cannot be loaded; the state contains the failure as well
 */
export async function loadProfile(host: ProfileHost, failed: (failure: Failure) => void): Promise<void> {
  const { api, state } = host;
  if (state.profile.state === "ready" || state.profile.state === "loading") return;
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
