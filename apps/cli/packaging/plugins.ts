// What the bundler does otherwise with some modules of the program.

import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';

/** The root of the repository. */
export const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Modules that are built as entries: their paths from the root, by the names of the built files. */
export type Entries = Readonly<Record<string, string>>;

/**
 * Leaves what apps/cli imports dynamically from a folder to another build.
 *
 * @param folder from the root of the repository
 * @param entries gets what is left
 */
export function leaveToOtherBuild(folder: string, entries: Record<string, string>): Plugin {
  return {
    name: 'leave-to-other-build',
    setup({ onResolve }) {
      onResolve({ filter: /^\.\..*\.ts$/ }, ({ path, kind, resolveDir }) => {
        const source = relative(root, join(resolveDir, path)).replaceAll('\\', '/');
        if (kind !== 'dynamic-import' || !source.startsWith(`${folder}/`)) return undefined;
        const name = source.replace(/\.ts$/, '').replaceAll('/', '-');
        entries[name] = source;
        return { path: `./${name}.js`, external: true };
      });
    },
  };
}

/**
 * Has the layout engine decode its WebAssembly itself: it would fetch it from a data URL, for which Node loads
 * an HTTP client before the first frame.
 */
export const decodeYoga: Plugin = {
  name: 'decode-yoga',
  setup({ onLoad }) {
    onLoad({ filter: /yoga-wasm-base64-esm\.js$/ }, ({ path }) => ({
      contents: `const fetch = undefined;\n${readFileSync(path, 'utf8')}`,
    }));
  },
};

/** A map of the first character alone: the map of a bundle takes over what a module's own has. */
const emptyMap = Buffer.from(
  JSON.stringify({ version: 3, sources: ['bundled'], sourcesContent: [''], mappings: 'AAAA' }),
).toString('base64');

/** Leaves installed packages out of the source maps, which would be four times as large with them. */
export const mapOwnCode: Plugin = {
  name: 'map-own-code',
  setup({ onLoad }) {
    onLoad({ filter: /node_modules.*\.[cm]?js$/ }, ({ path }) => ({
      contents: `${readFileSync(path, 'utf8')}\n//# sourceMappingURL=data:application/json;base64,${emptyMap}`,
    }));
  },
};
