// The process's first module: leaves an old Node, then runs the service or a tool of its store.

import { mallocEnvironment } from './process/memory-settings.ts';
import { runService } from './run-service.ts';

/** As in package.json. */
const minNodeMajor = 24;

if (Number.parseInt(process.versions.node, 10) < minNodeMajor) {
  const { runWithOwnNode } = await import('./process/own-node.ts');
  runWithOwnNode(minNodeMajor, mallocEnvironment);
} else {
  const [first = '', ...rest] = process.argv.slice(2);
  if (first.endsWith('-feedback')) {
    const { runToolAsProcess } = await import('./feedback-tools/tools.ts');
    await runToolAsProcess(first, rest);
  } else await runService(process.argv.slice(2));
}
