import type { ConversationController } from "./conversation/controller.ts";
import type { Extras } from "./extras.ts";
import { isSendable } from "./view/composer.ts";
import type { ChatRequests } from "./view/context.ts";

/** What carries out what the view asks for. */
export interface RequestHandlers {
  readonly element: { stop(): void; close(): void; newConversation(): void };
  controller(): ConversationController;
  extras(): Extras | undefined;
  /** @param replaces id of an earlier question */
  ask(text: string, replaces?: string): void;
  focusInput(): void;
  jumpToNewest(): void;
}

/** Everything that the view may ask for, each brought to who does it. */
export function createRequests(handlers: RequestHandlers): ChatRequests {
  const { element, controller, extras, ask, focusInput } = handlers;
  return {
    draft: (text) => controller().dispatch({ type: "drafted", text }),
    submit: () => {
      const { state } = controller();
      if (isSendable(state)) ask(state.draft);
    },
    send: (text) => ask(text),
    stop: () => element.stop(),
    retry: (id) => void controller().retry(id),
    withdraw: (id) => {
      controller().dispatch({ type: "withdrawn", question: id });
      focusInput();
    },
    reloadHistory: () => void controller().catchUp(),
    reloadPage: () => location.reload(),
    reloadProfile: () => void controller().loadProfile(),
    restart: () => {
      if (extras()?.isLibraryOpen) extras()?.closeLibrary();
      element.newConversation();
      focusInput();
    },
    toggleLibrary: () => void extras()?.toggleLibrary(),
    regenerate: (question) => {
      extras()?.versions.delete(question);
      void controller().regenerate(question);
      focusInput();
    },
    showVersion: (question, version) => extras()?.showVersion(question, version),
    openDetail: (detail) => void extras()?.openDetail(detail),
    replace: (question, text) => {
      void extras()?.openDetail(undefined);
      ask(text, question);
      focusInput();
    },
    rate: (answer, feedback) => void extras()?.rate(answer, feedback),
    close: () => element.close(),
    jumpToNewest: () => handlers.jumpToNewest(),
    copy: (text, answer) => void extras()?.copy(text, answer),
  };
}
