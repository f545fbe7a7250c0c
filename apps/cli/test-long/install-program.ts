// Installs the packed program into an empty folder, and runs it as its user would: outside the repository, without
// its environment.

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { mkdir, readdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import manifest from '../package.json' with { type: 'json' };

/** The published files, and what npm packs of them: nx run cli:package. */
export const builtPackage = fileURLToPath(new URL('../dist/package', import.meta.url));
const packed = fileURLToPath(
  new URL(`../dist/digits-cli-${manifest.version}.tgz`, import.meta.url),
);

export interface InstalledProgram {
  /** The folder that it is installed in. */
  readonly folder: string;
  /** The main module, which the command `digits` runs. */
  readonly main: string;
  /** All variables of its processes. */
  readonly env: Readonly<Record<string, string>>;
}

export interface Output {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Installs it in a folder whose name has what a path may have, with an empty home folder beside it. */
export async function installProgram(): Promise<InstalledProgram> {
  const parent = realpathSync(mkdtempSync(join(tmpdir(), 'digits-installed-')));
  const [folder, home] = [join(parent, 'écran #1 at 100%'), join(parent, 'home')];
  await Promise.all([folder, home].map(path => mkdir(path)));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true }));
  await promisify(execFile)(
    'npm',
    ['install', '--prefer-offline', '--no-audit', '--no-fund', packed],
    { cwd: folder },
  );
  return {
    folder,
    main: join(folder, 'node_modules/@digits/cli/dist/main.js'),
    env: {
      PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
      HOME: home,
      npm_config_cache: join(home, '.npm'),
      npm_config_offline: 'true',
    },
  };
}

/** Runs `npx digits` in the folder that it is installed in. */
export async function runDigits(
  { folder, env }: InstalledProgram,
  ...args: readonly string[]
): Promise<Output> {
  const child = spawn('npx', ['--no', '--', 'digits', ...args], {
    ...{ cwd: folder, env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { exitCode, stdout, stderr };
}

/** Every file of the package with its size and time, to see that a run has changed none. */
export async function filesOf({ main }: InstalledProgram): Promise<string[]> {
  const root = join(dirname(main), '..');
  const names = await readdir(root, { recursive: true });
  const lines = names.map(async name => {
    const { size, mtimeMs } = await stat(join(root, name));
    return `${name} ${size} ${mtimeMs}`;
  });
  return (await Promise.all(lines)).toSorted();
}
