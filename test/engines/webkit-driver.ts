// Drives WebKitGTK's MiniBrowser through WebDriver: https://w3c.github.io/webdriver/
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findRandomPort } from "../../scripts/lib/find-port.ts";
import { eventually } from "../support/eventually.ts";
import { asJson, EngineProcess, type Driver } from "./driver.ts";
import type { Engine } from "./engines.ts";

/** Starts a MiniBrowser on a screen of its own. */
export async function startWebKit({ program, screen = [] }: Engine): Promise<Driver> {
  const process = new EngineProcess();
  mkdirSync(join(process.folder, ".config/gtk-3.0"), { recursive: true });
  writeFileSync(join(process.folder, ".config/gtk-3.0/settings.ini"), "[Settings]\ngtk-enable-animations=0\n");
  const port = await findRandomPort();
  const command = [...screen, "-s", "-screen 0 1600x1200x24", "dbus-run-session", "--", "WebKitWebDriver"];
  const env = { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1", HOME: process.folder }; // no sandbox for root
  process.start([...command, `--port=${port}`], env).stderr?.resume();
  const send = async (method: string, path: string, body?: object): Promise<unknown> => {
    const request = body ? { method, body: JSON.stringify(body) } : { method };
    const { value } = (await (await fetch(`http://127.0.0.1:${port}${path}`, request)).json()) as { value: unknown };
    const { error, message } = Object(value) as { error?: string; message?: string };
    if (error !== undefined) throw new Error(`${path}: ${error}: ${message}`);
    return value;
  };
  await eventually(() => send("GET", "/status"));
  const options = { "webkitgtk:browserOptions": { binary: program, args: ["--automation"] } };
  const session = await send("POST", "/session", { capabilities: { alwaysMatch: options } });
  const { sessionId, capabilities } = session as { sessionId: string; capabilities: { browserVersion: string } };
  const path = `/session/${sessionId}`;
  const evaluate = async (expression: string): Promise<unknown> => {
    const script = `return ${asJson(expression)}`;
    return JSON.parse(String(await send("POST", `${path}/execute/sync`, { script, args: [] })));
  };
  return {
    version: `WebKitGTK ${capabilities.browserVersion}`,
    open: async (url) => void (await send("POST", `${path}/url`, { url })),
    evaluate,
    perform: async (actions) => void (await send("POST", `${path}/actions`, { actions })),
    async resize({ width, height }) {
      const bars = Number(await evaluate("outerHeight - innerHeight"));
      await send("POST", `${path}/window/rect`, { width, height: height + bars });
    },
    screenshot: async () => String(await send("GET", `${path}/screenshot`)),
    async close() {
      await send("DELETE", path);
      await process.end();
    },
  };
}
