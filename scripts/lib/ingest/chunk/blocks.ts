/** A paragraph, list, table or code block of a section. */
export interface Block {
  kind: "prose" | "list" | "table" | "code";
  text: string;
}

const fence = /^\s*(`{3,})/;

/** Splits the text of a section into its blocks. Empty lines in a code block do not end the block. */
export function splitBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  let lines: string[] = [];
  let open: string | undefined;
  const end = () => {
    if (lines.length > 0) blocks.push({ kind: kindOf(lines), text: lines.join("\n") });
    lines = [];
  };
  for (const line of text.split("\n")) {
    const mark = fence.exec(line)?.[1];
    if (open === undefined && line.trim() === "") end();
    else lines.push(line);
    if (mark !== undefined) open = open === undefined ? mark : line.trim() === open ? undefined : open;
  }
  end();
  return blocks;
}

function kindOf([first = "", second = ""]: readonly string[]): Block["kind"] {
  if (first.startsWith("```")) return "code";
  if (first.startsWith("|") && second.startsWith("| ---")) return "table";
  return /^(?:[-•*]|\d{1,9}[.)])\s/.test(first) ? "list" : "prose";
}
