import type { ChatProfile } from "../../protocol/index.ts";
import type { ChatApi } from "../transport/api.ts";
import { refusal, toFailure } from "./failure.ts";
import type { ChatAction } from "./reduce.ts";
import type { ChatState, Failure } from "./state.ts";

/** The conversation that needs the profile. */
interface ProfileHost {
  readonly api: ChatApi;
  readonly state: ChatState;
  dispatch(action: ChatAction): void;
}

/** Handles a profile before it is shown, and the failure to load it. */
export interface ProfileListener {
  /** Something failed. The state contains the failure as well. */
  failed(failure: Failure): void;
  /**
   * Makes sure that visitors can be asked for their consent, if the assistant asks for it.
   * @returns the profile; if the assistant asks for consent, `available` says whether they have agreed
   */
  askConsent(profile: ChatProfile): Promise<ChatProfile> | ChatProfile;
}

/** Fetches the assistant's profile, unless it is loaded. Resolves even if that fails. */
export async function loadProfile(host: ProfileHost, listener: ProfileListener): Promise<void> {
  const { api, state } = host;
  if (state.profile.profile) return;
  const fail = (failure: Failure) => {
    host.dispatch({ type: "profile-failed", failure });
    listener.failed(failure);
  };
  if (api.assistant === "") return fail(refusal("missing_assistant"));
  host.dispatch({ type: "profile-requested" });
  try {
    host.dispatch({ type: "profile-loaded", profile: await listener.askConsent(await api.profile()) });
  } catch (error) {
    fail(toFailure(error, Date.now()));
  }
}

/** Fetches the assistant's texts in another language. If that fails, the earlier ones stay. */
export async function translateProfile(host: ProfileHost): Promise<void> {
  if (!host.state.profile.profile) return; // it will be fetched in the new language
  const profile = await host.api.profile().catch(() => undefined);
  if (profile) host.dispatch({ type: "profile-loaded", profile });
}
