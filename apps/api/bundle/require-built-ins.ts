// Lets modules of Node's be required. Imported, each is asked for all that it exports, and node:http
// then loads undici and HTTP/2 for the sake of a WebSocket: a fifth of the start.

import type { Plugin } from 'esbuild';

const namespace = 'built-in';

export const requireBuiltIns: Plugin = {
  name: 'require-built-ins',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:/ }, ({ path, kind }) =>
      kind === 'import-statement' ? { path, namespace } : { path, external: true },
    );
    onLoad({ filter: /./, namespace }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(path)});`,
    }));
  },
};
