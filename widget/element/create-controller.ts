import { ConversationController } from "../conversation/controller.ts";
import type { ConversationListener } from "../conversation/controller.ts";
import { refusal } from "../conversation/failure.ts";
import { createSessionStore, createTabStateStore } from "../conversation/storage.ts";
import { storageKey } from "../conversation/storage-key.ts";
import { ChatApi } from "../transport/api.ts";

/** The assistant, and who the visitor is. */
export interface ControllerOptions {
  assistant: string;
  /** Whether conversations from before signing in are kept. */
  bringAlong: boolean;
  /** Returns the site's signed statement of who is signed in. Called when it is needed. */
  getUserToken?: () => Promise<string | undefined>;
}

/**
 * Creates a conversation with a worker's assistant. No request is sent yet.
 * @param options `bringAlong` and `getUserToken` are read again whenever they are needed
 * @param endpoint the worker's absolute address
 * @param lang returns the BCP 47 tag of the page's language
 * @param challengeToken has the visitor solve a challenge, and returns its token; undefined if none is needed
 */
export function createController(
  options: ControllerOptions,
  endpoint: string,
  listener: ConversationListener,
  lang: () => string,
  challengeToken: (isRequired: boolean) => Promise<string | undefined> | undefined,
): ConversationController {
  const { assistant } = options;
  const identity = {
    isKnown: () => options.getUserToken !== undefined,
    userToken: async () => (await options.getUserToken?.()) ?? undefined, // sites also return null
    bringsAlong: () => options.bringAlong,
    challengeToken: async (isRequired: boolean) => challengeToken(isRequired),
    changed: () => controller.switchVisitor(),
    replaced: () => controller.replaceVisitor(),
    signedOut: () => {
      controller.switchVisitor();
      controller.notifyTabs();
      controller.dispatch({ type: "notice-changed", failure: refusal("signed_out") });
    },
  };
  const api = new ChatApi({ endpoint, assistant, store: createSessionStore(endpoint, assistant), identity, lang });
  const tabStates = createTabStateStore(endpoint, assistant);
  const tabsName = storageKey("tabs", endpoint, assistant);
  const controller = new ConversationController({ api, tabStates, tabsName, listener });
  return controller;
}
