// `nx run cli:package`: writes the npm package @digits/cli to dist/package and packs it beside that folder.

import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { BuiltFile } from '@digits/files';
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
await pack();

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

/** Packs what `npm publish` would upload, prints its size and checks it. */
async function pack(): Promise<void> {
  const isWindows = process.platform === 'win32';
  const { stdout } = await promisify(execFile)(
    isWindows ? 'npm.cmd' : 'npm',
    ['pack', packageFolder, '--pack-destination', outputFolder, '--json'],
    { shell: isWindows },
  );
  const [{ filename, unpackedSize, entryCount }] = JSON.parse(stdout);
  const { size } = await stat(join(outputFolder, filename));
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
  process.stdout.write(
    `${filename}: ${megabytes(size)} packed, ${megabytes(unpackedSize)} unpacked, ${entryCount} files\n`,
  );
  if (size <= maxPackedBytes) return;
  process.stderr.write(`It may have at most ${megabytes(maxPackedBytes)}.\n`);
  process.exitCode = 1;
}
