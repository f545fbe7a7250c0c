// Mounts a disk of 2 MB on the folder in its argument, fills it with corrections, deletes them, makes the
// file read-only, and prints what was answered and what is stored. To be run in a namespace of its own.

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { SqliteFeedbackStore } from '../../../src/feedback/sqlite/sqlite-feedback-store.ts';
import type { ServiceError } from '../../../src/service-error.ts';
import { entry } from '../../support/feedback.ts';

const folder = process.argv[2]!;
execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder]);
const file = join(folder, 'feedback.sqlite');
const open = () => new SqliteFeedbackStore({ file, maxBytes: 1024 ** 3 });

const codes = new Set<string>();
const answered: string[] = [];
const full = await open();
for (let i = 0; i < 500; i++) {
  await full.add(entry(i, 4000 + i)).then(
    ({ entry: { id } }) => answered.push(id),
    (error: ServiceError) => codes.add(error.code),
  );
}
const { isFull } = full;
// As after a kill: what a closed connection still writes does not count.
const reopened = await open();
const present = await Promise.all(answered.map(id => reopened.get(id)));
const deleted = await Promise.all(answered.map(id => reopened.delete(id)));
const { isNew } = await reopened.add(entry(1000, 4000));
execFileSync('mount', ['--bind', file, file]);
execFileSync('mount', ['-o', 'remount,bind,ro', file]);
const readable = await open();
await readable.get('id-1');
const readOnly = await readable.ping().catch((error: ServiceError) => error.code);
const result = {
  answered: answered.length,
  stored: present.filter(Boolean).length,
  deleted: deleted.filter(Boolean).length,
  codes: [...codes],
  isFull,
  isNew,
  readOnly,
};
process.stdout.write(JSON.stringify(result));
