// The command `digits`: prints its version.

import manifest from '../package.json' with { type: 'json' };

process.stdout.write(`${manifest.version}\n`);
