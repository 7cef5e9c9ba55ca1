import { ConversationController } from "./conversation/controller.ts";
import type { ConversationListener } from "./conversation/controller.ts";
import { createPlaceStore, createSessionStore } from "./conversation/storage.ts";
import { storageKey } from "./conversation/storage-key.ts";
import { ChatApi } from "./transport/api.ts";

/** Whom a conversation is with, and who speaks for the visitor. */
export interface ConnectOptions {
  assistant: string;
  /** Whether what was said before signing in comes along. */
  bringAlong: boolean;
  /** The site's own signed statement of who is logged in, asked for at the moment when it is needed. */
  getUserToken?: () => Promise<string | undefined>;
}

/**
 * Makes a conversation with an assistant of a worker. Nothing is sent yet.
 * @param options read again whenever a session begins
 * @param endpoint the worker's absolute address
 * @param challengeToken what a challenge gives that is solved now
 */
export function connect(
  options: ConnectOptions,
  endpoint: string,
  listener: ConversationListener,
  challengeToken: (isDemanded: boolean) => Promise<string | undefined> | undefined,
): ConversationController {
  const { assistant } = options;
  const identity = {
    isKnown: () => options.getUserToken !== undefined,
    userToken: () => options.getUserToken?.() ?? Promise.resolve(undefined),
    bringsAlong: () => options.bringAlong,
    challengeToken: async (isDemanded: boolean) => challengeToken(isDemanded),
    changed: () => controller.beginAsAnother(),
  };
  const api = new ChatApi({ endpoint, assistant, store: createSessionStore(endpoint, assistant), identity });
  const places = createPlaceStore(endpoint, assistant);
  const tabsName = storageKey("tabs", endpoint, assistant);
  const controller = new ConversationController({ api, places, tabsName, listener });
  return controller;
}
