// The process's first module: leaves an old Node, then runs the service.

import { mallocEnvironment } from './malloc.ts';
import { runService } from './run-service.ts';

/** As in package.json. */
const minNodeMajor = 24;

if (Number.parseInt(process.versions.node, 10) < minNodeMajor) {
  const { runWithOwnNode } = await import('./own-node.ts');
  runWithOwnNode(minNodeMajor, mallocEnvironment);
} else await runService(process.argv.slice(2));
