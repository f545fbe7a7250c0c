// nx run nn:runs: every training in the models folder with its figures; two of them side by side;
// a page with their curves over one another.

import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Option } from 'commander';
import { NnError } from '../../src/errors.ts';
import { writeAtomically } from '../../src/registry/write-atomically.ts';
import { createCommand, runCommand } from '../shared/command.ts';
import { modelsFolder } from '../shared/models-folder.ts';
import { compareRuns } from './compare-runs.ts';
import { type KnownRun, listRuns } from './known-runs.ts';
import { describeComparison, describeRuns } from './text.ts';

interface RunsOptions {
  readonly models: string;
  /** two versions, null for none */
  readonly compare: readonly [string, string] | null;
  /** null: no page */
  readonly report: string | null;
  readonly json: boolean;
}

await runCommand(async () => {
  const { models, compare, report, json } = parseOptions(process.argv.slice(2));
  const known = await listRuns(models);
  const runs = compare ? compare.map(version => findRun(known, version, models)) : known;
  const people = json ? process.stderr : process.stdout;
  if (runs.length === 0)
    people.write(`${models} has no training: start one with nx run nn:train\n`);
  else people.write(describeRuns(runs, people));

  const facts = compare ? compareRuns(runs[0]!, runs[1]!) : null;
  if (compare && facts) people.write(`\n${describeComparison(compare, facts, people)}`);
  if (report !== null) {
    await writePage(report, runs);
    people.write(`Written to ${report}\n`);
  }
  if (json) {
    const told = runs.map(({ history: _, ...run }) => run);
    process.stdout.write(`${JSON.stringify({ runs: told, ...(facts && { compared: facts }) })}\n`);
  }
});

/** @throws CommanderError, its message already printed */
function parseOptions(argv: readonly string[]): RunsOptions {
  const command = createCommand('runs', 'Lists every training with its figures.')
    .addOption(
      new Option('--compare <versions...>', 'two versions side by side').default(null, 'none'),
    )
    .addOption(
      new Option('--report <file>', 'a page with the curves, those of --compare or all').default(
        null,
        'no page',
      ),
    )
    .addOption(
      new Option('--models <folder>', 'where the versions are').default(modelsFolder, 'models'),
    )
    .option('--json', 'one JSON document on stdout, for programs', false)
    .parse(argv, { from: 'user' });
  const options = command.opts<RunsOptions>();
  if (options.compare && options.compare.length !== 2) {
    command.error('error: --compare needs two versions');
  }
  return options;
}

function findRun(known: readonly KnownRun[], version: string, models: string): KnownRun {
  const run = known.find(one => one.version === version);
  if (run) return run;
  throw new NnError(
    'model-missing',
    `${models} has no training ${version}: nx run nn:runs lists what it has`,
  );
}

/** @throws NnError `write-failed` */
async function writePage(file: string, runs: readonly KnownRun[]): Promise<void> {
  // Loaded here, for Vega takes a while.
  const { renderRunsPage } = await import('../../src/report/runs-page.ts');
  const page = await renderRunsPage(runs);
  await mkdir(dirname(file), { recursive: true }).catch(() => {}); // writing says what is wrong
  await writeAtomically(file, page);
}
