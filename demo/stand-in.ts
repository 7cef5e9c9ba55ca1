// The stand-in provider by itself: `node demo/stand-in.ts [port]`.
import { startStandIn } from "./stand-in/server.ts";

const { url } = await startStandIn({ port: Number(process.argv[2] ?? 0) });
console.log(
  `The stand-in provider answers at ${url}: Anthropic's wire at /v1/messages, Azure's at /models, /openai/deployments and /openai/v1.`,
);
