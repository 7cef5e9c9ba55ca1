import "axe-core/axe.min.js";
import type axe from "axe-core";
import { clippedBy, isInText, ringOf, targetPx } from "./focus-ring.ts";

declare global {
  interface Window {
    axe: typeof axe;
  }
}

/**
 * Styles for axe-core. Messages that are out of view are not laid out and would lie over each other, so all messages
 * are laid out. axe-core does not judge the contrast of text on a gradient, such as the panel's, so gradients are
 * removed and it judges the contrast with the color below.
 */
const auditable = new CSSStyleSheet();
auditable.replaceSync("* { content-visibility: visible !important; background-image: none !important; }");

/** What axe-core finds in the chat, in short. */
export async function audit(chat: Element): Promise<string[]> {
  const sheets = chat.shadowRoot?.adoptedStyleSheets;
  if (sheets?.includes(auditable) === false) sheets.push(auditable);
  await restOf(chat);
  // `region` is about the host page, which decides where an inline chat is
  const rules = { region: { enabled: false }, "target-size": { enabled: true } };
  const { violations } = await window.axe.run(chat, {
    ...{ rules, resultTypes: ["violations"], preload: false },
    ...{ selectors: false, elementRef: true }, // a selector for every element is a fifth of the work
  });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ element, failureSummary }) => `${id} ${element?.outerHTML.slice(0, 200)} ${failureSummary}`),
  );
}

/** Waits until everything stands still: colors and places are measured after transitions. */
export async function restOf(chat: Element): Promise<void> {
  const animations = (chat.shadowRoot?.getAnimations() ?? []).filter(
    ({ effect }) => effect?.getComputedTiming().iterations === 1,
  );
  await Promise.allSettled(animations.map(({ finished }) => finished));
}

const interactive = "a[href], button:not(:disabled), textarea, input, summary, [tabindex='0'], [role=button]";

/** The visible controls that a visitor can press or type into. */
export function controlsOf(chat: Element): HTMLElement[] {
  return [...(chat.shadowRoot?.querySelectorAll<HTMLElement>(interactive) ?? [])].filter((each) =>
    each.checkVisibility({ visibilityProperty: true }),
  );
}

/**
 * The targets that are too small (WCAG 2.2, success criterion 2.5.8). Such a target is smaller than 24 by 24 pixels,
 * and a circle of 24 pixels around its center meets another target, or the circle of another small target. Links in a
 * text are exempt.
 */
export function smallTargets(chat: Element): string[] {
  const targets = controlsOf(chat).map((element) => ({ element, box: element.getBoundingClientRect() }));
  const isSmall = ({ box }: { box: DOMRect }) => box.width < targetPx - 0.1 || box.height < targetPx - 0.1;
  const meets = (one: DOMRect, other: (typeof targets)[number]): boolean => {
    const [x, y] = [one.left + one.width / 2, one.top + one.height / 2];
    const { left, right, top, bottom } = other.box;
    const [dx, dy] = isSmall(other)
      ? [(left + right) / 2 - x, (top + bottom) / 2 - y]
      : [Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom)];
    return Math.hypot(dx, dy) < (isSmall(other) ? targetPx : targetPx / 2) - 0.1;
  };
  return targets
    .filter((target) => isSmall(target) && !isInText(target.element))
    .filter(({ element, box }) =>
      targets.some((other) => other.element !== element && !other.element.contains(element) && meets(box, other)),
    )
    .map(({ element, box }) => `${nameOf(element)} is ${box.width} by ${box.height} px`);
}

/** The controls whose name is missing, or only in `title`. */
export function unnamed(chat: Element): string[] {
  return controlsOf(chat)
    .filter((element) => nameOf(element) === "")
    .map(({ outerHTML }) => outerHTML.slice(0, 200));
}

/** The name of a control: its label or its words, never its `title`. */
export function nameOf(element: HTMLElement): string {
  const labels = element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement ? element.labels : null;
  const named = element.ariaLabel ?? labels?.[0]?.textContent ?? element.textContent;
  return named.trim();
}

/** Focuses each control, and returns those whose focus cannot be seen: no outline, or one that is cut off. */
export function unseenFocus(chat: Element): string[] {
  return controlsOf(chat).flatMap((element) => {
    element.focus();
    if (!element.matches(":focus")) return []; // the browser itself has disabled it
    const shown = ringOf(element);
    if (!shown) return `${nameOf(element)} (${element.className}) has no outline`;
    const beyond = clippedBy(shown);
    return beyond ? `${nameOf(element)}: its outline is cut off by .${beyond.className}` : [];
  });
}
