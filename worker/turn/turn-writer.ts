import type { AnswerEnd } from "./answer.ts";
import type { FrameBatch } from "./frames.ts";
import type { TurnLog } from "./turn-log.ts";
import { reserveStep, type TurnBeginning, type TurnStorage } from "./turn-storage.ts";

/**
 * Maximum age of an unstored event, in milliseconds. The next piece or tick then triggers the write, so a crash loses
 * at most about a second. Written rows are most of what a turn costs on the platform, and each batch writes one row.
 */
const batchMs = 960;

/** Decides when a turn's log is stored, and what is stored with it. */
export class TurnWriter {
  readonly #storage: TurnStorage;
  readonly #log: TurnLog;
  readonly #beginning: () => TurnBeginning;
  #reservedSeq = reserveStep;
  #writtenSeq = 0;
  #isBeginningStored = false;
  /** By when the oldest unstored event must be stored, in milliseconds since the epoch. */
  #dueAt = Infinity;

  /** @param beginning returns the current data to store for the turn's beginning */
  constructor(storage: TurnStorage, log: TurnLog, beginning: () => TurnBeginning) {
    this.#storage = storage;
    this.#log = log;
    this.#beginning = beginning;
  }

  announce(): void {
    this.#storage.announce(this.#beginning());
  }

  withdraw(): void {
    this.#storage.withdraw();
  }

  /** Reserves the next number before it becomes visible. */
  prepareAppend(now: number): void {
    this.#dueAt = Math.min(this.#dueAt, now + batchMs);
    if (this.#log.lastSeq < this.#reservedSeq) return;
    if (!this.#isBeginningStored) this.write(); // the reservation is stored on the answer's row, so the row must exist
    this.#reservedSeq += reserveStep;
    this.#storage.reserve(this.#reservedSeq);
  }

  /**
   * Stores the beginning, unless it is stored already. It is not stored as soon as the turn begins: the object's output
   * gate would hold back the first token until the write is confirmed, and the announcement is enough after a crash.
   */
  writeBeginning(): void {
    if (!this.#isBeginningStored) this.write();
  }

  writeIfDue(now: number): void {
    if (now >= this.#dueAt) this.write();
  }

  /** Stores everything that is not stored yet, and the turn's end if it is given. */
  write(end?: AnswerEnd): void {
    const batches = this.#unwritten();
    const beginning = this.#isBeginningStored ? undefined : this.#beginning();
    this.#storage.write({ beginning, batches, end: end && { ...end, lastSeq: this.#log.lastSeq } });
    this.#isBeginningStored = true;
    this.#writtenSeq = this.#log.lastSeq;
    this.#dueAt = Infinity;
  }

  recover(): void {
    this.#storage.recover();
  }

  #unwritten(): FrameBatch[] {
    const batches: FrameBatch[] = [];
    let at = this.#writtenSeq;
    for (let batch = this.#log.readAfter(at); batch; batch = this.#log.readAfter(at)) {
      batches.push(batch);
      at = batch.lastSeq;
    }
    return batches;
  }
}
