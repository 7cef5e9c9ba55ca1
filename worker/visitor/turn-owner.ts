import { replayWindowMs } from "../../protocol/index.ts";
import { recoverTurn } from "./recover.ts";
import type { VisitorStore } from "./store.ts";
import { titleOf } from "./title.ts";
import type { TurnOwner } from "./turn.ts";

/** Where turns are kept. */
export interface TurnKeeper {
  store: VisitorStore;
  settings: TurnOwner["settings"];
  /** A turn has begun: asks to be woken should it never end. */
  schedule(): void;
}

/** Keeps a turn in the visitor's store, from its beginning to its end. */
export function turnOwner({ store, settings, schedule }: TurnKeeper): TurnOwner {
  return {
    settings,
    reserve: (answer, seq) => store.reserve(answer, seq),
    append: (answer, first, last, frames) => store.append(answer, first, last, frames),
    begin({ conversation, message, answer, assistant }, details) {
      const now = Date.now();
      store.pruneLogs(now - replayWindowMs);
      store.beginTurn({
        conversation: { id: conversation, assistant: assistant.id, title: titleOf(message.content) },
        message,
        answer: { id: answer, details },
        now,
      });
      schedule();
    },
    end(answer, log) {
      store.transaction(() => {
        log.flush();
        store.endTurn({ ...answer, lastSeq: log.lastSeq }, Date.now());
      });
    },
    lose(answer) {
      const record = store.answer(answer);
      if (record?.status === "running") recoverTurn(store, record, Date.now());
    },
  };
}
