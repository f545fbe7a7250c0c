// A child that behaves as the real service does: listens, says so, ends with the IPC channel.
// Unlike it, it dies of a request to /die.

import { respondSeven, startFakeService } from '../../fake-service.ts';

const { url } = await startFakeService((request, response) => {
  if (request.url === '/die') process.exit(1);
  respondSeven(request, response);
});
process.on('disconnect', () => process.exit(0));
process.send?.({ type: 'listening', url });
