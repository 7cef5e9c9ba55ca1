import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { at } from "../../scripts/lib/root.ts";
import { makeFolder, removeFolder } from "./worker.ts";

/** What a command of the project printed, and how it ended. */
export interface CommandResult {
  /** Standard output and standard error, in the order of their arrival. */
  output: string;
  exitCode: number | null;
}

/** What is copied: files in which operators can make mistakes, and code that finds the project by its own path. */
const copied = [
  "assistants",
  "protocol",
  "scripts",
  "worker",
  "SECURITY.md",
  "package.json",
  "package-lock.json",
  "tsconfig.base.json",
  "wrangler.toml",
];

/** Other folders that the commands need. In the project, they are links to the repository's own. */
const shared = ["demo", "docs", "node_modules", "widget"];

/** The operator's own files: one assistant on each provider. */
const ownFiles = {
  "assistants/index.ts": `import { defineProject } from "../worker/assistants/project.ts";
import { connections } from "./connections.ts";
import { desk } from "./desk/assistant.ts";
import { help } from "./help/assistant.ts";

export const project = defineProject({ connections, assistants: { help, desk } });
`,
  "assistants/help/assistant.ts": `import { defineAssistant } from "../../worker/assistants/definition.ts";
import systemPrompt from "./system.md";

export const help = defineAssistant({
  title: "Help",
  connection: "anthropic",
  model: "claude-sonnet-5-5",
  systemPrompt,
  maxCompletionTokens: 1024,
  origins: ["https://www.example.com"],
});
`,
  "assistants/help/system.md": "You answer questions about our shop.\n",
  "assistants/desk/assistant.ts": `import { defineAssistant } from "../../worker/assistants/definition.ts";

export const desk = defineAssistant({
  title: "Service desk",
  connection: "foundry",
  model: "our-deployment",
  baseModel: "gpt-5-mini",
  maxCompletionTokens: 1024,
  origins: ["https://www.example.com"],
});
`,
};

/** The folder in each project for Node's compiled modules. */
const compiled = ".wrangler/compiled";

/** Folders with files that commands keep for later commands, in any project. */
const kept = [compiled, ".wrangler/pglite"];

/**
 * Lets all projects share what commands keep, which saves half of a short command's CPU time. Node finds a compiled
 * module by its content and by its path relative to the folder. That path is the same in each project.
 */
function shareKept(folder: string): void {
  for (const name of kept) {
    mkdirSync(at(name), { recursive: true });
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    symlinkSync(at(name), join(folder, name), "junction");
  }
}

/** How long a command may take before it is killed, in milliseconds: ten times what the slowest one needs. */
const commandTimeoutMs = 300_000;

/** A command of the project that has been started. */
export class RunningCommand {
  readonly #child: ChildProcessByStdio<null, Readable, Readable>;
  #output = "";

  constructor(child: ChildProcessByStdio<null, Readable, Readable>) {
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => (this.#output += text));
    }
  }

  /** Everything that it has printed so far. */
  output(): string {
    return this.#output;
  }

  /** Resolves when it has printed this text. @throws if it ends before */
  async printed(text: string): Promise<void> {
    const ended = this.ended();
    while (!this.#output.includes(text)) {
      const settled = new AbortController();
      const { stdout, stderr } = this.#child;
      const more = [stdout, stderr].map((stream) => once(stream, "data", settled).then(() => false));
      const isOver = await Promise.race([ended.then(() => true), ...more]);
      settled.abort();
      if (isOver && !this.#output.includes(text)) throw new Error(`${text} was not printed:\n${this.#output}`);
    }
  }

  /** Sends it a signal. */
  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** Resolves with its exit code when it has ended. */
  async ended(): Promise<number | null> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, "close");
    return this.#child.exitCode;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill("SIGTERM");
    await this.ended();
  }
}

