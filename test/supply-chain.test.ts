// What is installed and shipped: every package has a checksum, none runs a script, and the list of
// components for a release is complete.

import { readFileSync } from 'node:fs';
import test from 'ava';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const manifest = JSON.parse(read('package.json'));

interface LockEntry {
  readonly version?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly libc?: readonly string[];
  readonly hasInstallScript?: boolean;
}

const entries = Object.entries<LockEntry>(JSON.parse(read('package-lock.json')).packages).filter(
  ([path, { link }]) => path.includes('node_modules/') && link !== true,
);
const pathsWhere = (holds: (entry: LockEntry) => boolean) =>
  entries.filter(([, entry]) => holds(entry)).map(([path]) => path);

test('every package of the lock file has a SHA-512 checksum, whichever platform it is for', t => {
  t.true(entries.length > 500);
  t.deepEqual(
    pathsWhere(({ integrity }) => !/^sha512-[\w+/]{86}==$/.test(integrity ?? '')),
    [],
  );
});

test('no package of the lock file names an address to download from', t => {
  t.deepEqual(
    pathsWhere(({ resolved }) => resolved !== undefined),
    [],
  );
});

test('every install script is decided on by name, and none is run', t => {
  const names = pathsWhere(({ hasInstallScript }) => hasInstallScript === true).map(path =>
    path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
  );
  t.deepEqual(
    manifest.allowScripts,
    Object.fromEntries(names.toSorted().map(name => [name, false])),
  );
});

// The manifests of these packages do not say so; on musl their Node would hide the machine's own.
test('the Node packages for Linux are left out where the C library is not glibc', t => {
  const paths = Object.keys(manifest.optionalDependencies)
    .filter(name => name.startsWith('node-linux-'))
    .map(name => `node_modules/${name}`);
  t.is(paths.length, 2);
  for (const path of paths) t.deepEqual(Object.fromEntries(entries)[path]?.libc, ['glibc'], path);
});
