import temml from "temml";
import { ensureMathStyles } from "./math-styles.ts";
import { runInSlices } from "./slices.ts";
import { isWithinBudget } from "./tex-budget.ts";

const mathNamespace = "http://www.w3.org/1998/Math/MathML";

/**
 * MathML Core's elements, and `menclose`, which draws lines around or through its content. Other elements, above all
 * links, become text.
 */
const elements = new Set(
  "math menclose merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none".split(
    " ",
  ),
);

/** The allowed attributes: no addresses, events or ids. */
const attributes = new Set(
  "accent accentunder class columnalign columnlines columnspacing columnspan depth dir display displaystyle fence form height largeop linethickness lspace mathsize mathvariant maxsize minsize movablelimits notation rowlines rowspacing rowspan rspace scriptlevel separator stretchy style symmetric voffset width".split(
    " ",
  ),
);

/** Replacements for commands that would create a style attribute, which a strict policy forbids. */
const macros = {
  "\\pmb": "\\boldsymbol{#1}",
  "\\prescript": "{}^{#1}_{#2}{#3}",
  "\\sideset": "{}#1{#3}#2",
};

/** Maximum number of elements in a formula. Larger formulas stay text: their layout would take too long. */
const maxElements = 1_000;

/**
 * How many characters may precede a formula in other formulas of its paragraph, heading or cell. Each of them counts as
 * {@link formulaChars} more. Past this limit, formulas stay text: the browser lays all of them out together.
 */
const maxBlockChars = 1_000;
const formulaChars = 8;

/** The latest formula of each element. */
const current = new WeakMap<Element, string>();

/**
 * Renders a formula as MathML, now or in a later task. The source stays if it cannot be parsed, or is too much work.
 * @param element shows the source; `data-math` says whether it is a display formula
 */
export function renderSoon(element: HTMLElement, tex: string): void {
  current.set(element, tex);
  if (!isWithinBudget(tex)) return;
  runInSlices(() => {
    if (current.get(element) === tex && hasRoom(element)) renderFormula(element, tex);
    return false;
  });
}

function hasRoom(element: HTMLElement): boolean {
  if (element.localName !== "span") return true; // a block of its own
  const block = element.parentElement?.closest(":not(em, strong, del, a)");
  let chars = 0;
  for (const formula of block?.getElementsByClassName("math") ?? []) {
    if (formula === element || chars > maxBlockChars) break;
    chars += (current.get(formula)?.length ?? 0) + formulaChars;
  }
  return chars <= maxBlockChars;
}

function renderFormula(element: HTMLElement, tex: string): void {
  const made = document.createElement("span");
  const displayMode = element.dataset["math"] === "display";
  try {
    temml.render(tex, made, {
      displayMode,
      wrap: "tex", // allow line breaks after operators in running text
      throwOnError: true,
      trust: false,
      strict: false,
      maxExpand: 500,
      maxSize: [20, 100],
      macros: { ...macros },
    });
  } catch {
    return; // not TeX, or incomplete: the source stays
  }
  if (made.getElementsByTagName("*").length > maxElements) return;
  clean(made);
  ensureMathStyles(element.getRootNode());
  element.replaceChildren(...made.childNodes);
}

function clean(parent: Element): void {
  for (const child of [...parent.children]) {
    clean(child);
    if (child.namespaceURI !== mathNamespace || !elements.has(child.localName)) {
      const text = document.createElementNS(mathNamespace, "mtext"); // MathML does not show bare text
      text.textContent = child.textContent;
      child.replaceWith(text);
      continue;
    }
    for (const name of child.getAttributeNames()) if (!attributes.has(name)) child.removeAttribute(name);
  }
}
