// The options of nn:promote, parsed and checked before anything is read or written.

import { type Command, Option } from 'commander';
import type { ModelsFolder } from '../../src/registry/models-folder.ts';
import { type CommandOutput, createCommand, programOf } from '../shared/command.ts';
import { modelsOption } from '../shared/environment.ts';
import { type PublicationOptions, publicationOption } from '../shared/publication.ts';
import {
  dataOption,
  picturesOption,
  type SourceOptions,
  strokesOption,
} from '../shared/sources.ts';

/** The parsed options of nn:promote. */
export interface PromoteOptions extends SourceOptions, PublicationOptions {
  readonly version: string;
  readonly models: ModelsFolder;
  /** source of the corrections; true for the default source, null for none */
  readonly feedback: string | true | null;
  readonly force: boolean;
  readonly why: string | null;
  readonly dryRun: boolean;
  /** file of an earlier result; null to compare in any case */
  readonly compared: string | null;
  readonly json: boolean;
  readonly progress: boolean;
}

const description =
  'Compares a trained version with the champion, and promotes it if no figure that matters is ' +
  'worse. Exit code 0: passed; 1: not passed.';

/** Parses the options. @throws CommanderError after printing its message */
export function parsePromoteOptions(
  args: readonly string[],
  output: CommandOutput = process,
): PromoteOptions {
  const command = createPromoteCommand(output).parse(args, { from: 'user' });
  const options = command.opts<Omit<PromoteOptions, 'version'>>();
  if (options.force && !options.why?.trim()) {
    command.error('error: --force needs --why "…": the reason is kept in history.jsonl');
  }
  return { ...options, version: command.args[0]! };
}

/** The command with its options, not parsed. */
export function createPromoteCommand(output: CommandOutput): Command {
  return createCommand('promote', description, output)
    .argument('<version>', 'the version to promote: a folder in the models folder')
    .addOption(
      modelsOption(
        '--models <folder>',
        'where the versions and champion.json are',
        programOf(output),
      ),
    )
    .addOption(dataOption())
    .addOption(strokesOption())
    .addOption(picturesOption('further pictures of digits, whose last tenth is measured'))
    .addOption(
      new Option(
        '--feedback [source]',
        'held-out corrections: a service, or its export as a folder or .tar file',
      ).default(null, 'none'),
    )
    .option('--force', 'promote even if it does not pass; needs --why', false)
    .addOption(new Option('--why <text>', 'reason, for history.jsonl').default(null, 'none'))
    .addOption(publicationOption())
    .option('--dry-run', 'only compare; write nothing', false)
    .addOption(
      new Option(
        '--compared <file>',
        'document of an earlier --json: reused instead of a second comparison if both models and ' +
          'all sets are still the same',
      ).default(null, 'none'),
    )
    .option('--json', 'one JSON document on stdout, for programs', false)
    .option('--progress', 'with --json: before the document, one event per set on a line', false);
}
