// `nx build api`: bundles the service into dist/, where it starts in a fraction of the time that its
// hundreds of modules take. Packages that read files beside their own code stay outside.

import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { replaceFiles } from '@digits/files';
import { build, type Plugin } from 'esbuild';
import { commonJsNames, requireBuiltIns, serviceEntries } from './bundling.ts';

const pathOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const outputFolder = pathOf('./dist');

/**
 * Replaces `import.meta.url` in our modules by the URL of the source file, so that a bundled module
 * finds the models, data and WebAssembly that it names relative to itself.
 */
const keepSourceUrls: Plugin = {
  name: 'keep-source-urls',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const source = JSON.stringify(relative(outputFolder, path).replaceAll('\\', '/'));
      const url = `new URL(${source}, import.meta.url).href`;
      const contents = readFileSync(path, 'utf8').replaceAll('import.meta.url', url);
      return { contents, loader: 'ts' };
    });
  },
};

const { outputFiles } = await build({
  absWorkingDir: pathOf('../..'),
  entryPoints: { main: 'apps/api/src/main.ts', ...serviceEntries },
  bundle: true,
  // A dynamically imported module becomes a file of its own, read when it is imported.
  splitting: true,
  outdir: outputFolder,
  write: false,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  // Identifiers are not shortened: the helper that keeps function names through renaming runs for
  // each function that a request creates, and takes a twentieth of a request's time.
  minifySyntax: true,
  minifyWhitespace: true,
  sourcemap: 'linked',
  sourcesContent: false,
  // In separate files: one non-ASCII letter in an author's name makes V8 store the whole bundle in
  // two bytes a character, which takes 10 ms of the start.
  legalComments: 'linked',
  external: ['sharp', '@fastify/swagger-ui', 'pino-pretty'],
  plugins: [keepSourceUrls, requireBuiltIns(/^node:/)],
  banner: { js: commonJsNames },
});

try {
  await replaceFiles(outputFolder, outputFiles, { entry: join(outputFolder, 'main.js') });
} catch (error) {
  process.stderr.write(`The service cannot be built: ${(error as Error).message}.\n`);
  process.exitCode = 1;
}
