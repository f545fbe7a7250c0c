// A process that behaves as the real service: it listens, reports that, and exits with the IPC
// channel. Also, it exits at a request of /die, and gives its limit of the event loop's delay at /limit.

import { respondSeven, startFakeService } from '../../fake-service.ts';

const { url } = await startFakeService((request, response) => {
  if (request.url === '/die') process.exit(1);
  if (request.url === '/limit') return response.end(process.env['MAX_EVENT_LOOP_DELAY_MS']);
  return respondSeven(request, response);
});
process.on('disconnect', () => process.exit(0));
process.send?.({ type: 'listening', url });
