import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Input as WebDriver describes it: `actions` of the command Perform Actions. */
export type InputActions = readonly object[];

/** One page in an engine, with a visitor's mouse and keyboard. */
export interface Driver {
  /** The engine's version. */
  readonly version: string;
  open(url: string): Promise<void>;
  /**
   * @param expression JavaScript; a promise is awaited
   * @returns its value, which must be representable as JSON
   */
  evaluate(expression: string): Promise<unknown>;
  perform(actions: InputActions): Promise<void>;
  /** Gives the window this size in CSS pixels, or the smallest one that the engine allows if that is larger. */
  resize(size: { width: number; height: number }): Promise<void>;
  /** A picture of the window's content: a PNG file in Base64. */
  screenshot(): Promise<string>;
  close(): Promise<void>;
}

/** An expression that a page evaluates to the JSON text of another expression's value. */
export const asJson = (expression: string) => `(async () => JSON.stringify(await (${expression})) ?? "null")()`;

/** A running program with a folder of its own, which is removed when it ends. */
export class EngineProcess {
  readonly folder = mkdtempSync(join(tmpdir(), "rivulet-engine-"));
  #child: ChildProcess | undefined;

  /** @param command the program and its arguments */
  start([program = "", ...args]: readonly string[], env: Record<string, string> = {}): ChildProcess {
    this.#child = spawn(program, args, {
      detached: true,
      env: { ...process.env, ...env },
      stdio: ["ignore", "ignore", "pipe"],
    });
    return this.#child;
  }

  async end(): Promise<void> {
    if (this.#child?.pid !== undefined && this.#child.exitCode === null) {
      const ended = once(this.#child, "exit");
      process.kill(-this.#child.pid, "SIGTERM");
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}
