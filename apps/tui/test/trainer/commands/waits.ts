// A trainer that stops at half of its training. While it runs it has an open request at the address of
// the service; at SIGTERM it writes a checkpoint.

import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { get } from 'node:http';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { answerDryRun, optionOf, print } from './record-call.ts';

answerDryRun();
process.on('SIGTERM', () => {
  const folder = optionOf('--out');
  if (folder !== undefined) writeFileSync(join(folder, 'checkpoint'), '');
  process.stderr.write('Interrupted.\n');
  process.exit(130);
});
const [socket]: Socket[] = await once(get(`${optionOf('--feedback')}/waits`), 'socket');
await once(socket as Socket, 'connect');
print({ type: 'batch', phase: 1, phases: 1, epoch: 1, epochs: 1, batch: 1, batches: 2 });
