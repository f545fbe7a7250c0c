// Lets each module of ours keep the address of its source, so that it finds in the repository what it
// names relative to itself: models, data, WebAssembly.

import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Plugin } from 'esbuild';

/** @param folder where the bundle will lie */
export function keepAddresses(folder: string): Plugin {
  return {
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
}
