// Lets tests import components: Node strips types but does not compile JSX, so esbuild does.

import { readFileSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);

registerHooks({
  load(url, context, nextLoad) {
    if (!url.endsWith('.tsx')) return nextLoad(url, context);
    // Loaded lazily, as most tests need no component.
    const { transformSync }: typeof import('esbuild') = require('esbuild');
    const source = readFileSync(fileURLToPath(url), 'utf8');
    const { code } = transformSync(source, { loader: 'tsx', jsx: 'automatic', sourcefile: url });
    return { format: 'module', source: code, shortCircuit: true };
  },
});
