import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** The browsers that tests run in. */
export interface Browsers {
  /** Path of a complete Chromium. */
  chromium: string;
  /**
   * Path of Chromium's headless shell: the same engine without a user interface, in which a page costs a tenth of the
   * CPU time. It has no back/forward cache. If there is no shell, the path of the complete Chromium.
   */
  shell: string;
}

/**
 * Finds the browsers for the tests. If they are missing, Debian's packages are installed where that is possible.
 * @returns undefined if no browser is found
 */
export function findBrowsers(): Browsers | undefined {
  const chromium = findBrowser();
  if (chromium === undefined) return undefined;
  if (chromium !== debian.chromium) return { chromium, shell: chromium };
  if (!existsSync(debian.shell)) installFromDebian();
  return { chromium, shell: existsSync(debian.shell) ? debian.shell : chromium };
}

/**
 * Finds a complete Chromium. If there is none, Debian's package is installed where that is possible.
 * @returns its path, or undefined if there is none
 */
export function findBrowser(): string | undefined {
  const { CHROME_PATH } = process.env;
  if (CHROME_PATH) return existsSync(CHROME_PATH) ? CHROME_PATH : undefined;
  const found = installedBrowser();
  if (found !== undefined) return found;
  installFromDebian();
  return installedBrowser();
}

/** Says in one sentence what to do if {@link findBrowser} finds nothing. */
export const noBrowserFound =
  "The browser tests need Chrome or Chromium: install one, or set CHROME_PATH to the program's path, and run the same command again.";

/** Where Debian's packages `chromium` and `chromium-headless-shell` put their programs. */
const debian = { chromium: "/usr/bin/chromium", shell: "/usr/bin/chromium-headless-shell" };

function installedBrowser(): string | undefined {
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge"];
  const folders = (process.env.PATH ?? "").split(delimiter);
  return [...folders.flatMap((folder) => names.map((name) => join(folder, name))), ...usualPlaces()].find(existsSync);
}

function usualPlaces(): string[] {
  const { HOME = "", PROGRAMFILES = "", "PROGRAMFILES(X86)": programFiles86 = "", LOCALAPPDATA = "" } = process.env;
  switch (process.platform) {
    case "darwin":
      return ["/Applications", `${HOME}/Applications`].flatMap((folder) =>
        ["Google Chrome", "Chromium", "Microsoft Edge"].map((name) => `${folder}/${name}.app/Contents/MacOS/${name}`),
      );
    case "win32":
      return [PROGRAMFILES, programFiles86, LOCALAPPDATA].flatMap((folder) => [
        `${folder}\\Google\\Chrome\\Application\\chrome.exe`,
        `${folder}\\Chromium\\Application\\chrome.exe`,
        `${folder}\\Microsoft\\Edge\\Application\\msedge.exe`,
      ]);
    default:
      return ["/usr/bin/chromium", "/snap/bin/chromium", "/opt/google/chrome/chrome"];
  }
}

/** Installs Chromium from Debian's packages. Does nothing on other systems, without root rights or without apt-get. */
function installFromDebian(): void {
  if (process.platform !== "linux" || process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return;
  console.error("Installing Chromium for the browser tests, once…");
  const options = { stdio: "ignore", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } } as const;
  const packages = ["chromium", "chromium-headless-shell", "fonts-dejavu-core"];
  spawnSync("apt-get", ["update", "-q"], options);
  spawnSync("apt-get", ["install", "-q", "-y", "--no-install-recommends", ...packages], options);
}
