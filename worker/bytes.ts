/** A body as what it is, a stream of bytes: the platform's types leave that open. */
export function bytesOf({ body }: { readonly body: ReadableStream<Uint8Array> | null }): ReadableStream<Uint8Array> {
  return body ?? new ReadableStream({ start: (controller) => controller.close() });
}
