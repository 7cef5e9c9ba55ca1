/** Number of blocks per part: about two screens. */
const blocksPerPart = 32;
const partClass = "part";

/**
 * Groups the blocks of a long answer into parts. Browsers skip parts that are off-screen (`content-visibility`), so the
 * cost of a frame does not grow with the answer. The blocks of a short answer are children of the container.
 */
export class AnswerParts {
  readonly #container: Element;
  readonly #parts: HTMLElement[] = [];

  constructor(container: Element) {
    this.#container = container;
  }

  /**
   * Inserts a new last block.
   * @param index the block's index in the answer
   * @param before the element that stays after all blocks, if there is one
   */
  insert(block: Element, index: number, before: Element | null): void {
    const number = Math.floor(index / blocksPerPart);
    if (number === 0) {
      this.#container.insertBefore(block, before);
      return;
    }
    const part = (this.#parts[number] ??= createPart());
    if (!part.parentNode) this.#container.insertBefore(part, before);
    part.append(block);
  }
}

/** Removes a block, and its part if the part is empty after that. */
export function removeBlock(block: Element): void {
  const part = block.parentElement;
  block.remove();
  if (part?.className === partClass && !part.firstChild) part.remove();
}

function createPart(): HTMLElement {
  const part = document.createElement("div");
  part.className = partClass;
  return part;
}
