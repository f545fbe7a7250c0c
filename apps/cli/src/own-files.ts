// The files that the program reads or starts instead of importing them. In the source tree they are those of
// the repository. Built, they lie beside the JavaScript that this module was built into: models/ with the
// shipped champion, page/ with the built page for browsers, main.js, and in-background.js, which is
// apps/tui/src/trainer/in-background.ts built as an entry of its own.

import { fileURLToPath } from 'node:url';

const isBuilt = !import.meta.url.endsWith('.ts');

const pathOf = (built: string, source: string) =>
  fileURLToPath(new URL(isBuilt ? built : source, import.meta.url));

export const ownFiles = {
  /** this program, for the processes that it starts of itself */
  program: pathOf('./main.js', './main.ts'),
  models: pathOf('./models', '../../../models'),
  page: pathOf('./page', '../../web/dist'),
  preload: pathOf('./in-background.js', '../../tui/src/trainer/in-background.ts'),
  /** left out of paths in messages */
  root: pathOf('.', '../../..').replace(/[\\/]$/, ''),
};
