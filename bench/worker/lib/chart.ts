import { rivulet } from "./contestants.ts";
import { isSamePoint, namePoint, type PointLine } from "./results.ts";
import { whyVoid } from "./verdict.ts";

const barHeight = 18;
const gap = 6;
const width = 720;
const left = 250;
const right = 60;

/** CPU time per 1,000 pieces as bars, point by point. The colors fit light and dark pages. */
export function chart(lines: readonly PointLine[]): string {
  const most = Math.max(...lines.map(({ figures }) => figures.processorMsPerThousand));
  const scale = (milliseconds: number) => (milliseconds / most) * (width - left - right);
  const parts: string[] = [];
  let y = 20;
  parts.push(text(left, y, "CPU ms per 1,000 pieces"));
  for (const [index, { point, name, who, figures }] of lines.entries()) {
    if (index === 0 || !isSamePoint(point, lines[index - 1]?.point ?? point)) {
      y += 24;
      const isVoid = whyVoid(lines, point) !== undefined;
      parts.push(text(10, y, namePoint(point) + (isVoid ? " (void)" : ""), 'font-weight="600"'));
      y += 10;
    }
    const isOurs = name === rivulet.name;
    const cost = figures.processorMsPerThousand;
    const label = isOurs ? `${name}, ${who} visitors` : name;
    const bar = `<rect x="${left}" y="${y}" width="${scale(cost).toFixed(1)}" height="${barHeight}" rx="3" fill="${isOurs ? "#2a9aa8" : "#9aa5a8"}"/>`;
    parts.push(
      text(left - 10, y + 13, label, 'text-anchor="end"'),
      bar,
      text(left + scale(cost) + 8, y + 13, cost.toFixed(0)),
    );
    y += barHeight + gap;
  }
  const title = "<title>CPU time per 1,000 streamed pieces</title>";
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y + 10}" font-family="system-ui, sans-serif" font-size="13" fill="#7a878a">${title}${parts.join("")}</svg>\n`;
}

function text(x: number, y: number, content: string, attributes = ""): string {
  return `<text x="${x.toFixed(1)}" y="${y}" ${attributes}>${content}</text>`;
}
