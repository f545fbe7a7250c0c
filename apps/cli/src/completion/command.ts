// `digits completion`: prints a script that completes commands, options and their values in a shell. The
// script is complete, so that a key press starts no process.

import { Argument, type Command } from 'commander';
import { createAppCommand, createTuiCommand } from '../../../tui/src/command-line.ts';
import { exitWhenOutputEnds } from '../../../tui/src/commands/output-end.ts';
import type { Installation } from '../../../tui/src/installation.ts';
import type { ProgramCommand } from '../program-command.ts';
import { bashCompletion } from './bash.ts';
import { describeCommand, describeCommands } from './described-command.ts';
import { fishCompletion } from './fish.ts';
import { zshCompletion } from './zsh.ts';

const shells = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;

type Shell = keyof typeof shells;

/** The command with its options, not parsed. */
export function createCompletionCommand({ version }: Installation): Command {
  return createTuiCommand('digits completion', version)
    .description('Prints a script that completes the commands and options of digits in a shell.')
    .addArgument(new Argument('<shell>', 'the shell').choices(Object.keys(shells)))
    .addHelpText(
      'after',
      `
To use it:
  bash  add to ~/.bashrc:            eval "$(digits completion bash)"
  zsh   add to ~/.zshrc, after compinit:  source <(digits completion zsh)
  fish  digits completion fish > ~/.config/fish/completions/digits.fish`,
    );
}

/** Prints the script of the shell that the arguments name. */
export async function printCompletion(
  args: readonly string[],
  installation: Installation,
  commands: readonly ProgramCommand[],
): Promise<void> {
  const [shell] = createCompletionCommand(installation).parse(args, { from: 'user' }).args;
  const app = describeCommand('', '', createAppCommand(installation));
  exitWhenOutputEnds();
  process.stdout.write(shells[shell as Shell](app, await describeCommands(commands)));
}
