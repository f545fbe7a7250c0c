// nx run api:hostile: attacks the built service with mutated requests to every route, and exits with 1
// where it finds anything. A case depends on the seed and its number only; --replay N sends one again.

import { parseArgs } from 'node:util';
import { type AttackReport, attack } from './attack.ts';
import { describeFinding } from './findings.ts';
import { replay } from './replay.ts';
import { routes } from './requests/routes.ts';

const usage = `Usage: nx run api:hostile -- [--cases N] [--seconds N] [--seed N] [--only ROUTE] [--replay ID] [--json]

  --cases N      requests to send, 100,000 by default
  --seconds N    end after this time at the latest, 900 by default
  --seed N       another seed, other cases
  --only ROUTE   ${Object.keys(routes).join(', ')}
  --replay ID    send one case of this seed, and print request, answer and log
  --json         print the report as JSON
`;

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '100000' },
    seconds: { type: 'string', default: '900' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    only: { type: 'string' },
    replay: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const { only, cases, seconds, replay: replayed = '0' } = values;
const areWhole = [cases, seconds, values.seed, replayed].every(text => /^\d{1,10}$/.test(text));
const isRoute = only === undefined || Object.hasOwn(routes, only);
if (values.help || !areWhole || !isRoute) {
  process[values.help ? 'stdout' : 'stderr'].write(usage);
  process.exit(values.help ? 0 : 2);
}

const seed = Number(values.seed);
process.stderr.write(`seed ${seed}\n`);
if (values.replay === undefined) await run();
else await replay(Number(replayed), { seed, only });

async function run(): Promise<void> {
  const report = await attack({
    ...{ seed, only, settleSeconds: 60 },
    cases: Number(cases),
    seconds: Number(seconds),
    log: line => process.stderr.write(`${line}\n`),
  });
  if (report.findings.length > 0) process.exitCode = 1;
  process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : describe(report));
}

function describe({ findings, before, after, ...report }: AttackReport): string {
  const lines = [
    ...findings.map(describeFinding),
    `${report.cases} cases in ${report.seconds} s, seed ${seed}: ${JSON.stringify(report.answers)}`,
    after
      ? `memory ${before.memoryMiB} → ${after.peakMiB} (peak) → ${after.memoryMiB} MiB, open files ${before.openFiles} → ${after.openFiles}`
      : 'the service crashed',
    `slowest liveness probe ${report.slowestProbeMs.toFixed(0)} ms`,
    `${findings.length} kinds of findings`,
  ];
  return `${lines.join('\n')}\n`;
}
