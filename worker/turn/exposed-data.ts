import type { ProviderData } from "../../protocol/index.ts";
import { Allowance } from "./allowance.ts";

/**
 * The most of a provider's own data that is passed on with one event, and with all events of a turn, in UTF-16 units of
 * JSON. An event with such data is not gathered, so what its frame adds counts too. All frames of a turn are in memory,
 * and each is stored in one row.
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
   * @param isExposed whether the assistant exposes it at all
   * @param onDrop called for each event whose data there is no room for
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
