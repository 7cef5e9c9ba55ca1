// Every npm script starts here: `node scripts/bootstrap.mjs <script> [arguments]`. This file must run on any Node
// version that the machine has. It installs the dependencies if they are missing, then runs the script with the
// project's own Node.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const windows = process.platform === "win32";
const node = join(root, "node_modules", "node", "bin", windows ? "node.exe" : "node");

const [script = "start", ...args] = process.argv.slice(2);
if (!existsSync(join(root, "scripts", `${script}.ts`))) stop(`There is no script "${script}" in scripts/.`);
if (!isInstalled()) install();
run();

/**
 * Whether every package of the lock file, except optional ones, is installed in the version that the lock file names.
 */
function isInstalled() {
  const wanted = readPackages("package-lock.json");
  const present = readPackages("node_modules/.package-lock.json");
  return (
    existsSync(node) &&
    Object.entries(wanted).every(
      ([path, { optional, version }]) => path === "" || optional || present[path]?.version === version,
    )
  );
}

/** The `packages` of a lock file. Empty if the file is missing or broken, for example after an interrupted install. */
function readPackages(path) {
  try {
    return JSON.parse(readFileSync(join(root, path), "utf8")).packages;
  } catch {
    return {};
  }
}

/** Installs exactly the versions of the lock file. */
function install() {
  console.error("Installing the dependencies (first run only)…");
  const npm = process.env.npm_execpath;
  const options = { cwd: root, stdio: ["ignore", "inherit", "inherit"] };
  const { status } = npm?.endsWith(".js")
    ? spawnSync(process.execPath, [npm, "ci", "--loglevel=error"], options)
    : spawnSync("npm ci --loglevel=error", { ...options, shell: true });
  if (status !== 0 || !existsSync(node)) {
    stop("The dependencies could not be installed. Fix the problem that npm reports above and run the command again.");
  }
}

/** Runs the script and exits with its exit code. The script is ended when this process, npm or the terminal ends. */
function run() {
  const path = join(root, "node_modules", ".bin") + delimiter + process.env.PATH;
  // No messages are sent over the IPC channel. When it closes, the script knows that this process has ended.
  const child = spawn(node, [join(root, "scripts", `${script}.ts`), ...args], {
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: { ...process.env, PATH: path },
  });
  child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 143)));
  // The terminal also sends Ctrl-C to the script itself; receiving the signal twice does no harm.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  if (process.env.npm_lifecycle_event !== undefined) watchNpm(() => child.kill("SIGTERM"));
}

/**
 * Calls `gone` when npm has ended. npm runs this file through a shell that does not forward signals, and a killed npm
 * sends none. Therefore this polls the parent process, and its parent too if the parent is that shell.
 */
function watchNpm(gone) {
  const parent = process.ppid;
  const { name, parent: grandparent } = inspectProcess(parent);
  const watched = /^(ba|da|k|z|a)?sh$|^cmd/i.test(name) && grandparent > 1 ? [parent, grandparent] : [parent];
  const timer = setInterval(() => {
    if (process.ppid === parent && watched.every(isAlive)) return;
    clearInterval(timer);
    gone();
  }, 250); // well below a second, and each check costs only two system calls
  timer.unref();
}

/** Name and parent of a process, if the system provides them. */
function inspectProcess(pid) {
  const query = windows
    ? `powershell -NoProfile -Command "$p = Get-CimInstance Win32_Process -Filter 'ProcessId=${pid}'; $p.ParentProcessId, $p.Name -join ' '"`
    : `ps -o ppid=,comm= -p ${pid}`;
  try {
    // Linux provides both in a file, even if `ps` is not installed.
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return {
      name: /^Name:\s*(.*)$/m.exec(status)?.[1] ?? "",
      parent: Number(/^PPid:\s*(\d+)$/m.exec(status)?.[1] ?? 0),
    };
  } catch {
    const [ppid, ...name] = String(spawnSync(query, { shell: true, windowsHide: true }).stdout ?? "")
      .trim()
      .split(/\s+/);
    return { name: name.join(" ").replace(/^.*\//, ""), parent: Number(ppid ?? 0) };
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM"; // it is running, but belongs to another user
  }
}

/** Prints a sentence that says what is wrong, and exits. */
function stop(sentence) {
  console.error(sentence);
  process.exit(1);
}
