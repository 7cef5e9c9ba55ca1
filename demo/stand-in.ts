// Runs only the stand-in provider: `npx node demo/stand-in.ts [port]`.
import { startStandIn } from "./stand-in/server.ts";

const { url } = await startStandIn({ port: Number(process.argv[2] ?? 0) });
console.log(
  `The stand-in provider is running at ${url}. Anthropic's API: /v1/messages. Azure's APIs: /models, /openai/deployments and /openai/v1.`,
);
