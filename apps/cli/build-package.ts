// `nx run cli:package`: writes the npm package @digits/cli to dist/package and packs it beside that folder.

import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuiltFile } from '@digits/files';
import { packFolder } from '../../libs/nn/packaging/pack.ts';
import { wasmFile, wasmVariants } from '../../libs/nn/src/engine/kernels/wasm-module.ts';
import { bundledFolder, bundleProgram } from './packaging/bundle.ts';
import { licencesOf } from './packaging/licences.ts';
import { publishedManifest } from './packaging/manifest.ts';
import { championFiles } from './packaging/models.ts';
import { root } from './packaging/plugins.ts';
import { oldestNode } from './src/oldest-node.ts';

const outputFolder = fileURLToPath(new URL('./dist/', import.meta.url));
const packageFolder = join(outputFolder, 'package');

/** The champion has nine tenths of it. */
const maxPackedBytes = 12_000_000;

const { files: code, packages } = await bundleProgram(oldestNode);
await rm(packageFolder, { recursive: true, force: true });
for (const { path, contents } of [
  ...below(bundledFolder, [
    ...code,
    ...(await kernelFiles()),
    ...below('page', await filesIn('apps/web/dist')),
    ...below('models', championFiles()),
  ]),
  { path: 'LICENSE', contents: await readFile(join(root, 'LICENSE')) },
  { path: 'THIRD-PARTY-LICENSES', contents: licencesOf(packages) },
  { path: 'README.md', contents: await readFile(join(root, 'apps/cli/README.md')) },
  { path: 'package.json', contents: manifestText() },
]) {
  const target = join(packageFolder, path);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, contents);
}
await packFolder(packageFolder, outputFolder, maxPackedBytes);

function below(folder: string, files: readonly BuiltFile[]): BuiltFile[] {
  return files.map(({ path, contents }) => ({ path: `${folder}/${path}`, contents }));
}

function kernelFiles(): Promise<BuiltFile[]> {
  const paths = wasmVariants.flatMap(variant =>
    [false, true].map(isShared => wasmFile(variant, isShared)),
  );
  return Promise.all(
    paths.map(async path => ({ path: basename(path), contents: await readFile(path) })),
  );
}

/** @param folder of the repository, without folders in it */
async function filesIn(folder: string): Promise<BuiltFile[]> {
  const names = await readdir(join(root, folder));
  return Promise.all(
    names.map(async path => ({ path, contents: await readFile(join(root, folder, path)) })),
  );
}

function manifestText(): string {
  return `${JSON.stringify(publishedManifest(), null, 2)}\n`;
}
