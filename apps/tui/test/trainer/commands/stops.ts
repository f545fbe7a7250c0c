// A gate that no version passes.

import { STOPPING_GATE } from '../gate-rows.ts';
import { say } from './called.ts';

say(STOPPING_GATE);
process.exitCode = 1;
