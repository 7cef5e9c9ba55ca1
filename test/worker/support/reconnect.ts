import { isTerminal, parseEventId, routes } from "../../../protocol/index.ts";
import { readStream, type Frame, type TestVisitor } from "../../support/client.ts";

/** The body of a posted question. */
export interface Asked {
  conversation: string;
  id: string;
  userPrompt: string;
}

/** The result of a stream that was cut repeatedly. */
export interface Stitched {
  frames: Frame[];
  cuts: number;
}

const unfollowable = 204;

/**
 * Asks, and cuts the connection at random places. It reconnects from the last complete event or, now and then, by
 * posting the question again.
 * @param random numbers from 0 to 1
 */
export async function askWithCuts(visitor: TestVisitor, asked: Asked, random: () => number): Promise<Stitched> {
  const frames: Frame[] = [];
  let cuts = 0;
  for (let connections = 0; !frames.some(({ event }) => isTerminal(event)); connections += 1) {
    if (connections > 200) throw new Error("no end after 200 connections");
    const last = frames.at(-1)?.id;
    const isPost = last === undefined || random() < 0.1;
    const cut = new AbortController();
    let bytesLeft = Math.floor(random() ** 3 * 60_000);
    try {
      const response = isPost
        ? await visitor.send(routes.messages, { body: asked, signal: cut.signal })
        : await visitor.send(routes.stream(asked.conversation), {
            headers: { "last-event-id": last },
            signal: cut.signal,
          });
      if (response.status === unfollowable) throw new Error(`nothing to follow after ${last}`);
      const known = isPost ? frames.length : 0; // a repeated question is answered from the start
      const { error } = await readStream(
        meter(response, (size) => (bytesLeft -= size) > 0 || cut.abort()),
        (frame) => {
          if (seqOf(frame) > known) frames.push(frame);
        },
      );
      if (error) throw new Error(`refused: ${error.code}`);
    } catch (error) {
      if (!cut.signal.aborted) throw error;
      cuts += 1;
    }
  }
  return { frames, cuts };
}

function seqOf({ id }: Frame): number {
  return parseEventId(id)?.seq ?? 0;
}

/** Forwards a body in pieces of at most 97 bytes, and reports the size of each piece after forwarding it. */
function meter(response: Response, onBytes: (size: number) => unknown): Response {
  const counted = new TransformStream<Uint8Array, Uint8Array>({
    transform(bytes, controller) {
      for (let at = 0; at < bytes.length; at += 97) {
        const piece = bytes.subarray(at, at + 97);
        controller.enqueue(piece);
        onBytes(piece.length);
      }
    },
  });
  return new Response(response.body?.pipeThrough(counted), { status: response.status, headers: response.headers });
}
