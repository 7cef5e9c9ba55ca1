/** The body of a request or response, typed as a stream of bytes. A missing body is an empty stream. */
export function bytesOf({ body }: { readonly body: ReadableStream<Uint8Array> | null }): ReadableStream<Uint8Array> {
  return body ?? new ReadableStream({ start: (controller) => controller.close() });
}
