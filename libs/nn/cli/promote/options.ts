// The options of nn:promote, parsed and checked before anything is read or written.

import { Option } from 'commander';
import { addTo, createCommand } from '../shared/command.ts';
import { modelsFolder } from '../shared/models-folder.ts';

export interface PromoteOptions {
  readonly version: string;
  readonly models: string;
  /** null: MNIST */
  readonly data: string | null;
  readonly strokes: readonly string[];
  /** where corrections come from; true for the default source, null for none */
  readonly feedback: string | true | null;
  readonly force: boolean;
  readonly why: string | null;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** @throws CommanderError, its message already printed */
export function parsePromoteOptions(argv: readonly string[]): PromoteOptions {
  const command = createCommand(
    'promote',
    'Compares a trained version with the champion, and puts it in its place if nothing that ' +
      'matters is worse. Exit code 0: passed; 1: stopped.',
  )
    .argument('<version>', 'a folder in the models folder')
    .addOption(
      new Option('--models <folder>', 'where the versions and champion.json are').default(
        modelsFolder,
        'models',
      ),
    )
    .addOption(
      new Option('--data <folder>', 'four IDX files, plain or gzipped').default(null, 'MNIST'),
    )
    .addOption(
      new Option('--strokes <folder>', 'recorded pen strokes, .jsonl files; repeatable')
        .argParser(addTo)
        .default([], 'no drawings'),
    )
    .addOption(
      new Option(
        '--feedback [source]',
        'corrections held out of training: a service, or its export as a folder or .tar file',
      ).default(null, 'none'),
    )
    .option('--force', 'promote whatever the gate says; needs --why', false)
    .addOption(new Option('--why <text>', 'kept in history.jsonl').default(null, 'nothing'))
    .option('--dry-run', 'compare only, and write nothing', false)
    .option('--json', 'one JSON document on stdout, for programs', false)
    .parse(argv, { from: 'user' });
  const options = command.opts<Omit<PromoteOptions, 'version'>>();
  if (options.force && !options.why?.trim()) {
    command.error('error: --force needs --why "…": the reason goes into history.jsonl');
  }
  return { ...options, version: command.args[0]! };
}
