/** Runs the fault server alone: `npx node test/fault-server/main.ts [port]`. Control it over HTTP, see `control.ts`. */
import { startFaultServer } from "./server.ts";

const server = await startFaultServer({ port: Number(process.argv[2] ?? 0) });
process.stdout.write(`${server.url}\n`);
