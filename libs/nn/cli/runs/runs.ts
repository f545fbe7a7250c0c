// nx run nn:runs: lists every training in the models folder with its figures, compares two of them,
// and writes a page with their curves.

import { dirname } from 'node:path';
import { makeFolder } from '@digits/files';
import { type Command, Option } from 'commander';
import { NnError } from '../../src/errors.ts';
import { findNewShippedChampion } from '../../src/registry/history.ts';
import { writeAtomically } from '../../src/registry/locked-files.ts';
import { describeFolder, type ModelsFolder } from '../../src/registry/models-folder.ts';
import {
  type CommandContext,
  type CommandOutput,
  createCommand,
  programOf,
  runAsProcess,
  textStream,
  writeJsonLine,
} from '../shared/command.ts';
import { modelsOption, shownPath } from '../shared/environment.ts';
import { compareRuns } from './compare-runs.ts';
import { type KnownRun, listRuns } from './known-runs.ts';
import { describeComparison, describeNewlyShipped, describeRuns } from './text.ts';

interface RunsOptions {
  readonly models: ModelsFolder;
  /** two versions; null: none */
  readonly compare: readonly [string, string] | null;
  /** null: no page */
  readonly report: string | null;
  readonly json: boolean;
}

if (import.meta.main) await runAsProcess(runsCommand);

/** Runs the command. @throws CommanderError for invalid options; NnError `model-missing`, `write-failed` */
export async function runsCommand(context: CommandContext): Promise<undefined> {
  const { models, compare, report, json } = parseOptions(context.args, context);
  const known = await listRuns(models);
  const program = programOf(context);
  const { callOf } = program;
  const listed = compare
    ? compare.map(version => findRun(known, version, { models, listing: callOf('runs') }))
    : known;
  const newlyShipped = await findNewShippedChampion(models);
  const text = textStream(context, json);
  text.write(
    listed.length === 0
      ? `${describeFolder(models)} has no training: start one with ${callOf('train')}\n`
      : describeRuns(listed, text),
  );
  const facts = compare ? compareRuns(listed[0]!, listed[1]!) : undefined;
  if (compare && facts) text.write(`\n${describeComparison(compare, facts, text)}`);
  if (newlyShipped) text.write(`\n${describeNewlyShipped(newlyShipped, program, text)}`);
  if (report !== null) {
    await writePage(report, listed);
    text.write(`Written to ${shownPath(report)}\n`);
  }
  if (json) {
    const documents = listed.map(({ history: _, ...run }) => run);
    writeJsonLine(context, {
      runs: documents,
      newlyShipped: newlyShipped?.version ?? null,
      ...(facts && { compared: facts }),
    });
  }
}

function parseOptions(args: readonly string[], output: CommandOutput): RunsOptions {
  const command = createRunsCommand(output).parse(args, { from: 'user' });
  const options = command.opts<RunsOptions>();
  if (options.compare && options.compare.length !== 2) {
    command.error('error: --compare needs two versions');
  }
  return options;
}

/** The command with its options, not parsed. */
export function createRunsCommand(output: CommandOutput): Command {
  return createCommand('runs', 'Lists every training with its figures.', output)
    .addOption(
      new Option('--compare <versions...>', 'two versions side by side').default(null, 'none'),
    )
    .addOption(
      new Option(
        '--report <file>',
        'a page with the curves of all trainings or of --compare',
      ).default(null, 'no page'),
    )
    .addOption(modelsOption('--models <folder>', 'where the versions are', programOf(output)))
    .option('--json', 'one JSON document on stdout, for programs', false);
}

function findRun(
  known: readonly KnownRun[],
  version: string,
  { models, listing }: { readonly models: ModelsFolder; readonly listing: string },
): KnownRun {
  const run = known.find(one => one.version === version);
  if (run) return run;
  throw new NnError(
    'model-missing',
    `${describeFolder(models)} has no training ${version}: ${listing} lists them`,
  );
}

/** Writes the page. @throws NnError `write-failed` */
async function writePage(file: string, listed: readonly KnownRun[]): Promise<void> {
  // Loaded on demand, because loading Vega is slow.
  const { renderRunsPage } = await import('../../src/report/runs-page.ts');
  const page = await renderRunsPage(listed);
  await makeFolder(dirname(file)).catch(() => {}); // writing reports the error
  await writeAtomically(file, page);
}
