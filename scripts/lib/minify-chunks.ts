import { minify } from "terser";
import { minifySync, type Plugin } from "vite";
import { internalNames } from "./internal-names.ts";

const internalName = new RegExp(`[.{,](${internalNames.join("|")})\\b`);
/** Short names that no other property has. */
const shortNames = Object.fromEntries(internalNames.map((name, index) => [`$${name}`, `$${index.toString(36)}`]));

/**
 * Minifies every chunk. Two minifiers minify the entry files, which every visitor downloads, and the files that an
 * answer with sources loads. Each minifier finds savings that the other misses: after Brotli the chat is half a KiB
 * smaller than with either one. For other files, which few visitors load, the second pass is not worth the build time.
 */
export function minifyChunks(): Plugin {
  return {
    name: "minify-chunks",
    enforce: "post", // after the code has been lowered for the target browsers
    async renderChunk(code, { fileName, isEntry }, { format }) {
      const module = format === "es";
      const once = minifySync(fileName, code, { compress: true, mangle: true, module });
      const [error] = once.errors;
      if (error) throw new Error(`${fileName}: ${error.message}`);
      if (isEntry) return { code: await minifyAgain(once.code, module), map: null };
      if (fileName.includes("/sources-")) return { code: await minifyAgain(once.code, module), map: null };
      // formulas share no objects with the chat, and some of their property names become attributes of MathML
      const isShort = fileName.includes("/math-") || !internalName.test(once.code);
      return { code: isShort ? once.code : await shorten(once.code, module), map: null };
    },
  };
}

/**
 * The properties that get short names. A property has the same short name in every file of a build, and in every build
 * with the same list.
 */
const properties = { regex: new RegExp(`^(${internalNames.join("|")})$`), builtins: true };
const nameCache = () => ({ props: { props: { ...shortNames } } });
const format = { comments: false } as const;

/** Gives properties their short names, and leaves the rest as it is. */
async function shorten(code: string, module: boolean): Promise<string> {
  const options = {
    module,
    ecma: 2020,
    compress: false,
    mangle: { properties },
    nameCache: nameCache(),
    format,
  } as const;
  return (await minify(code, options)).code ?? code;
}

async function minifyAgain(code: string, module: boolean): Promise<string> {
  const compress = {
    passes: 3,
    hoist_funs: module, // functions that are side by side compress better, in a file as large as the chat
    keep_fargs: false,
    unsafe_arrows: true,
    unsafe_methods: true,
  };
  const options = { module, ecma: 2020, compress, mangle: { properties }, nameCache: nameCache(), format } as const;
  return (await minify(code, options)).code ?? code;
}
