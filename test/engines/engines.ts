import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserLauncher } from "@web/test-runner";

/** A browser engine, and the program that opens one page in it. */
export interface Engine {
  name: string;
  program: string;
  /** The command that gives the program a screen, if it needs one. */
  screen?: string[];
  /**
   * The program with its arguments.
   * @param folder a folder for its own files; removed afterwards
   */
  command(folder: string, url: string): string[];
}

/** Preferences that turn Firefox's first-run prompts off. */
export const firefoxSettings = `
user_pref("browser.aboutwelcome.enabled", false);
user_pref("browser.preonboarding.enabled", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("termsofuse.bypassNotification", true);
`;

/** The engines that `npm test` does not cover. */
export const engines: readonly Engine[] = [
  {
    name: "Firefox",
    program: "/usr/bin/firefox-esr",
    command(folder, url) {
      writeFileSync(join(folder, "user.js"), firefoxSettings);
      const size = ["--window-size", "1000,885"];
      return [this.program, "--headless", "--no-remote", "--profile", folder, ...size, url];
    },
  },
  {
    name: "WebKitGTK",
    program: "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
    screen: ["xvfb-run", "-a"],
    command(folder, url) {
      // The sandbox does not work for root.
      const settings = ["WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS=1", `HOME=${folder}`];
      return ["env", ...settings, "dbus-run-session", "--", this.program, "--geometry=1000x885", url];
    },
  },
];

/** Starts an engine for each page, and ends it together with the page. */
export function launcher(engine: Engine): BrowserLauncher {
  const { name } = engine;
  const running = new Map<string, { child: ChildProcess; folder: string }>();
  const end = async (id: string) => {
    const { child, folder } = running.get(id) ?? {};
    running.delete(id);
    if (!child?.pid || folder === undefined) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    process.kill(-child.pid, "SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  };
  const start = async (id: string, url: string) => {
    const folder = mkdtempSync(join(tmpdir(), "rivulet-browser-"));
    const [program = "", ...args] = [...(engine.screen ?? []), ...engine.command(folder, url)];
    running.set(id, { child: spawn(program, args, { stdio: "ignore", detached: true }), folder });
  };
  return {
    name,
    type: name,
    concurrency: 1,
    startSession: start,
    startDebugSession: start,
    isActive: (id) => running.has(id),
    getBrowserUrl: () => undefined,
    stopSession: async (id) => {
      await end(id);
      return {};
    },
    stop: async () => {
      for (const id of running.keys()) await end(id);
    },
  };
}
