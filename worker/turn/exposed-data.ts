import type { ProviderData } from "../../protocol/index.ts";
import { Allowance } from "./allowance.ts";

/**
 * How much of a provider's own data is passed on, in UTF-16 units of JSON: with one event, and with all events of a
 * turn. Events with such data are not joined, so the size of each one's frame counts too. All frames of a turn are held
 * in memory, and each frame must fit into one row.
 */
const maxEventChars = 16 * 1024;
const maxTurnChars = 16 * 1024 * 1024;
const frameChars = 256;

/** What the browser may see of the provider's own data in one turn. */
export class ExposedData {
  readonly #isExposed: boolean;
  readonly #onDrop: () => void;
  readonly #room = new Allowance(maxTurnChars);

  /**
   * @param isExposed whether the assistant exposes such data at all
   * @param onDrop called for each event whose data is dropped because there is no room for it
   */
  constructor(isExposed: boolean, onDrop: () => void) {
    this.#isExposed = isExposed;
    this.#onDrop = onDrop;
  }

  /** The data of one event, unless the browser must not see it or there is no room for it. */
  of(data: ProviderData | undefined): ProviderData | undefined {
    if (data === undefined || !this.#isExposed) return undefined;
    const chars = JSON.stringify(data).length;
    if (chars <= maxEventChars && this.#room.take(chars + frameChars)) return data;
    this.#onDrop();
    return undefined;
  }
}
