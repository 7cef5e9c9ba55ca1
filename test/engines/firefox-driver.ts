// Drives Firefox through WebDriver BiDi, without a separate driver: https://w3c.github.io/webdriver-bidi/
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { asJson, EngineProcess, type Driver } from "./driver.ts";
import { firefoxSettings, type Engine } from "./engines.ts";

const driverSettings = `user_pref("ui.prefersReducedMotion", 1);
user_pref("full-screen-api.allow-trusted-requests-only", false);
`;

/** Starts a Firefox without a window. */
export async function startFirefox({ program }: Engine): Promise<Driver> {
  const process = new EngineProcess();
  writeFileSync(join(process.folder, "user.js"), firefoxSettings + driverSettings);
  const args = ["--headless", "--no-remote", "--profile", process.folder, "--remote-debugging-port", "0"];
  const { stderr } = process.start([program, ...args]);
  let printed = "";
  let url: string | undefined;
  for await (const chunk of stderr?.iterator({ destroyOnReturn: false }) ?? []) {
    printed += String(chunk);
    url = /WebDriver BiDi listening on (ws:\S+)/.exec(printed)?.[1];
    if (url !== undefined) break;
  }
  if (url === undefined) throw new Error(`Firefox has ended: ${printed}`);
  stderr?.resume();
  const send = await connect(`${url}/session`);
  const { capabilities } = await send("session.new", { capabilities: {} });
  const { contexts } = await send("browsingContext.getTree", {});
  const context = String(Reflect.get(Object(Reflect.get(Object(contexts), 0)), "context"));
  await send("browsingContext.activate", { context }); // so that keys go to the page, not to the address bar
  return {
    version: `Firefox ${String(Reflect.get(Object(capabilities), "browserVersion"))}`,
    open: async (address) => void (await send("browsingContext.navigate", { context, url: address, wait: "complete" })),
    async evaluate(expression) {
      const target = { context };
      const reply = await send("script.evaluate", { expression: asJson(expression), target, awaitPromise: true });
      if (reply.exceptionDetails) throw new Error(`${expression}: ${JSON.stringify(reply.exceptionDetails)}`);
      return JSON.parse(String(Reflect.get(Object(reply.result), "value")));
    },
    perform: async (actions) => void (await send("input.performActions", { context, actions })),
    resize: async (viewport) => void (await send("browsingContext.setViewport", { context, viewport })),
    screenshot: async () => String((await send("browsingContext.captureScreenshot", { context })).data),
    close: () => process.end(),
  };
}

type Send = (method: string, params: object) => Promise<Record<string, unknown>>;

/** @returns a function that sends a command and waits for its result */
async function connect(url: string): Promise<Send> {
  const socket = new WebSocket(url);
  const waiting = new Map<number, (reply: Record<string, unknown>) => void>();
  socket.addEventListener("message", ({ data }) => {
    const reply = JSON.parse(String(data)) as { id?: number } & Record<string, unknown>;
    if (reply.id !== undefined) waiting.get(reply.id)?.(reply);
  });
  await new Promise((resolve, reject) => {
    socket.addEventListener("open", resolve);
    socket.addEventListener("error", () => reject(new Error("Firefox accepts no connection")));
  });
  let count = 0;
  return async (method, params) => {
    const id = ++count;
    const reply = await new Promise<Record<string, unknown>>((resolve) => {
      waiting.set(id, resolve);
      socket.send(JSON.stringify({ id, method, params }));
    });
    waiting.delete(id);
    if (reply.type === "error") throw new Error(`${method}: ${String(reply.message)}`);
    return Object(reply.result) as Record<string, unknown>;
  };
}
