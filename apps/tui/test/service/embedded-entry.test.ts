import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { embeddedEntry } from '../../src/service/embedded-entry.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const bundle = 'apps/api/dist/main.js';

/** A workspace with some files, each with its modification time in seconds. */
function workspaceOf(t: ExecutionContext, files: Readonly<Record<string, number>>): string {
  const root = temporaryFolder(t);
  const folders = new Set<string>();
  for (const [name, second] of Object.entries(files)) {
    const path = join(root, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, '');
    utimesSync(path, second, second);
    for (let folder = dirname(name); folder !== '.'; folder = dirname(folder)) folders.add(folder);
  }
  for (const folder of folders) utimesSync(join(root, folder), 1, 1);
  return root;
}

for (const [what, files, entry] of [
  [
    'a bundle that is newer than all it is made from is started',
    { [bundle]: 7, 'apps/api/src/main.ts': 5, 'libs/nn/src/index.ts': 3 },
    bundle,
  ],
  [
    'where there is no bundle the source is started',
    { 'apps/api/src/main.ts': 5 },
    'apps/api/src/main.ts',
  ],
  [
    'a bundle that is older than the service is not started',
    { [bundle]: 7, 'apps/api/src/routes/x.ts': 11 },
    'apps/api/src/main.ts',
  ],
  [
    'a bundle that is older than the network is not started',
    { [bundle]: 7, 'libs/nn/src/a/b.ts': 11 },
    'apps/api/src/main.ts',
  ],
  [
    'a bundle that is older than the installed libraries is not started',
    { [bundle]: 7, 'package-lock.json': 11 },
    'apps/api/src/main.ts',
  ],
] as const) {
  test(what, t => {
    const root = workspaceOf(t, files);
    t.is(embeddedEntry(root), join(root, entry));
  });
}
