// `npm run ingest` in an operator's own project: the real command, and the real database.
import assert from "node:assert/strict";
import { chmodSync, globSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { openLocalDatabase } from "../../scripts/lib/ingest/local-database.ts";
import { at } from "../../scripts/lib/root.ts";
import { documents } from "../../worker/context/full-text/documents.ts";
import { migrate } from "../../worker/context/full-text/migrate.ts";
import { startDocumentSite } from "../support/document-site.ts";
import { makePdf } from "../support/make-files.ts";
import { OperatorProject } from "../support/operator-project.ts";

const documented = readFileSync(at("docs/documents.md"), "utf8");

/** Opens the database of a project's worker in this process, beside the command and the worker. */
async function openDatabase(project: OperatorProject, state = ".wrangler/state") {
  const { database, close } = await openLocalDatabase("DOCUMENTS", join(project.folder, state));
  const source = documents({ minScore: 0 }).open({ assistant: "help", env: { DOCUMENTS: database } });
  const limits = { maxResults: 5, maxTokens: 2400 };
  return {
    /** What a visitor's question finds. */
    search: (text: string) =>
      source.search({ text, question: text, conversation: [] }, limits, new AbortController().signal),
    [Symbol.asyncDispose]: close,
  };
}

/** The numbers of the summary, by the heading of their column. */
function countsOf(output: string): Record<string, number> {
  const [, head = "", row = ""] = /^(new .*failed)\n─.*\n(.*)$/m.exec(output) ?? [];
  const numbers = row.split(/\s+/).map(Number);
  return Object.fromEntries(head.split(/\s+/).map((name, column) => [name, numbers[column] ?? Number.NaN]));
}

const none = { new: 0, changed: 0, unchanged: 0, removed: 0, failed: 0 };

test("documents are brought in, and updated and removed while the worker runs", async () => {
  await using project = await OperatorProject.createWithDocuments();
  const ingest = () => project.run("ingest", "help", "content", "--url", "/docs", "--persist-to", "state");
  project.write("content/install.md", "# Mounting\n\nIntro.\n\n## Tools\n\nYou need a zorkwrench.\n");
  project.write(
    "content/guide/index.html",
    "<html><body><main><h1>Guide</h1><p>The florbing guide.</p></main></body></html>",
  );
  project.write("content/style.css", "p {}");
  writeFileSync(
    join(project.folder, "content/manual.pdf"),
    makePdf([["First page."], ["The quibbler is on page two."]]),
  );

  const first = await ingest();
  assert.equal(first.exitCode, 0, first.output);
  assert.deepEqual(countsOf(first.output), { ...none, new: 3 });
  assert.match(first.output, /^new {8}content\/install\.md \(2 passages\)$/m);
  assert.match(first.output, /^Left out, because it is not a document: 1 file\.$/m);
  await using database = await openDatabase(project, "state");
  const [tool] = await database.search("zorkwrench");
  assert.deepEqual(
    [tool?.title, tool?.url, tool?.content],
    ["Mounting › Tools", "/docs/install#tools", "You need a zorkwrench."],
  );
  assert.equal((await database.search("florbing"))[0]?.url, "/docs/guide/");
  assert.equal((await database.search("quibbler"))[0]?.url, "/docs/manual.pdf#page=2");

  await using worker = project.start("worker", "--assets", "docs", "--port", "0", "--persist-to", "state");
  await worker.printed("The worker is running at");
  project.edit("content/install.md", "zorkwrench", "spludger");
  project.remove("content/manual.pdf");
  const second = await ingest();
  assert.equal(second.exitCode, 0, second.output);
  assert.deepEqual(countsOf(second.output), { ...none, changed: 1, unchanged: 1, removed: 1 });
  assert.match(second.output, /^removed {4}content\/manual\.pdf$/m);
  assert.equal((await database.search("spludger")).length, 1);
  assert.deepEqual(await database.search("zorkwrench"), []);
});

test("what cannot be read is one line, and everything else is brought in", async () => {
  await using project = await OperatorProject.createWithDocuments();
  const inProject = (path: string) => join(project.folder, path);
  project.write("content/good.md", "The blorple is fine.");
  project.write("content/empty.md", "");
  writeFileSync(inProject("content/program.bin"), Buffer.from([127, 69, 76, 70, 0, 0]));
  writeFileSync(inProject("content/locked.pdf"), makePdf([["x"]], { encrypted: true }));
  writeFileSync(inProject("content/scan.pdf"), makePdf([[]]));
  writeFileSync(inProject("content/huge.txt"), Buffer.alloc(50 * 1024 * 1024, "text "));
  writeFileSync(inProject("content/latin.txt"), Buffer.from("Die F\u00fc\u00dfe.", "latin1"));
  symlinkSync("nowhere.md", inProject("content/broken.md"));
  symlinkSync("loop.md", inProject("content/loop.md"));
  symlinkSync(".", inProject("content/again"), "junction");
  project.write("content/secret.md", "x");
  chmodSync(inProject("content/secret.md"), 0);
  project.write("images/logo.svg", "<svg/>");

  const { output, exitCode } = await project.run("ingest", "help", "content", "images", "missing.md");
  assert.equal(exitCode, 1);
  const isRoot = process.getuid?.() === 0; // root may read every file
  const sentences = [
    "missing.md: there is no such file or folder: correct the path.",
    "images: the folder has no documents: name one with Markdown, HTML, text, PDF or DOCX files.",
    "content/again: it is a link to a folder that contains it: remove the link.",
    "content/broken.md: it is a link to a file that does not exist: correct the link, or remove it.",
    "content/empty.md: it is empty: write something into it, or remove it.",
    "content/huge.txt: it is 50 MB, and the limit is 32 MB: split it, or remove it.",
    "content/latin.txt: it is not saved as UTF-8, but probably as Windows-1252 or ISO 8859-1: save it again as UTF-8.",
    "content/locked.pdf: it is protected with a password: save it without one, or remove it.",
    "content/loop.md: it is a link that leads back to itself: correct the link, or remove it.",
    "content/program.bin: it is a binary file, not a document: remove it, or leave it out.",
    "content/scan.pdf: its pages are images without text: run text recognition on it, for example with `ocrmypdf`, or remove it.",
    ...(isRoot
      ? []
      : ["content/secret.md: you do not have permission to read it: change its permissions, or remove it."]),
  ];
  const lines = output.split("\n");
  for (const sentence of sentences) {
    assert.ok(lines.includes(sentence), `${sentence}\nwas not printed:\n${output}`);
    const reason = sentence.slice(sentence.indexOf(": ") + 2);
    assert.ok(documented.includes(reason), `docs/documents.md does not have it: ${reason}`);
  }
  assert.doesNotMatch(output, /^\s+at /m, "a stack");
  assert.deepEqual(countsOf(output), { ...none, new: isRoot ? 2 : 1, failed: sentences.length });
});

test("a run that is interrupted with Ctrl-C, or whose npm is killed, is continued by the next one", async () => {
  await using project = await OperatorProject.createWithDocuments();
  const count = 200;
  for (let number = 0; number < count; number += 1) {
    project.write(`content/${number}.md`, `Page ${number}.\n\n${"A sentence of some length. ".repeat(150)}`);
  }
  const interrupted = await interrupt(project, "SIGINT");
  assert.equal(interrupted.exitCode, 130, interrupted.output);
  assert.match(interrupted.output, /^Interrupted\. Run the command again: it continues where it stopped\.$/m);
  const { new: first = 0, ...others } = countsOf(interrupted.output);
  assert.ok(first > 0 && first < count, interrupted.output);
  assert.deepEqual(others, { changed: 0, unchanged: 0, removed: 0, failed: 0 });

  const killed = await interrupt(project, "SIGKILL");
  const { new: second = 0, unchanged } = countsOf(killed.output);
  assert.equal(unchanged, first);

  const { output, exitCode } = await project.run("ingest", "help", "content");
  assert.equal(exitCode, 0, output);
  assert.deepEqual(countsOf(output), { ...none, new: count - first - second, unchanged: first + second });
});

/** Starts the command, sends it a signal when it has written the first document, and waits for its end. */
async function interrupt(project: OperatorProject, signal: NodeJS.Signals) {
  await using command = project.start("ingest", "help", "content");
  await command.printed("new  ");
  command.signal(signal);
  const exitCode = await command.ended();
  return { output: command.output(), exitCode };
}

test("a site is brought in by its address, and --prune of a site leaves files alone, and the other way round", async () => {
  await using project = await OperatorProject.createWithDocuments();
  const webPage = (title: string, content: string) => ({
    body: `<html><body><main><h1>${title}</h1>${content}</main></body></html>`,
  });
  const text = "<p>A page of the site with a text of its own, about";
  await using site = await startDocumentSite([
    [
      "/docs/",
      webPage("Start", `${text} the florbing guide.</p><a href="a">A</a> <a href="old">Old</a> <a href="in">In</a>`),
    ],
    [
      "/docs/a",
      webPage("A", `${text} the <b>snorfel</b>. <a href="a?n=1">More</a></p><h2 id="part">Part</h2><p>${text} it.</p>`),
    ],
    ["/docs/a?n=1", webPage("More", `${text} more.</p>`)],
    ["/docs/old", webPage("Old", `${text} an old thing.</p>`)],
    ["/docs/in", { status: 401 }],
  ]);
  project.write("content/a.md", "The zorkwrench.");
  project.write("content/b.md", "The quibbler.");
  const address = `${site.url}/docs/`;
  const first = await project.run("ingest", "help", "content", address, "--rate", "1000", "--max-depth", "1");
  assert.equal(first.exitCode, 1, first.output);
  assert.deepEqual(countsOf(first.output), { ...none, new: 5, failed: 1 });
  const lines = first.output.split("\n");
  const login = `${address}in: it asks for a login (status 401): make it public, or remove the links to it.`;
  assert.ok(lines.includes(login), first.output);
  const limit = `The limit was reached 1 link from the start of ${address}: 1 more address was found. --max-depth raises it.`;
  assert.ok(lines.includes(limit), first.output);
  {
    await using database = await openDatabase(project);
    assert.ok((await database.search("snorfel")).some(({ url }) => url === `${address}a`));
  }
  site.pages.set("/docs/", webPage("Start", `${text} the florbing guide.</p><a href="a">A</a>`));
  project.remove("content/b.md");
  const pruned = await project.run("ingest", "help", address, "--prune", "--rate", "1000", "--max-depth", "1");
  assert.equal(pruned.exitCode, 0, pruned.output);
  assert.deepEqual(countsOf(pruned.output), { ...none, changed: 1, unchanged: 1, removed: 1 });
  const files = await project.run("ingest", "help", "content/a.md", "--prune");
  assert.deepEqual(countsOf(files.output), { ...none, unchanged: 1, removed: 1 });
  const all = await project.run("ingest", "help", "--prune");
  assert.deepEqual(countsOf(all.output), { ...none, removed: 3 });
});

suite("mistakes on the command line", () => {
  const usage =
    "Usage: npm run --silent ingest -- <assistant> <folders, files and addresses…> [--url <prefix>] [--max-pages <number>] [--max-depth <number>] [--rate <number>] [--persist-to <folder>] [--remote] [--postgres <connection string>] [--dry-run] [--prune]";
  const mistakes: [args: string[], sentence: string, exitCode?: number][] = [
    [["--help"], usage, 0],
    [["help"], usage],
    [["help", "content", "--pune"], "There is no option --pune."],
    [["help", "content", "--url"], "The option --url needs a value."],
    [
      ["hel", "content"],
      "There is no assistant hel in assistants/index.ts: did you mean help? The available assistants are help, desk.",
    ],
    [
      ["desk", "content"],
      "assistants/desk/assistant.ts: its context has no documents: add `context: { sources: [documents()] }`, as docs/documents.md shows.",
    ],
    [["help", "content", "--url", "docs"], '--url is "docs": write a path, as in /help, or a full URL.'],
    [["help", "https://"], "https:// is not the address of a website: write one, as in https://www.example.com/docs/."],
    [
      ["help", "https://me@www.example.com/"],
      "The address of a site has a user name: only public pages can be read. Leave it out.",
    ],
    [["help", "content", "--max-pages", "many"], '--max-pages is "many": write a whole number, 1 or more.'],
    [["help", "content", "--rate", "0"], '--rate is "0": write a number, 0.01 or more.'],
    [
      ["help", "content", "--remote", "--persist-to", "state"],
      "--remote and --persist-to cannot be used together: --remote is the deployment, --persist-to is this machine.",
    ],
    [
      ["help", "assistants", "--remote"],
      "--remote needs your Cloudflare account: run `npx wrangler login`, or set CLOUDFLARE_API_TOKEN.",
    ],
  ];
  test("each is answered with one sentence", async () => {
    const troubleshooting = readFileSync(at("docs/troubleshooting.md"), "utf8");
    await using project = await OperatorProject.createWithDocuments();
    for (const [args, sentence, expected = 1] of mistakes) {
      const { output, exitCode } = await project.run("ingest", ...args);
      assert.ok(output.split("\n").includes(sentence), `${sentence}\nwas not printed:\n${output}`);
      assert.doesNotMatch(output, /^\s+at /m, "a stack");
      assert.equal(exitCode, expected, output);
      assert.ok(troubleshooting.includes(sentence), `docs/troubleshooting.md does not have it: ${sentence}`);
    }
  });

  test("a database that wrangler.toml does not have", async () => {
    await using project = await OperatorProject.createWithDocuments();
    project.edit("assistants/help/assistant.ts", "documents()", 'documents({ database: "PAGES" })');
    project.write("content/a.md", "Text.");
    const { output, exitCode } = await project.run("ingest", "help", "content");
    const sentence =
      "wrangler.toml: there is no D1 database with the binding PAGES: add it under [[d1_databases]], as docs/documents.md shows.";
    assert.ok(output.split("\n").includes(sentence), output);
    assert.equal(exitCode, 1);
  });
});

test("a damaged database is named as such, and a new one is made once it is removed", async () => {
  await using project = await OperatorProject.createWithDocuments();
  project.write("content/a.md", "# A\n\nWords.\n");
  const ingest = () => project.run("ingest", "help", "content");
  const { database, close } = await openLocalDatabase("DOCUMENTS", join(project.folder, ".wrangler/state"));
  await migrate(database);
  await close();
  const d1 = join(project.folder, ".wrangler/state/v3/d1");
  for (const file of globSync(`${d1}/**/*.sqlite*`).filter((each) => !each.includes("metadata"))) {
    if (file.endsWith(".sqlite")) writeFileSync(file, "This is no database.".repeat(1000));
    else rmSync(file);
  }
  const damaged = await ingest();
  assert.equal(damaged.exitCode, 1);
  assert.match(damaged.output, /^The database cannot be used\. .*remove the folder v3\/d1/m);
  assert.doesNotMatch(damaged.output, /^ +at /m, "no stack");
  rmSync(d1, { recursive: true });
  assert.deepEqual(countsOf((await ingest()).output), { ...none, new: 1 });
});
