import { replayWindowMs, titleOf } from "../../protocol/index.ts";
import type { SpentTurn } from "../ledger/spending.ts";
import { recoverTurns } from "./recover.ts";
import type { TurnStart } from "./records.ts";
import type { VisitorStore } from "./store.ts";
import type { TurnBeginning, TurnOwner } from "./turn.ts";

/** Where turns are kept. */
export interface TurnKeeper {
  store: VisitorStore;
  settings: TurnOwner["settings"];
  /** A turn is announced, or has begun: asks to be woken should it never end. */
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
  const begin = (beginning: TurnBeginning) => {
    const start = startOf(beginning);
    store.pruneLogs(start.now - replayWindowMs);
    store.beginTurn(start);
    counts.begun();
  };
  return {
    settings,
    reserve: (answer, seq) => store.reserve(answer, seq),
    append: (answer, first, last, frames) => store.append(answer, first, last, frames),
    announce(beginning) {
      store.announceTurn(startOf(beginning));
      schedule();
    },
    withdraw: (answer) => store.withdrawTurn(answer),
    keep(log, beginning) {
      if (beginning === undefined) return log.flush();
      store.transaction(() => {
        begin(beginning);
        log.flush();
      });
      schedule();
    },
    end(answer, log, beginning) {
      store.transaction(() => {
        if (beginning) begin(beginning);
        log.flush();
        store.endTurn({ ...answer, lastSeq: log.lastSeq }, Date.now());
      });
      if (beginning) schedule();
      const { usage } = answer.details;
      const answerBytes = new TextEncoder().encode(answer.content).byteLength;
      if (usage) counts.ended({ usage, isFailed: answer.status === "failed", answerBytes });
    },
    lose: (answer) => recoverTurns(store, Date.now(), answer),
  };
}

function startOf({ subject, details }: TurnBeginning): TurnStart {
  const { conversation, message, answer, assistant } = subject;
  return {
    conversation: { id: conversation, assistant: assistant.id, title: titleOf(message.content) },
    message,
    answer: { id: answer, details },
    now: Date.now(),
  };
}
