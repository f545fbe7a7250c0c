// `nx build api`: bundles the service into dist/, where it starts in a fraction of the time of its
// hundreds of modules. Packages with files of their own beside their code stay outside.
import { readFileSync, rmSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';

const pathOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const folder = pathOf('./dist');

/**
 * Lets each module of ours keep the address of its source, so that it finds in the repository what
 * it names relative to itself: models, data, WebAssembly.
 */
const keepAddresses: Plugin = {
  name: 'keep-addresses',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const address = JSON.stringify(relative(folder, path).replaceAll('\\', '/'));
      const source = readFileSync(path, 'utf8');
      const moved = `new URL(${address}, import.meta.url).href`;
      return { contents: source.replaceAll('import.meta.url', moved), loader: 'ts' };
    });
  },
};

/**
 * Lets modules of Node's be required. Imported, each is asked for all that it exports, and node:http
 * then loads undici and HTTP/2 for the sake of a WebSocket: a fifth of the start.
 */
const requireBuiltIns: Plugin = {
  name: 'require-built-ins',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:/ }, ({ path, kind }) =>
      kind === 'import-statement' ? { path, namespace: 'built-in' } : { path, external: true },
    );
    onLoad({ filter: /.*/, namespace: 'built-in' }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(path)});`,
    }));
  },
};

rmSync(folder, { recursive: true, force: true });
await build({
  entryPoints: { main: pathOf('./src/entry.ts') },
  bundle: true,
  // What is imported late is read late.
  splitting: true,
  outdir: folder,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  // Names are kept as they are written: what esbuild does to keep them through renaming is done anew
  // for each function that a request makes, and takes a twentieth of its time.
  minifySyntax: true,
  minifyWhitespace: true,
  sourcemap: 'linked',
  sourcesContent: false,
  external: ['sharp', '@fastify/swagger-ui', 'pino-pretty'],
  plugins: [keepAddresses, requireBuiltIns],
  // CommonJS packages in the bundle require Node's own modules, and some ask where they are.
  banner: {
    js: [
      "import { createRequire as requireFor } from 'node:module';",
      'const require = requireFor(import.meta.url);',
      'const __filename = import.meta.filename, __dirname = import.meta.dirname;',
    ].join(' '),
  },
});
