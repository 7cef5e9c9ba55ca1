// Every npm script begins here: `node scripts/bootstrap.mjs <script> [arguments]`. This file alone must run on whatever
// Node the machine has. It installs what is missing, then hands over to the Node that the project brings along.
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

/** Whether everything that the lock file asks for is there, in the version that it asks for. */
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

/** The `packages` of a lock file; none where it is absent or broken, as after an install that was cut short. */
function readPackages(path) {
  try {
    return JSON.parse(readFileSync(join(root, path), "utf8")).packages;
  } catch {
    return {};
  }
}

/** Installs exactly what the lock file says. */
function install() {
  console.error("Installing the dependencies, once …");
  const npm = process.env.npm_execpath;
  const options = { cwd: root, stdio: ["ignore", "inherit", "inherit"] };
  const { status } = npm?.endsWith(".js")
    ? spawnSync(process.execPath, [npm, "ci", "--loglevel=error"], options)
    : spawnSync("npm ci --loglevel=error", { ...options, shell: true });
  if (status !== 0 || !existsSync(node)) {
    stop("The dependencies could not be installed: see npm's message above, mend it, and run the same command again.");
  }
}

/** Runs the script; ends with its exit code, and ends it when this process, npm or the terminal ends. */
function run() {
  const path = join(root, "node_modules", ".bin") + delimiter + process.env.PATH;
  // The fourth channel carries nothing: when it closes, the script knows that this process is gone.
  const child = spawn(node, [join(root, "scripts", `${script}.ts`), ...args], {
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: { ...process.env, PATH: path },
  });
  child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 143)));
  // Ctrl-C reaches the script by itself, from the terminal; the second one that it gets from here does no harm.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  if (process.env.npm_lifecycle_event !== undefined) watchNpm(() => child.kill("SIGTERM"));
}

/**
 * Calls `gone` when npm is gone. npm runs this file through a shell that keeps a signal to itself, and a killed npm
 * says nothing at all, so we look: at the parent, and at the parent's parent where the parent is that shell.
 */
function watchNpm(gone) {
  const parent = process.ppid;
  const { name, parent: grandparent } = inspectProcess(parent);
  const watched = /^(ba|da|k|z|a)?sh$|^cmd/i.test(name) && grandparent > 1 ? [parent, grandparent] : [parent];
  const timer = setInterval(() => {
    if (process.ppid === parent && watched.every(isAlive)) return;
    clearInterval(timer);
    gone();
  }, 250); // short enough to be gone within a second, and costs two system calls
  timer.unref();
}

/** Name and parent of a process, as far as the system tells. */
function inspectProcess(pid) {
  const query = windows
    ? `powershell -NoProfile -Command "$p = Get-CimInstance Win32_Process -Filter 'ProcessId=${pid}'; $p.ParentProcessId, $p.Name -join ' '"`
    : `ps -o ppid=,comm= -p ${pid}`;
  try {
    // Linux has it in a file, which is there even where `ps` is not.
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
    return error.code === "EPERM"; // it is somebody else's, and alive
  }
}

/** Says what is wrong, in one sentence, and ends. */
function stop(sentence) {
  console.error(sentence);
  process.exit(1);
}
