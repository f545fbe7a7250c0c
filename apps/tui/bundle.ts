// Bundles the app: Node strips types but reads no JSX, and a few files start in a third of the time
// of hundreds. What only later moments need is split off and loaded then. The first file does
// nothing but to have V8 keep what it compiles, so that the next start need not compile again.

import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, buildSync } from 'esbuild';

const pathOf = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

const folder = pathOf('./dist');

/** The file to start. */
export const bundle = pathOf('./dist/main.js');

/** An app that runs for longer has loaded all that it needs. */
const formerMs = 24 * 60 * 60 * 1000;

/** Everything but the entry and where the output goes. */
export const bundling = {
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  jsx: 'automatic',
  // Names stay, so that a stack trace can be read.
  minifySyntax: true,
  minifyWhitespace: true,
  define: {
    'process.env.NODE_ENV': '"production"',
    // The layout engine would fetch the WebAssembly that it carries from a data URL, for which Node
    // loads a whole HTTP client before the first frame. Without fetch it decodes it itself.
    fetch: 'undefined',
  },
  // Ink's optional connection to the React developer tools, which are not installed.
  alias: { 'react-devtools-core': pathOf('./no-devtools.ts') },
  // CommonJS modules in the bundle require Node's own.
  banner: {
    js: "import { createRequire as requireFor } from 'node:module'; const require = requireFor(import.meta.url);",
  },
} as const satisfies BuildOptions;

/**
 * Writes each file whole, the one that is started last: someone who is just starting it finds all
 * that it names.
 */
export function writeBundle(): void {
  const { outputFiles } = buildSync({
    ...bundling,
    entryPoints: { main: pathOf('./src/entry.ts') },
    chunkNames: 'chunk-[hash]',
    outdir: folder,
    write: false,
  });
  mkdirSync(folder, { recursive: true });
  const bundleLast = outputFiles.toSorted((one, other) => rank(one.path) - rank(other.path));
  for (const { path, contents } of bundleLast) {
    const written = `${path}.${process.pid}`;
    writeFileSync(written, contents);
    renameSync(written, path);
  }
  removeFormer(outputFiles.map(({ path }) => path));
}

function rank(path: string): number {
  return path === bundle ? 1 : 0;
}

/** Files of former bundles go, but for those that an app which still runs may yet load. */
function removeFormer(current: readonly string[]): void {
  for (const path of readdirSync(folder).map(name => join(folder, name))) {
    const status = statSync(path, { throwIfNoEntry: false });
    if (status === undefined || current.includes(path)) continue;
    if (Date.now() - status.mtimeMs > formerMs) rmSync(path, { recursive: true, force: true });
  }
}
