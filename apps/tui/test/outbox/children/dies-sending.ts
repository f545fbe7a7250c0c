// A process that is killed while it sends.

import { createOutbox } from '../../../src/outbox/outbox.ts';

const outbox = createOutbox({
  folder: process.argv[2] ?? '',
  send: async () => {
    process.kill(process.pid, 'SIGKILL');
    return { id: '' };
  },
});
await outbox.flush();
