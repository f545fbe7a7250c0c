// nx run nn:rollback: restores the previous champion; a repeated call restores the one before that.

import { type Command, Option } from 'commander';
import { rollBack } from '../../src/registry/change-champion.ts';
import type { ModelsFolder } from '../../src/registry/models-folder.ts';
import { publishChampion } from '../../src/registry/publish-champion.ts';
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

interface RollbackOptions {
  readonly why: string | null;
  readonly models: ModelsFolder;
  /** folder in which the champion is published; null for none */
  readonly to: string | null;
  readonly json: boolean;
}

if (import.meta.main) await runAsProcess(rollbackCommand);

/** Runs the command. @throws CommanderError for invalid options; NnError what `rollBack` throws */
export async function rollbackCommand(context: CommandContext): Promise<undefined> {
  const { models, why, to: target, json } = parseOptions(context.args, context);
  const { from, to } = await rollBack(models, { at: new Date().toISOString(), why });
  textStream(context, json).write(
    `The champion is ${to.version} again${from ? `, after ${from.version}` : ''}.\n`,
  );
  if (target !== null) {
    await publishChampion(models, target);
    textStream(context, json).write(`Published ${to.version} in ${target}.\n`);
  }
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
    .addOption(
      new Option(
        '--to <folder>',
        'also publish the champion in this folder, for services with MODELS_URL',
      ).default(null, 'none'),
    )
    .option('--json', 'one JSON document on stdout, for programs', false);
}
