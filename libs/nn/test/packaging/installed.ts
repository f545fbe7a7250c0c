// Installs the packed library into an empty folder outside of the workspace, and runs programs there.

import { execFile } from 'node:child_process';
import { copyFile, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

export const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** What `nx run nn:package` has packed. */
export const tarball = join(root, 'dist/digits-nn.tgz');

/** A new folder for programs, without packages; the caller removes it. */
export async function createFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'digits-nn-'));
  await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  return folder;
}

/** @returns a folder with the library as `npm install` leaves it, and a model of digits */
export async function installPackage(): Promise<string> {
  const folder = await createFolder();
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const quick = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund'];
  await run(npm, ['install', ...quick, tarball], {
    cwd: folder,
    shell: process.platform === 'win32',
  });
  const models = join(root, 'models');
  const { path } = JSON.parse(await readFile(join(models, 'champion.json'), 'utf8'));
  await copyFile(join(models, path), join(folder, 'digits.safetensors'));
  return folder;
}

/**
 * The same packages as pnpm and Yarn's pnpm linker lay them out: each in a folder of its own beside links to
 * its dependencies, and in node_modules only a link to the library.
 *
 * @param installed from `installPackage`
 */
export async function linkLikePnpm(installed: string): Promise<string> {
  const folder = await createFolder();
  const store = join(folder, 'node_modules/.pnpm');
  const { packages } = JSON.parse(
    await readFile(join(installed, 'node_modules/.package-lock.json'), 'utf8'),
  ) as { packages: Record<string, { readonly dependencies?: Record<string, string> }> };
  for (const [path, { dependencies = {} }] of Object.entries(packages)) {
    const name = path.slice('node_modules/'.length);
    const own = join(store, storeName(name), 'node_modules');
    await cp(join(installed, path), join(own, name), { recursive: true });
    for (const dependency of Object.keys(dependencies)) {
      await link(
        join(store, storeName(dependency), 'node_modules', dependency),
        join(own, dependency),
      );
    }
  }
  await link(
    join(store, '@digits+nn/node_modules/@digits/nn'),
    join(folder, 'node_modules/@digits/nn'),
  );
  return folder;
}

function storeName(name: string): string {
  return name.replace('/', '+');
}

async function link(target: string, path: string): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true });
  // Windows allows junctions to all users, but symbolic links only to administrators.
  await symlink(target, path, 'junction');
}

/** Runs a program in the folder. @returns what it prints */
export async function runProgram(
  folder: string,
  file: string,
  ...args: readonly string[]
): Promise<string> {
  // Nx sets FORCE_COLOR for its tasks.
  const env = { ...process.env, FORCE_COLOR: '0' };
  const { stdout } = await run(process.execPath, [file, ...args], { cwd: folder, env });
  return stdout;
}

/** The examples of the package's README by their names, JavaScript that is TypeScript too. */
export async function readExamples(): Promise<Map<string, string>> {
  const text = await readFile(join(root, 'libs/nn/README.md'), 'utf8');
  const found = text.matchAll(/<!-- example: (\w+) -->\n```js\n(.*?)```/gs);
  return new Map(Array.from(found, ([, name, code]) => [name!, code!]));
}

/** Type-checks programs in the folder with the workspace's compiler, declarations included. */
export async function checkTypes(
  folder: string,
  files: readonly string[],
  compilerOptions: object,
): Promise<void> {
  const config = {
    compilerOptions: {
      ...compilerOptions,
      ...{ strict: true, noEmit: true, skipLibCheck: false, target: 'es2023' },
      ...{ types: ['node'], typeRoots: [join(root, 'node_modules/@types')] },
    },
    files,
  };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  await run(process.execPath, [tsc, '--project', folder]).catch(({ stdout, message }) => {
    throw new Error(stdout || message);
  });
}

export async function remove(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}
