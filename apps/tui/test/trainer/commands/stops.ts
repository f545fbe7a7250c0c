// A gate that no version passes.

import { stoppingGate } from '../gate-rows.ts';
import { say } from './called.ts';

say(stoppingGate);
process.exitCode = 1;
