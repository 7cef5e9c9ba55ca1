/** Called with each complete frame: its `id`, or an empty string, and its `data`. */
type TakeFrame = (id: string, data: string) => void;

/**
 * Reads the subset of server-sent events that the worker's streams use.
 * @returns a function that takes the stream's text in chunks of any size, without a byte order mark
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export function createFrameReader(take: TakeFrame): (text: string) => void {
  let rest = "";
  let hasReturn = false;
  let id = "";
  let data: string[] = [];

  const takeLine = (line: string) => {
    if (line === "") {
      if (data.length > 0) take(id, data.join("\n"));
      id = "";
      data = [];
      return;
    }
    const [, field, value = ""] = /^(id|data)(?:: ?(.*))?$/s.exec(line) ?? []; // a comment has no name before its colon
    if (field === "data") data.push(value);
    else if (field === "id" && !value.includes("\0")) id = value;
  };

  return (text) => {
    const isSplitPair = hasReturn && text.startsWith("\n"); // the `\r` of this line ending came with the previous chunk
    if (text !== "") hasReturn = text.endsWith("\r");
    rest += isSplitPair ? text.slice(1) : text;
    if (!/[\r\n]/.test(text)) return; // a long line in many chunks is split only once
    const lines = rest.split(/\r\n?|\n/);
    rest = lines.pop() ?? "";
    lines.forEach(takeLine);
  };
}
