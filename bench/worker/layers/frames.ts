/** Finds the text of each `content_block_delta` in a stream that arrives in chunks of any size. */
export class DeltaParser {
  #rest = "";

  /** @returns the texts of the events that are complete now */
  feed(text: string): string[] {
    const deltas: string[] = [];
    const frames = (this.#rest + text).split("\n\n");
    this.#rest = frames.pop() ?? "";
    for (const frame of frames) {
      const event: { type?: string; delta?: { text?: string } } = JSON.parse(frame.slice(frame.indexOf("data: ") + 6));
      if (event.type === "content_block_delta" && event.delta?.text !== undefined) deltas.push(event.delta.text);
    }
    return deltas;
  }
}

/** Formats an event of this project's protocol. */
export function eventFrame(seq: number, event: { type: string; content: string }): string {
  return `id: answer.${seq}\nevent: message\ndata: ${JSON.stringify(event)}\n\n`;
}
