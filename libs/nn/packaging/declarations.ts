// Writes the package's declarations: those that the two entries reach, with the declarations of the other
// packages of this workspace among them, so that they refer to nothing outside but npm packages.

import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const pathOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Where tsconfig.package.json has them emitted, in folders as those of libs/. */
const emitted = pathOf('../../../dist/nn-declarations');

const specifier = /\b(from |import\()(['"])(\.[^'"]+|@digits\/[^'"]+)\2/g;

/**
 * Emits the declarations and copies those that are needed to a folder.
 *
 * @param entries modules of src/
 */
export async function writeDeclarations(entries: readonly string[], folder: string): Promise<void> {
  await rm(emitted, { recursive: true, force: true });
  const tsc = pathOf('../../../node_modules/typescript/bin/tsc');
  await promisify(execFile)(process.execPath, [
    tsc,
    '--project',
    pathOf('../tsconfig.package.json'),
  ])
    // The compiler prints what is wrong to its standard output.
    .catch(({ stdout, message }) => Promise.reject(new Error(stdout || message)));
  const pending = entries.map(entry => join(emitted, 'nn/src', entry));
  for (const source of pending) {
    const target = targetOf(source, folder);
    const text = (await readFile(source, 'utf8')).replaceAll(
      specifier,
      (_, before: string, quote: string, to: string) => {
        const imported = resolveImport(source, to);
        if (!pending.includes(imported)) pending.push(imported);
        return before + quote + specifierOf(target, targetOf(imported, folder)) + quote;
      },
    );
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text);
  }
  await rm(emitted, { recursive: true });
}

/** The declarations that a module imports as './other.ts' or '@digits/package'. */
function resolveImport(source: string, imported: string): string {
  const [, name, entry = 'index'] = /^@digits\/([^/]+)(?:\/(.+))?$/.exec(imported) ?? [];
  return name === undefined
    ? join(dirname(source), imported.replace(/\.ts$/, '.d.ts'))
    : join(emitted, name, 'src', `${entry}.d.ts`);
}

/** nn's own modules are at the top, those of another package in a folder of its name. */
function targetOf(source: string, folder: string): string {
  const path = relative(emitted, source).replaceAll('\\', '/');
  return join(folder, path.replace(/^nn\/src\//, '').replace(/^(\w+)\/src\//, '$1/'));
}

function specifierOf(from: string, to: string): string {
  const path = relative(dirname(from), to)
    .replaceAll('\\', '/')
    .replace(/\.d\.ts$/, '.js');
  return path.startsWith('.') ? path : `./${path}`;
}
