import { bytesOf } from "../bytes.ts";

/** The longest body that is parsed unless a caller expects more, in bytes. A provider's error has only a few hundred. */
const usualBytes = 64 * 1024;

/**
 * Reads a body of limited length as JSON.
 * @returns the value, or undefined if it is not JSON or too long
 */
export async function readJson(response: Response, maxBytes = usualBytes): Promise<unknown> {
  const text = await readText(response, maxBytes);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // not JSON: only the status counts
  }
}

async function readText(response: Response, maxBytes: number): Promise<string | undefined> {
  const decoder = new TextDecoder();
  const reader = bytesOf(response).getReader();
  let text = "";
  for (let length = 0; ;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    length += value.byteLength;
    if (length > maxBytes) {
      await reader.cancel();
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
}
