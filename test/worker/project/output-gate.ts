import { AsyncLocalStorage } from "node:async_hooks";

/**
 * An object's output gate as it is where storage takes its time. Whatever leaves the object (a request to a provider, a
 * call to the ledger, the answer of a method and every piece of a stream) is held until the writes made before it are
 * confirmed, each some milliseconds after it was made. workerd does the same by itself (`waitForOutputLocksIfNecessary`
 * in its `worker-rpc.c++`, `http.c++` and `streams/internal.c++`), but on a disk that confirms at once.
 */
export class OutputGate {
  readonly #delayMs: number;
  /** Until the last write is confirmed; undefined where all are. */
  #unconfirmed: Promise<void> | undefined;
  /** What is written without waiting in between is one write: it is confirmed together. */
  #isWriting = false;

  /** @param delayMs from a write to its confirmation; 0 leaves the storage as it is */
  constructor(storage: DurableObjectStorage, delayMs: number) {
    this.#delayMs = delayMs;
    if (delayMs === 0) return;
    const { sql } = storage;
    const exec = sql.exec.bind(sql);
    const counted = (query: string, ...values: SqlStorageValue[]) => {
      if (!/^\s*SELECT|__miniflare/i.test(query)) this.#write(); // miniflare notes an object's name, the platform does not
      return exec(query, ...values);
    };
    Object.defineProperty(sql, "exec", { value: counted });
    for (const name of ["setAlarm", "deleteAlarm", "deleteAll"] as const) {
      const method = storage[name].bind(storage) as (...values: unknown[]) => unknown;
      const value = (...values: unknown[]) => {
        this.#write();
        return method(...values);
      };
      Object.defineProperty(storage, name, { value });
    }
  }

  /** Runs one of the object's methods, whose answer is held as well. */
  run<T>(method: () => Promise<T>): Promise<T> {
    return current.run(this, async () => {
      const result = await method();
      await this.#unconfirmed;
      return this.#hold(result);
    });
  }

  /** Sends as soon as what has been written by now is confirmed. */
  send<T>(send: () => Promise<T>): Promise<T> {
    return this.#unconfirmed === undefined ? send() : this.#unconfirmed.then(send);
  }

  #hold<T>(result: T): T {
    if (this.#delayMs === 0 || typeof result !== "object" || result === null || !("value" in result)) return result;
    const { value } = result;
    if (!(value instanceof ReadableStream)) return result;
    const transform = async (piece: unknown, controller: TransformStreamDefaultController) => {
      await this.#unconfirmed;
      controller.enqueue(piece);
    };
    return { ...result, value: value.pipeThrough(new TransformStream({ transform })) };
  }

  #write(): void {
    if (this.#isWriting) return;
    this.#isWriting = true;
    queueMicrotask(() => (this.#isWriting = false));
    const confirmed = scheduler.wait(this.#delayMs).then(() => {
      if (this.#unconfirmed === confirmed) this.#unconfirmed = undefined;
    });
    this.#unconfirmed = confirmed;
  }
}

/** The gate of the object that is running. */
const current = new AsyncLocalStorage<OutputGate>();

/** Makes something that is sent from within an object pass that object's gate. */
export function gated<A extends unknown[], T>(send: (...values: A) => Promise<T>): (...values: A) => Promise<T> {
  return (...values) => {
    const gate = current.getStore();
    return gate === undefined ? send(...values) : gate.send(() => send(...values));
  };
}
