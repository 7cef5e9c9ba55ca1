import type { ConversationController } from "../conversation/controller.ts";
import { isSendable } from "../conversation/draft.ts";
import type { ChatRequests } from "../view/context.ts";
import type { AnswerActions } from "./answer-actions.ts";
import type { LazyParts } from "./lazy-parts.ts";

/** What handles the view's requests. */
export interface RequestHandlers {
  readonly element: { stop(): void; hide(): void; newConversation(): void };
  enlarge(): void;
  controller(): ConversationController;
  parts(): LazyParts | undefined;
  actions(): AnswerActions | undefined;
  /** @param replaces id of an earlier question that `text` replaces */
  ask(text: string, replaces?: string): void;
  focusInput(): void;
  jumpToLatest(): void;
}

/** Connects each request of the view to its handler. */
export function createViewRequests(handlers: RequestHandlers): ChatRequests {
  const { element, controller, parts, actions, ask, focusInput } = handlers;
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
      if (parts()?.isListOpen) parts()?.closeList();
      element.newConversation();
      focusInput();
    },
    toggleList: () => void parts()?.toggleList(),
    regenerate: (question) => {
      actions()?.versions.delete(question);
      void controller().regenerate(question);
      focusInput();
    },
    showVersion: (question, version) => actions()?.showVersion(question, version),
    openDetail: (detail) => void parts()?.openDetail(detail),
    replace: (question, text) => {
      void parts()?.openDetail(undefined);
      ask(text, question);
      focusInput();
    },
    rate: (answer, feedback) => void actions()?.rate(answer, feedback),
    handOver: () => void parts()?.handover?.open(),
    close: () => element.hide(),
    enlarge: () => handlers.enlarge(),
    jumpToLatest: () => handlers.jumpToLatest(),
    copy: (text, answer) => void actions()?.copy(text, answer),
  };
}
