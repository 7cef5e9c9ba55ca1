import { replayWindowMs, titleOf } from "../../protocol/index.ts";
import { textOf } from "../prompt/parts.ts";
import type { TurnBeginning, TurnStorage, TurnSubject } from "../turn/turn-storage.ts";
import type { TurnStart } from "./records.ts";
import { recoverTurns } from "./recover.ts";
import type { VisitorStore } from "./store.ts";

/** What storing a turn needs from the visitor's object. */
export interface TurnStorageParts {
  store: VisitorStore;
  /** How long a turn may take, and how long a conversation is kept, in milliseconds. */
  settings: { turnTimeoutMs: number; retentionMs: number };
  /**
   * Makes sure that the object is awake by a time, in milliseconds since the epoch: to end a turn that a crash broke,
   * and to remove a conversation that has expired.
   */
  wakeBy(time: number): void;
}

/** Returns the storage of one turn, in its visitor's SQLite. */
export function storeTurn(
  { store, settings: { turnTimeoutMs, retentionMs }, wakeBy }: TurnStorageParts,
  { conversation, message, answer }: TurnSubject,
): TurnStorage {
  const place = { conversation, message: message.id };
  return {
    announce(beginning) {
      const start = startOf(beginning);
      store.announceTurn(start);
      wakeBy(start.now + Math.min(turnTimeoutMs + replayWindowMs, retentionMs + 1));
    },
    withdraw: () => store.withdrawTurn(answer),
    reserve: (seq) => store.reserve(answer, place, seq),
    write({ beginning, batches, end }) {
      const [batch] = batches;
      if (batch && batches.length === 1 && !beginning && !end) return store.append(answer, batch);
      store.transaction(() => {
        if (beginning) {
          const start = startOf(beginning);
          store.pruneLogs(start.now - replayWindowMs);
          store.beginTurn(start);
        }
        for (const each of batches) store.append(answer, each);
        if (end) store.endAnswer(end, place, Date.now());
      });
    },
    recover: () => recoverTurns(store, Date.now(), answer),
  };
}

function startOf({ subject, details }: TurnBeginning): TurnStart {
  const { conversation, message, answer, assistant } = subject;
  return {
    conversation: { id: conversation, assistant: assistant.id, title: titleOf(textOf(message.parts)) },
    message,
    answer: { id: answer, details },
    now: Date.now(),
  };
}
