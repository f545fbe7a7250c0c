// The main module of the embedded service: the bundle of apps/api, which starts in a fraction of the
// time, if it was built from the current source; otherwise the source.

import { join } from 'node:path';
import { isUpToDate } from '@digits/files';

/** What the bundle is built from, relative to the root of the workspace. */
const sources = [
  'apps/api/src',
  'libs/files/src',
  'libs/nn/src',
  'libs/nn/dist',
  'libs/protocol/src',
  'package-lock.json',
];

/** @param root the workspace, which has apps/ and libs/ */
export function embeddedEntry(root: string): string {
  const bundle = join(root, 'apps/api/dist/main.js');
  const isCurrent = isUpToDate(
    bundle,
    sources.map(source => join(root, source)),
  );
  return isCurrent ? bundle : join(root, 'apps/api/src/main.ts');
}
