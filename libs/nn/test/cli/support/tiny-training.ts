// A training of a fraction of a second: a configuration file for a small network, and data for it.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrainingConfiguration } from '@digits/protocol';

/**
 * Two phases. The second writes more events than fit into a pipe, so that a process with --json
 * cannot finish before the test has read the first checkpoint.
 */
export const tinyConfiguration: TrainingConfiguration = {
  layerSizes: [784, 24, 10],
  phases: [
    { batchSize: 16, epochs: 2, learningRate: 0.05, schedule: { type: 'constant' } },
    {
      batchSize: 8,
      epochs: 10,
      learningRate: 0.02,
      schedule: { type: 'cosine', finalFraction: 0 },
    },
  ],
};

/** Writes the configuration with changes. @returns the path of the file */
export async function writeTinyConfiguration(
  folder: string,
  own: TrainingConfiguration = {},
): Promise<string> {
  const file = join(folder, 'tiny.json');
  await writeFile(file, JSON.stringify({ ...tinyConfiguration, ...own }));
  return file;
}
