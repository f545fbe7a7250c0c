// Bundles the app into one file: Node strips types but reads no JSX, and one file starts in a
// third of the time of hundreds.

import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const pathOf = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** Where the bundle goes. */
export const BUNDLE = pathOf('./dist/main.js');

/** Writes the bundle whole: someone who is just starting it reads the old one or the new one. */
export function writeBundle(): void {
  const { outputFiles } = buildSync({
    entryPoints: [pathOf('./src/main.tsx')],
    bundle: true,
    write: false,
    outfile: BUNDLE,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    jsx: 'automatic',
    minifySyntax: true,
    define: { 'process.env.NODE_ENV': '"production"' },
    // Ink's optional connection to the React developer tools, which are not installed.
    alias: { 'react-devtools-core': pathOf('./no-devtools.ts') },
    // CommonJS modules in the bundle require Node's own.
    banner: {
      js: "import { createRequire as requireFor } from 'node:module'; const require = requireFor(import.meta.url);",
    },
  });
  mkdirSync(dirname(BUNDLE), { recursive: true });
  for (const { contents } of outputFiles) {
    const written = `${BUNDLE}.${process.pid}`;
    writeFileSync(written, contents);
    renameSync(written, BUNDLE);
  }
}
