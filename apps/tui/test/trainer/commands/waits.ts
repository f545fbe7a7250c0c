// A trainer that has come half of the way and gets no further. While it runs it has a question open
// at what should be the service; when it is asked to end it leaves a checkpoint.

import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { get } from 'node:http';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { optionOf, print } from './record-call.ts';

process.on('SIGTERM', () => {
  const folder = optionOf('--out');
  if (folder !== undefined) writeFileSync(join(folder, 'checkpoint'), '');
  process.stderr.write('Interrupted.\n');
  process.exit(130);
});
const [socket]: Socket[] = await once(get(`${optionOf('--feedback')}/waits`), 'socket');
await once(socket as Socket, 'connect');
print({ type: 'batch', phase: 1, phases: 1, epoch: 1, epochs: 1, batch: 1, batches: 2 });
