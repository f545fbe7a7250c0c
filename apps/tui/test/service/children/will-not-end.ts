// A child that listens and does not end when asked to.

import { respondSeven, startFakeService } from '../../fake-service.ts';

const { url } = await startFakeService(respondSeven);
process.on('SIGTERM', () => {});
process.send?.({ type: 'listening', url });
