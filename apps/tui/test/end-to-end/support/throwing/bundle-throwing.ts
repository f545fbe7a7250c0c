// Bundles the app with a root component that can throw.

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bundling } from '../../../../bundle.ts';

const pathOf = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const throwing = pathOf('./App.tsx');

/** @returns the file to start; the caller owns the folder */
export async function bundleThrowing(folder: string): Promise<string> {
  await build({
    ...bundling,
    entryPoints: { main: pathOf('../../../../src/entry.ts') },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    plugins: [
      {
        name: 'throwing',
        setup({ onResolve }) {
          onResolve({ filter: /components\/App\.tsx$/ }, ({ importer }) =>
            importer === throwing ? undefined : { path: throwing },
          );
        },
      },
    ],
  });
  return join(folder, 'main.mjs');
}
