import { bundleWidget } from "./bundle.ts";
import { ScriptedWorker } from "./scripted-worker.ts";

/** Where a test in the browser finds the scripted worker's address. */
const addressPath = "/scripted-worker.json";

/** Runs a scripted worker for as long as the test runner runs, on a different origin from the tests. */
export function scriptedWorkerPlugin() {
  const worker = new ScriptedWorker();
  let url = "";
  return {
    name: "scripted-worker",
    async serverStart(): Promise<void> {
      void bundleWidget(); // early, because a build takes longer than a test waits
      url = await worker.start();
    },
    async serverStop(): Promise<void> {
      await worker.stop();
    },
    serve({ path }: { path: string }): { body: string; type: string } | undefined {
      return path === addressPath ? { body: JSON.stringify({ url }), type: "json" } : undefined;
    },
  };
}
