// nx run api:fuzz: sends thousands of mutated uploads. A failure is shrunk and reported with its seed
// and path; --seed N --path P reruns it. --json prints one document.

import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadChampion } from '@digits/nn';
import fc from 'fast-check';
import { buildApp } from '../src/app.ts';
import { readConfig } from '../src/config/config.ts';
import { checkHarmless, checkUnharmed } from '../test/support/harmless.ts';
import { hostileUpload } from '../test/support/mutations.ts';

const { values: options } = parseArgs({
  options: {
    runs: { type: 'string', default: '20000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    path: { type: 'string', default: '' },
    json: { type: 'boolean', default: false },
  },
});
const runs = Number(options.runs);
const seed = Number(options.seed);

const output = options.json ? process.stderr : process.stdout;
output.write(`${runs} uploads, seed ${seed}\n`);

const dataDir = join(tmpdir(), `digits-api-fuzz-${process.pid}`);
const config = { ...readConfig({}), dataDir, maxEventLoopDelayMs: 0 };
const models = { champion: await loadChampion(config.modelsDir) };
const app = await buildApp({ config, models, logger: false });
const answers: Record<number, number> = {};

const property = fc.asyncProperty(hostileUpload, async upload => {
  const status = await checkHarmless(app, upload);
  answers[status] = (answers[status] ?? 0) + 1;
  await checkUnharmed(app);
});
const startMs = performance.now();
const details = await fc.check(property, { numRuns: runs, seed, path: options.path });
const seconds = (performance.now() - startMs) / 1000;
await app.close();
await rm(dataDir, { recursive: true, force: true });

output.write(`${JSON.stringify(answers)} after ${seconds.toFixed(0)} s\n`);
if (details.failed) {
  output.write(`${fc.defaultReportMessage(details)}\n`);
  process.exitCode = 1;
}
if (options.json) {
  const { failed, counterexamplePath } = details;
  process.stdout.write(`${JSON.stringify({ runs, seed, answers, failed, counterexamplePath })}\n`);
}
