// A process that adds corrections, one after the other, and reports each that is saved.

import { createOutbox } from '../../../src/outbox/outbox.ts';
import { entryOf } from '../entries.ts';

const outbox = createOutbox({ folder: process.argv[2] ?? '', send: async () => ({ id: '' }) });
for (let count = 0; ; count++) {
  await outbox.add(entryOf(count));
  process.stdout.write(`${count}\n`);
}
