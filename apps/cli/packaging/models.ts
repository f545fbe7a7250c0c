// The champion as it is published: what the service, `digits runs` and a reader need of it.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BuiltFile } from '@digits/files';
import { root } from './plugins.ts';

/**
 * `digits runs` shows from history.jsonl when the champion was promoted. The card names the data and their licences; the curve and the metrics are shown by `digits runs`. Nothing
 * reads model.onnx, which `digits train` writes too, nor report.html.
 */
const versionFiles = ['model.safetensors', 'metrics.json', 'training.jsonl', 'card.md'];

/** Files of the champion's folder, with paths relative to the models folder. */
export function championFiles(): BuiltFile[] {
  const { version } = JSON.parse(readFileSync(join(root, 'models/champion.json'), 'utf8'));
  const paths = [
    'champion.json',
    'history.jsonl',
    ...versionFiles.map(file => `${version}/${file}`),
  ];
  return paths.map(path => ({ path, contents: readFileSync(join(root, 'models', path)) }));
}
