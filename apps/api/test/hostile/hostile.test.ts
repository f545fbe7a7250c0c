// Attacks on a service that runs in a process of its own. All files use one service, because its
// start and its warm-up take longer than most attacks.

import './bombs.ts';
import './connections.ts';
import './damage.ts';
import './uploads.ts';
