// A process that listens and ignores SIGTERM.

import { respondSeven, startFakeService } from '../../fake-service.ts';

const { url } = await startFakeService(respondSeven);
process.on('SIGTERM', () => {});
process.send?.({ type: 'listening', url });
