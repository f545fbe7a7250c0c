// Bundles the app: Node does not compile JSX, and a few files start in a third of the time of hundreds.
// Modules that are not needed for the first frame are split off and loaded later. The entry enables
// V8's compile cache. The bundler is loaded only to bundle.

import { fileURLToPath } from 'node:url';
import { isUpToDate, replaceFiles, whyNotWritten } from '@digits/files';
import type { BuildOptions } from 'esbuild';

const pathOf = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

const folder = pathOf('./dist');

/** The file to start. */
export const bundle = pathOf('./dist/main.js');

/** An app that has run for longer has loaded all chunks that it needs. */
const keptChunkMs = 24 * 60 * 60 * 1000;

/** All options but the entry and the output. */
export const bundling = {
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  jsx: 'automatic',
  // Names are kept for readable stack traces.
  minifySyntax: true,
  minifyWhitespace: true,
  define: {
    'process.env.NODE_ENV': '"production"',
    // The layout engine would fetch its WebAssembly from a data URL, for which Node loads an HTTP client
    // before the first frame. Without fetch it decodes the WebAssembly itself.
    fetch: 'undefined',
  },
  // Ink's optional connection to the React developer tools, which are not installed.
  alias: { 'react-devtools-core': pathOf('./no-devtools.ts') },
  // CommonJS modules in the bundle require Node's own.
  banner: {
    js: "import { createRequire as requireFor } from 'node:module'; const require = requireFor(import.meta.url);",
  },
} as const satisfies BuildOptions;

const sources = [
  ...['./src', './bundle.ts', './no-devtools.ts', './package.json'],
  ...['canvas', 'client', 'files', 'protocol', 'screen'].map(
    library => `../../libs/${library}/src`,
  ),
  '../../package-lock.json',
];

/** Whether the bundle was built from the current sources. */
export function isBundleCurrent(): boolean {
  return isUpToDate(bundle, sources.map(pathOf));
}

/** @returns in a sentence why the files cannot be written; undefined if they were */
export async function writeBundle(): Promise<string | undefined> {
  const { build, stop } = await import('esbuild');
  const { outputFiles } = await build({
    ...bundling,
    entryPoints: {
      main: pathOf('./src/entry.ts'),
      'picture-worker': pathOf('./src/storage/picture-worker.ts'),
    },
    chunkNames: 'chunk-[hash]',
    outdir: folder,
    write: false,
  });
  // Ends the bundler's own process, which would stay as long as this one.
  await stop();
  try {
    await replaceFiles(folder, outputFiles, { entry: bundle, keptMs: keptChunkMs });
    return undefined;
  } catch (error) {
    return whyNotWritten(folder, error);
  }
}
