import { minify } from "terser";
import { minifySync, type Plugin } from "vite";
import { internalNames } from "./internal-names.ts";

const internalName = new RegExp(`\\b(${internalNames.join("|")})\\b`);
/** Short names that no other property has. */
const shortNames = Object.fromEntries(internalNames.map((name, index) => [`$${name}`, `$${index.toString(36)}`]));

/**
 * Minifies every chunk before its content is hashed for its name. Entry files, which every visitor downloads, are
 * minified by two minifiers, because each finds savings that the other misses: after Brotli the chat is half a KiB
 * smaller than with either one. So is what an answer with sources loads. For files that few visitors load, the second
 * pass is not worth the build time.
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
      const [name] = internalName.exec(once.code) ?? [];
      if (name !== undefined) throw new Error(`${fileName} uses ${name}: remove it from internal-names.ts.`);
      if (fileName.includes("/sources-")) return { code: await minifyAgain(once.code, module), map: null };
      return { code: once.code, map: null };
    },
  };
}

async function minifyAgain(code: string, module: boolean): Promise<string> {
  const compress = { passes: 3, keep_fargs: false, unsafe_arrows: true, unsafe_methods: true };
  // `builtins` includes names that also exist in the DOM, such as `cells`
  const mangle = { properties: { regex: new RegExp(`^(${internalNames.join("|")})$`), builtins: true } };
  const nameCache = { props: { props: { ...shortNames } } };
  const result = await minify(code, { module, ecma: 2020, compress, mangle, nameCache, format: { comments: false } });
  return result.code ?? code;
}