/** A copy of this repository in its own folder, in which a test does what an operator does, including mistakes. */
export class OperatorProject {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Copies the repository, with other assistants. The folders in {@link shared} become links instead of copies. */
  static async create(): Promise<OperatorProject> {
    const folder = await makeFolder("operator");
    for (const name of copied) cpSync(at(name), join(folder, name), { recursive: true });
    for (const name of shared) symlinkSync(at(name), join(folder, name), "junction");
    shareKept(folder);
    const project = new OperatorProject(folder);
    for (const sample of ["claude", "foundry"]) project.remove(`assistants/${sample}`);
    for (const [path, text] of Object.entries(ownFiles)) project.write(path, text);
    return project;
  }

  /** Creates a project whose assistant `help` answers from documents, while `desk` does not. */
  static async createWithDocuments(): Promise<OperatorProject> {
    const project = await OperatorProject.create();
    const file = "assistants/help/assistant.ts";
    project.edit(file, "  systemPrompt,", "  systemPrompt,\n  context: { sources: [documents()] },");
    const imports = 'import { documents } from "../../worker/context/full-text/documents.ts";\n';
    project.edit(file, "import systemPrompt", `${imports}import systemPrompt`);
    return project;
  }

  /** Writes a file, and its folder if it is missing. */
  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), text);
  }

  /** Changes a file. @throws if it does not contain the text that is replaced */
  edit(path: string, from: string, to: string): void {
    const text = readFileSync(join(this.folder, path), "utf8");
    if (!text.includes(from)) throw new Error(`${path} does not contain ${from}`);
    writeFileSync(join(this.folder, path), text.replace(from, to));
  }

  /** Replaces a folder that is shared with the repository by a copy, so that a test can change its files. */
  own(name: string): void {
    rmSync(join(this.folder, name));
    cpSync(at(name), join(this.folder, name), { recursive: true });
  }

  /** Copies a file or folder of the project. */
  copy(from: string, to: string): void {
    cpSync(join(this.folder, from), join(this.folder, to), { recursive: true });
  }

  /** Removes a file or folder. */
  remove(path: string): void {
    rmSync(join(this.folder, path), { recursive: true });
  }

  /** Runs `npm run <script> -- <args>` without npm, to its end. */
  run(script: string, ...args: string[]): Promise<CommandResult> {
    return this.#run(["scripts/bootstrap.mjs", script, ...args]);
  }

  /** Runs `npx wrangler <args>` to its end. */
  wrangler(...args: string[]): Promise<CommandResult> {
    return this.#run(["node_modules/wrangler/wrangler-dist/cli.js", ...args]);
  }

  /** Starts `npm run <script> -- <args>` without npm, and leaves it running. */
  start(script: string, ...args: string[]): RunningCommand {
    return new RunningCommand(this.#spawn(["scripts/bootstrap.mjs", script, ...args]));
  }

  /** Uses the widget that this repository has built, so that the project does not build its own. */
  shareBuild(): void {
    for (const name of ["dist/widget", "dist/compare"]) cpSync(at(name), join(this.folder, name), { recursive: true });
  }

  async #run(args: string[]): Promise<CommandResult> {
    const command = new RunningCommand(this.#spawn(args));
    const exitCode = await command.ended();
    return { output: command.output(), exitCode };
  }

  #spawn(args: string[]): ChildProcessByStdio<null, Readable, Readable> {
    const env = {
      ...ownEnvironment(),
      NODE_COMPILE_CACHE: join(this.folder, compiled),
      NODE_COMPILE_CACHE_PORTABLE: "1",
      WRANGLER_SEND_METRICS: "false",
      WRANGLER_LOG_PATH: join(this.folder, "logs"),
    };
    return spawn(process.execPath, args, {
      cwd: this.folder,
      env,
      stdio: ["ignore", "pipe", "pipe"],
      timeout: commandTimeoutMs,
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await removeFolder(this.folder);
  }
}

/**
 * This machine's environment without the developer's own keys, without npm's variables, and without extra certificates,
 * which make workers start more slowly (`worker-program.ts` says why).
 */
function ownEnvironment(): NodeJS.ProcessEnv {
  const isOther = /^((ANTHROPIC|AZURE|npm)_|NODE_EXTRA_CA_CERTS$)/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !isOther.test(name)));
}
