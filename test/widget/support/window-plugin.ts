interface Client {
  send(method: string, params: object): Promise<unknown>;
  detach(): Promise<void>;
}

interface Request {
  command: string;
  payload: unknown;
  session: { id: string; browser: { getPage(id: string): { createCDPSession(): Promise<Client> } } };
}

/** The scale at which a page is drawn if nobody looks at it: drawing at full size is a sixth of an audit's work. */
const scale = 0.05;

/**
 * Changes a page's window and colors in Chromium in ways that the test runner cannot: `emulateMedia` ignores forced
 * colors, and `setViewport` draws each page at its full size. A change lasts until it is undone with `null`.
 */
export function windowPlugin() {
  const clients = new Map<string, Client>();
  return {
    name: "window",
    async executeCommand({ command, payload, session }: Request): Promise<true | undefined> {
      if (command !== "small-window" && command !== "forced-colors") return undefined;
      await clients.get(command)?.detach();
      clients.delete(command);
      if (payload === null) return true;
      const client = await session.browser.getPage(session.id).createCDPSession();
      clients.set(command, client);
      await (command === "small-window"
        ? client.send("Emulation.setDeviceMetricsOverride", {
            ...Object(payload),
            deviceScaleFactor: 1,
            mobile: false,
            scale,
          })
        : client.send("Emulation.setEmulatedMedia", { features: [{ name: "forced-colors", value: payload }] }));
      return true;
    },
  };
}
