// A gate that no version passes.

import { stoppingGate } from '../gate-rows.ts';
import { print } from './record-call.ts';

print(stoppingGate);
process.exitCode = 1;
