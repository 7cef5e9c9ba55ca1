import { createRenderer } from "../support/create-renderer.ts";

/** An element's content as text, with attributes in alphabetical order, for comparisons. */
export function shape(container: Element): string {
  return [...container.childNodes]
    .map((node) => (node instanceof Element ? shapeOf(node) : JSON.stringify(node.nodeValue)))
    .join("");
}

function shapeOf(element: Element): string {
  const attributes = [...element.attributes].map(({ name, value }) => ` ${name}=${JSON.stringify(value)}`).toSorted();
  return `<${element.localName}${attributes.join("")}>${shape(element)}</>`;
}

/** The DOM of a text that was rendered at once. @param isCutOff the text ended early */
export function oneShot(markdown: string, isCutOff = false): string {
  const container = document.createElement("div");
  createRenderer(container, { isEnriched: false }).update(markdown, { isFinal: true, isCutOff });
  return shape(container);
}

/** The result of streaming a text. */
export interface Streamed {
  html: string;
  /** The number of finished blocks that were replaced or changed afterwards. */
  replaced: number;
}

/**
 * Streams a text.
 * @param steps the whole text at each step
 */
export function streamed(steps: readonly string[]): Streamed {
  const container = document.createElement("div");
  const finished = new Map<Element, string>();
  let replaced = 0;
  const renderer = createRenderer(container, { isEnriched: false });
  const check = () => {
    for (const [element, html] of finished) {
      if (element.parentNode === null || shape(element) !== html) {
        replaced += 1;
        finished.delete(element);
      }
    }
  };
  for (const step of steps) {
    renderer.update(step, { isFinal: false });
    check();
    if (!step.endsWith("\n\n")) continue;
    for (const element of blocksOf(container).slice(0, -1)) finished.set(element, shape(element));
  }
  renderer.update(steps.at(-1) ?? "", { isFinal: true });
  check();
  return { html: shape(container), replaced };
}

/** An answer's blocks, whether they are its children or in its parts. */
export function blocksOf(container: Element): Element[] {
  return [...container.children].flatMap((child) => (child.className === "part" ? [...child.children] : [child]));
}

const allowed: Record<string, readonly string[]> = {
  a: ["href", "title", "rel", "target"],
  blockquote: [],
  br: [],
  button: ["type", "class", "part", "data-note"],
  code: ["dir"],
  del: [],
  div: ["class", "part", "data-math", "data-note", "tabindex"],
  em: [],
  h1: [],
  h2: [],
  h3: [],
  h4: [],
  h5: [],
  h6: [],
  hr: [],
  input: ["type", "disabled", "checked", "aria-label"],
  li: ["class"],
  ol: ["start", "class"],
  p: [],
  pre: ["dir", "tabindex"],
  section: ["class", "aria-label"],
  span: ["class", "data-math"],
  strong: [],
  table: [],
  tbody: [],
  td: ["class", "data-short"],
  th: ["class", "scope"],
  thead: [],
  tr: [],
  ul: ["class"],
};

/** Elements, attributes and addresses that an answer must not have. */
export function strangers(container: Element): string[] {
  return [...container.querySelectorAll("*")].flatMap((element) => {
    const attributes = allowed[element.localName];
    if (!attributes) return [element.localName];
    const strange = element.getAttributeNames().filter((name) => name !== "dir" && !attributes.includes(name));
    const href = element.getAttribute("href");
    const isLed = href === null || (/^(?:https?|mailto|tel):/.test(href) && element.getAttribute("title") === href);
    return [...strange, ...(isLed ? [] : [href])];
  });
}
