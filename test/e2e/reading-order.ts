import assert from "node:assert/strict";
import type { Page } from "playwright-core";

/** A node of the accessibility tree, in the protocol of Chromium's developer tools. */
interface AxNode {
  nodeId: string;
  ignored: boolean;
  role?: { value?: unknown };
  name?: { value?: unknown };
  properties?: { name: string }[];
  childIds?: string[];
  backendDOMNodeId?: number;
}

/** What is read, and where it is on the screen, in CSS pixels. */
export interface Read {
  role: string;
  name: string;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/**
 * All texts and controls of the chat's dialog, in the order of the accessibility tree. Live regions are left out: they
 * announce their text on their own, and it is not visible on the screen.
 */
export async function readingOrder(page: Page): Promise<Read[]> {
  const tools = await page.context().newCDPSession(page);
  const nodes: AxNode[] = (await tools.send("Accessibility.getFullAXTree")).nodes;
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const dialog = nodes.find(({ role, ignored }) => role?.value === "dialog" && !ignored);
  assert.ok(dialog);
  const read: Read[] = [];
  const visit = async (node: AxNode) => {
    const { ignored, role, name, properties = [], childIds = [], backendDOMNodeId: backendNodeId } = node;
    if (properties.some((property) => property.name === "live")) return;
    const kind = String(role?.value);
    if (!ignored && ["button", "link", "textbox", "StaticText", "DisclosureTriangle"].includes(kind)) {
      const { quads } = await tools.send("DOM.getContentQuads", { backendNodeId }).catch(() => ({ quads: [] }));
      const xs = quads.flatMap((quad) => quad.filter((_, index) => index % 2 === 0));
      const ys = quads.flatMap((quad) => quad.filter((_, index) => index % 2 === 1));
      const box = { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
      if (box.right - box.left > 1) read.push({ role: kind, name: String(name?.value), ...box }); // skips hidden text
      if (kind !== "StaticText") return;
    }
    for (const id of childIds) {
      const child = byId.get(id);
      if (child) await visit(child);
    }
  };
  await visit(dialog);
  await tools.detach();
  return read;
}

/**
 * Finds pairs of neighbors whose order in the tree is not the order on the screen: the second one is above the first
 * one, or before it on the same line.
 * @returns a description of each such pair
 */
export function outOfOrder(read: readonly Read[], isRightToLeft: boolean): string[] {
  return read.slice(1).flatMap((next, at) => {
    const last = read[at];
    if (!last) return [];
    const isAbove = next.bottom <= last.top;
    const middle = (next.top + next.bottom) / 2;
    const isOnLine = middle > last.top && middle < last.bottom && next.bottom - next.top < 2 * (last.bottom - last.top);
    const isBefore = isOnLine && (isRightToLeft ? next.left >= last.right : next.right <= last.left);
    return isAbove || isBefore ? [`${last.role} "${last.name}", then ${next.role} "${next.name}"`] : [];
  });
}
