import temml from "temml";
import { ensureMathStyles } from "./math-styles.ts";

const mathNamespace = "http://www.w3.org/1998/Math/MathML";

/** MathML Core's elements, and what has a line over, under or through something. Others, and links above all, are shown as their text. */
const elements = new Set(
  "math menclose merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none".split(
    " ",
  ),
);

/** What they may have: no address, no event, no identity. */
const attributes = new Set(
  "accent accentunder class columnalign columnlines columnspacing columnspan depth dir display displaystyle fence form height largeop linethickness lspace mathsize mathvariant maxsize minsize movablelimits notation rowlines rowspacing rowspan rspace scriptlevel separator stretchy style symmetric voffset width".split(
    " ",
  ),
);

/** Commands that would write a style into an attribute, which a strict page's policy forbids, by others like them. */
const macros = {
  "\\pmb": "\\boldsymbol{#1}",
  "\\prescript": "{}^{#1}_{#2}{#3}",
  "\\sideset": "{}#1{#3}#2",
};

/** Longer sources stay text, in characters: the parser's time grows faster than its input. */
const maxTexChars = 4_000;

/**
 * Sets a formula as MathML. What cannot be read stays as it was written.
 * @param element `data-math` says whether the formula stands alone
 */
export function renderFormula(element: HTMLElement, tex: string): void {
  if (tex.length > maxTexChars) return;
  const made = document.createElement("span");
  const displayMode = element.dataset["math"] === "display";
  try {
    temml.render(tex, made, {
      displayMode,
      wrap: "tex", // in running text, behind an operator
      throwOnError: true,
      trust: false,
      strict: false,
      maxExpand: 500,
      maxSize: [20, 100],
      macros: { ...macros },
    });
  } catch {
    return; // not TeX after all, or half of it: the source is what the reader gets
  }
  clean(made);
  ensureMathStyles(element.getRootNode());
  element.replaceChildren(...made.childNodes);
}

function clean(parent: Element): void {
  for (const child of [...parent.children]) {
    clean(child);
    if (child.namespaceURI !== mathNamespace || !elements.has(child.localName)) {
      const text = document.createElementNS(mathNamespace, "mtext"); // bare text is not painted in a formula
      text.textContent = child.textContent;
      child.replaceWith(text);
      continue;
    }
    for (const name of child.getAttributeNames()) if (!attributes.has(name)) child.removeAttribute(name);
  }
}
