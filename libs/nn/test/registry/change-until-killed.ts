// A process that makes one version the champion and is killed before a given file operation, counted
// from 1; 0 lets it finish. Arguments: folder, change as JSON, number.

import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const [folder, change, number] = process.argv.slice(2);
let operations = 0;

type Operation = (...args: unknown[]) => Promise<unknown>;
const promises = fs.promises as unknown as Record<string, Operation>;

for (const name of ['symlink', 'open', 'rename', 'rm'] as const) {
  const operate = promises[name]!;
  promises[name] = (...args) => {
    if (++operations === Number(number)) process.kill(process.pid, 'SIGKILL');
    return operate(...args);
  };
}
syncBuiltinESMExports();

const { changeChampion } = await import('../../src/registry/change-champion.ts');
await changeChampion(folder!, JSON.parse(change!));
