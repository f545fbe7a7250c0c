// What every bundle with the service in it needs, besides its own options: see build.ts and apps/cli/packaging.

import type { Plugin } from 'esbuild';
import { builtScript } from './src/inference/batch-thread/script.ts';

/** What the service starts beside its bundle, by the names of the built files without `.js`: paths from the root of the repository. */
export const serviceEntries = {
  [builtScript.replace(/\.js$/, '')]: 'apps/api/src/inference/batch-thread/entry.ts',
};

/** CommonJS packages in a bundle use require, __filename and __dirname. */
export const commonJsNames = [
  "import { createRequire as requireFor } from 'node:module';",
  'const require = requireFor(import.meta.url);',
  'const __filename = import.meta.filename, __dirname = import.meta.dirname;',
].join(' ');

/**
 * Loads modules of Node by `require`. An `import` reads every export, and reading those of node:http loads
 * undici and HTTP/2 for its WebSocket: a fifth of the service's start.
 *
 * @param filter matches their specifiers
 */
export function requireBuiltIns(filter: RegExp): Plugin {
  return {
    name: 'require-built-ins',
    setup({ onResolve, onLoad }) {
      const namespace = 'built-in';
      onResolve({ filter }, ({ path, kind }) =>
        kind === 'import-statement' ? { path, namespace } : { path, external: true },
      );
      onLoad({ filter: /./, namespace }, ({ path }) => ({
        contents: `module.exports = require(${JSON.stringify(path)});`,
      }));
    },
  };
}
