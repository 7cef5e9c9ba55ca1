import type { AnswerEnd } from "./answer.ts";
import type { FrameBatch } from "./frames.ts";
import type { TurnLog } from "./turn-log.ts";
import { reserveStep, type TurnBeginning, type TurnStorage } from "./turn-storage.ts";

/**
 * How long an event waits to be stored, in milliseconds; the next piece triggers the write. Together that is the second
 * that a crash may lose. Written rows are most of what a turn costs on the platform, and each batch is one.
 */
const batchMs = 960;

/** Decides when a turn's log goes to storage, and what goes with it. */
export class TurnWriter {
  readonly #storage: TurnStorage;
  readonly #log: TurnLog;
  readonly #beginning: () => TurnBeginning;
  #reservedSeq = reserveStep;
  #writtenSeq = 0;
  #isBegun = false;
  /** When the oldest event that is not stored must be, in milliseconds since the epoch. */
  #dueAt = Infinity;

  /** @param beginning what is to be stored of the turn's beginning, as it is when it is asked for */
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

  /** Makes sure that the next number is reserved, before anybody can see it. */
  prepareAppend(now: number): void {
    this.#dueAt = Math.min(this.#dueAt, now + batchMs);
    if (this.#log.lastSeq < this.#reservedSeq) return;
    if (!this.#isBegun) this.write(); // there must be something that can hold the promise
    this.#reservedSeq += reserveStep;
    this.#storage.reserve(this.#reservedSeq);
  }

  /**
   * Stores the beginning, unless that was done. It is not stored at once: the object's output gate would hold the first
   * token until storage has confirmed it, and the announcement is enough after a crash.
   */
  writeBeginning(): void {
    if (!this.#isBegun) this.write();
  }

  writeIfDue(now: number): void {
    if (now >= this.#dueAt) this.write();
  }

  /** Stores everything that is not stored yet, and the turn's end if it is given. */
  write(end?: AnswerEnd): void {
    const batches = this.#unwritten();
    const beginning = this.#isBegun ? undefined : this.#beginning();
    this.#storage.write({ beginning, batches, end: end && { ...end, lastSeq: this.#log.lastSeq } });
    this.#isBegun = true;
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
