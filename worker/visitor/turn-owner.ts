import { replayWindowMs, titleOf } from "../../protocol/index.ts";
import type { SpentTurn } from "../ledger/spending.ts";
import { recoverTurn } from "./recover.ts";
import type { VisitorStore } from "./store.ts";
import type { TurnOwner } from "./turn.ts";

/** Where turns are kept. */
export interface TurnKeeper {
  store: VisitorStore;
  settings: TurnOwner["settings"];
  /** A turn has begun: asks to be woken should it never end. */
  schedule(): void;
}

/** What is counted beside a turn: the visitor's pace, and the operator's money. */
export interface TurnCounts {
  /** Within the write of its beginning. */
  begun(): void;
  ended(turn: SpentTurn): void;
}

/** Keeps a turn in the visitor's store, from its beginning to its end. */
export function turnOwner({ store, settings, schedule }: TurnKeeper, counts: TurnCounts): TurnOwner {
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
      counts.begun();
      schedule();
    },
    end(answer, log) {
      store.transaction(() => {
        log.flush();
        store.endTurn({ ...answer, lastSeq: log.lastSeq }, Date.now());
      });
      const { usage } = answer.details;
      const answerBytes = new TextEncoder().encode(answer.content).byteLength;
      if (usage) counts.ended({ usage, isFailed: answer.status === "failed", answerBytes });
    },
    lose(answer) {
      const record = store.answer(answer);
      if (record?.status === "running") recoverTurn(store, record, Date.now());
    },
  };
}
