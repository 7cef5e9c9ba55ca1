/** How much of something an answer still has room for. */
export class Allowance {
  #left: number;

  /** @param total how much there is room for, in the same unit as the amounts */
  constructor(total: number) {
    this.#left = total;
  }

  /** Takes a whole amount, or nothing if not that much is left. Returns whether it was taken. */
  take(amount: number): boolean {
    if (amount > this.#left) return false;
    this.#left -= amount;
    return true;
  }
}
