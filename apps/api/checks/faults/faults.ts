// nx run api:faults: runs the built service through faults of disks, stores, models, signals and
// limits, and exits with 1 where something that must hold does not.

import { parseArgs } from 'node:util';
import { diskScenarios } from './disk.ts';
import { killScenarios } from './kills.ts';
import { limitScenarios } from './limits.ts';
import { modelScenarios } from './models.ts';
import { Context, type Scenario, Skipped } from './scenario.ts';
import { storeScenarios } from './store.ts';

const scenarios: readonly Scenario[] = [
  ...diskScenarios,
  ...killScenarios,
  ...storeScenarios,
  ...modelScenarios,
  ...limitScenarios,
];

const usage = `Usage: nx run api:faults -- [--only NAME …] [--json]

${scenarios.map(({ name, holds }) => `  ${name.padEnd(20)}${holds}`).join('\n')}
`;

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const { only } = options;
if (options.help || only.some(name => scenarios.every(scenario => scenario.name !== name))) {
  process[options.help ? 'stdout' : 'stderr'].write(usage);
  process.exit(options.help ? 0 : 2);
}

interface Result {
  readonly name: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly detail: string;
  readonly seconds: number;
}

const output = options.json ? process.stderr : process.stdout;
const results: Result[] = [];
for (const scenario of scenarios) {
  if (only.length > 0 && !only.includes(scenario.name)) continue;
  const result = await run(scenario);
  results.push(result);
  const { name, outcome, detail, seconds } = result;
  output.write(`${outcome} ${name} (${seconds.toFixed(1)} s): ${detail}\n`);
}
const failed = results.filter(({ outcome }) => outcome === 'failed').length;
output.write(`${results.length - failed} held or skipped, ${failed} failed\n`);
if (options.json) process.stdout.write(`${JSON.stringify(results)}\n`);
if (failed > 0) process.exitCode = 1;

async function run(scenario: Scenario): Promise<Result> {
  const { name, holds } = scenario;
  const context = new Context();
  const startMs = performance.now();
  const end = (outcome: Result['outcome'], detail: string): Result => ({
    ...{ name, outcome, detail },
    seconds: (performance.now() - startMs) / 1000,
  });
  try {
    await scenario.run(context);
    return end('passed', holds);
  } catch (error) {
    const { message } = error as Error;
    return error instanceof Skipped
      ? end('skipped', message)
      : end('failed', `${message}. Must hold: ${holds}`);
  } finally {
    await context.end();
  }
}
