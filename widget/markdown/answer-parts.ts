/** So many blocks stand in one part: about two screens. */
const blocksPerPart = 32;
const partClass = "part";

/**
 * The blocks of a long answer, in parts: browsers leave out those that are out of sight (`content-visibility`), so that a
 * frame does not cost more the longer the answer is. An answer that is not long has its blocks for children.
 */
export class AnswerParts {
  readonly #container: Element;
  readonly #parts: HTMLElement[] = [];

  constructor(container: Element) {
    this.#container = container;
  }

  /**
   * Puts a new last block in its place.
   * @param index of the block in the answer
   * @param before what stays behind all of them
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

/** Takes a block away, and the part that would be empty without it. */
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
