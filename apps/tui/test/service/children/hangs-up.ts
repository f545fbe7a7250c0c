// A process that is ready and closes the connection of every prediction.

import { respondSeven, startFakeService } from '../../fake-service.ts';

const { url } = await startFakeService((request, response) => {
  if (request.url === '/predict') request.socket.destroy();
  else respondSeven(request, response);
});
process.on('disconnect', () => process.exit(0));
process.send?.({ type: 'listening', url });
