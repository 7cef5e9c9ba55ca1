import { minify } from "terser";
import { minifySync, type Plugin } from "vite";

/**
 * Makes every chunk small, before its content is hashed into its name. What everybody downloads is minified twice,
 * since each minifier finds what the other one leaves: after brotli the chat is smaller by half a KiB than with either
 * alone. What few ever load is not worth the seconds.
 */
export function minifyChunks(): Plugin {
  return {
    name: "minify-chunks",
    enforce: "post", // when the code is for the browsers that are meant
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
