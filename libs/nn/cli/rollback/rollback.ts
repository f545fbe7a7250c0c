// nx run nn:rollback: makes the champion before the champion again; called again, the one before
// that.

import { Option } from 'commander';
import { rollBack } from '../../src/registry/change-champion.ts';
import { createCommand, runCommand } from '../shared/command.ts';
import { modelsFolder } from '../shared/models-folder.ts';

interface RollbackOptions {
  readonly why: string | null;
  readonly models: string;
  readonly json: boolean;
}

await runCommand(async () => {
  const { models, why, json } = parseOptions(process.argv.slice(2));
  const { from, to } = await rollBack(models, { at: new Date().toISOString(), why });
  const people = json ? process.stderr : process.stdout;
  people.write(`The champion is ${to.version} again${from ? `, after ${from.version}` : ''}.\n`);
  if (json) {
    const versions = { from: from?.version ?? null, to: to.version };
    process.stdout.write(`${JSON.stringify({ type: 'rollback', ...versions })}\n`);
  }
});

/** @throws CommanderError, its message already printed */
function parseOptions(argv: readonly string[]): RollbackOptions {
  return createCommand('rollback', 'Goes back to the champion before; twice goes further back.')
    .addOption(new Option('--why <text>', 'kept in history.jsonl').default(null, 'nothing'))
    .addOption(
      new Option('--models <folder>', 'where the versions and champion.json are').default(
        modelsFolder,
        'models',
      ),
    )
    .option('--json', 'one JSON document on stdout, for programs', false)
    .parse(argv, { from: 'user' })
    .opts<RollbackOptions>();
}
