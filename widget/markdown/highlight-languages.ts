import type { ShjLanguageData } from "@speed-highlight/core/tokenize";
import bash from "@speed-highlight/core/languages/bash.js";
import c from "@speed-highlight/core/languages/c.js";
import css from "@speed-highlight/core/languages/css.js";
import diff from "@speed-highlight/core/languages/diff.js";
import docker from "@speed-highlight/core/languages/docker.js";
import go from "@speed-highlight/core/languages/go.js";
import html from "@speed-highlight/core/languages/html.js";
import ini from "@speed-highlight/core/languages/ini.js";
import java from "@speed-highlight/core/languages/java.js";
import js from "@speed-highlight/core/languages/js.js";
import jsdoc from "@speed-highlight/core/languages/jsdoc.js";
import json from "@speed-highlight/core/languages/json.js";
import py from "@speed-highlight/core/languages/py.js";
import regex from "@speed-highlight/core/languages/regex.js";
import rs from "@speed-highlight/core/languages/rs.js";
import sql from "@speed-highlight/core/languages/sql.js";
import todo from "@speed-highlight/core/languages/todo.js";
import toml from "@speed-highlight/core/languages/toml.js";
import ts from "@speed-highlight/core/languages/ts.js";
import xml from "@speed-highlight/core/languages/xml.js";
import yaml from "@speed-highlight/core/languages/yaml.js";

/** The grammars, by the names that other grammars use for them. */
export const grammars: Readonly<Record<string, ShjLanguageData>> = {
  ...{
    bash,
    c,
    css,
    diff,
    docker,
    go,
    html,
    ini,
    java,
    js,
    jsdoc,
    json,
    py,
    regex,
    rs,
    sql,
    todo,
    toml,
    ts,
    xml,
    yaml,
  },
};

const aliases: Readonly<Record<string, string>> = {
  ...{ javascript: "js", jsx: "js", mjs: "js", cjs: "js", typescript: "ts", tsx: "ts", python: "py", python3: "py" },
  ...{
    sh: "bash",
    shell: "bash",
    zsh: "bash",
    console: "bash",
    rust: "rs",
    golang: "go",
    kotlin: "java",
    scala: "java",
  },
  ...{ "c++": "c", cpp: "c", h: "c", hpp: "c", "c#": "c", cs: "c", csharp: "c", swift: "c", php: "c", yml: "yaml" },
  ...{ dockerfile: "docker", patch: "diff", svg: "xml", vue: "html", svelte: "html", jsonc: "json", json5: "json" },
  ...{ scss: "css", less: "css", env: "ini", properties: "ini", postgresql: "sql", mysql: "sql", sqlite: "sql" },
};

/**
 * The grammar of a language, if it is known.
 * @param name the first word after the code fence
 */
export function grammarOf(name: string): ShjLanguageData | undefined {
  const key = name.toLowerCase();
  return grammars[aliases[key] ?? key];
}
