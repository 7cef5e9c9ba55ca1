import { minify } from "terser";
import { minifySync, type Plugin } from "vite";

/**
 * Minifies every chunk before its content is hashed into its name. The files that every visitor downloads are minified
 * twice, since each minifier finds what the other one leaves: the chat is half a KiB smaller after brotli than with
 * either alone. For the other chunks it is not worth the time.
 */
export function minifyChunks(): Plugin {
  return {
    name: "minify-chunks",
    enforce: "post", // after the code was compiled for the target browsers
    async renderChunk(code, { fileName, isEntry }, { format }) {
      const module = format === "es";
      const once = minifySync(fileName, code, { compress: true, mangle: true, module });
      const [error] = once.errors;
      if (error) throw new Error(`${fileName}: ${error.message}`);
      return { code: isEntry ? await minifyAgain(once.code, module) : once.code, map: null };
    },
  };
}

async function minifyAgain(code: string, module: boolean): Promise<string> {
  const compress = { passes: 3, unsafe_arrows: true, unsafe_methods: true };
  const result = await minify(code, { module, ecma: 2020, compress, format: { comments: false } });
  return result.code ?? code;
}
