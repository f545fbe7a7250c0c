// nx run nn:rollback: restores the previous champion; a repeated call restores the one before that.

import { type Command, Option } from 'commander';
import { rollBack } from '../../src/registry/change-champion.ts';
import type { ModelsFolder } from '../../src/registry/models-folder.ts';
import {
  type CommandContext,
  type CommandOutput,
  createCommand,
  programOf,
  runAsProcess,
  textStream,
  writeJsonLine,
} from '../shared/command.ts';
import { modelsOption } from '../shared/environment.ts';
import { type PublicationOptions, publicationOption, publishTo } from '../shared/publication.ts';

interface RollbackOptions extends PublicationOptions {
  readonly why: string | null;
  readonly models: ModelsFolder;
  readonly json: boolean;
}

if (import.meta.main) await runAsProcess(rollbackCommand);

/** Runs the command. @throws CommanderError for invalid options; NnError what `rollBack` throws */
export async function rollbackCommand(context: CommandContext): Promise<undefined> {
  const { models, why, to: target, json } = parseOptions(context.args, context);
  const print = (line: string) => textStream(context, json).write(`${line}\n`);
  const { from, to } = await rollBack(models, { at: new Date().toISOString(), why });
  print(`The champion is ${to.version} again${from ? `, after ${from.version}` : ''}.`);
  await publishTo(target, models, print);
  if (json) {
    const versions = { from: from?.version ?? null, to: to.version };
    writeJsonLine(context, { type: 'rollback', ...versions });
  }
}

function parseOptions(args: readonly string[], output: CommandOutput): RollbackOptions {
  return createRollbackCommand(output).parse(args, { from: 'user' }).opts<RollbackOptions>();
}

/** The command with its options, not parsed. */
export function createRollbackCommand(output: CommandOutput): Command {
  return createCommand('rollback', 'Restores the previous champion.', output)
    .addOption(new Option('--why <text>', 'reason, for history.jsonl').default(null, 'none'))
    .addOption(
      modelsOption(
        '--models <folder>',
        'where the versions and champion.json are',
        programOf(output),
      ),
    )
    .addOption(publicationOption())
    .option('--json', 'one JSON document on stdout, for programs', false);
}
