// The program: runs the command that the first argument names, or the app where there is none.

import { existsSync } from 'node:fs';
import { UserFoldersError } from '@digits/files';
import { Command } from 'commander';
import { commands, internalCommands } from './commands.ts';
import { appInstallation } from './installation.ts';

const mistakeExitCode = 2;

/** Runs the program with its arguments, and sets the exit code. A mistake in them ends the process. */
export async function runProgram(args: readonly string[]): Promise<void> {
  try {
    await dispatch(args);
  } catch (error) {
    if (!(error instanceof UserFoldersError)) throw error;
    process.stderr.write(`error ${error.code}: ${error.message}\n`);
    process.exitCode = mistakeExitCode;
  }
}

async function dispatch(args: readonly string[]): Promise<void> {
  const [name, ...rest] = args;
  if (name === undefined || (name.startsWith('-') && name !== '-')) return draw(args);
  if (name === 'help') return dispatch([...rest.slice(0, 1), '--help']);
  const run = commands.find(command => command.name === name)?.run ?? internalCommands[name];
  if (run !== undefined) return run(rest);
  if (isPicture(name)) refuse(`${name} is not a command. To read pictures: digits predict ${name}`);
  listing().parse([name], { from: 'user' });
}

/** Draws, after the options of the app. */
async function draw(args: readonly string[]): Promise<void> {
  const installation = appInstallation();
  const { createAppCommand } = await import('../../tui/src/command-line.ts');
  const command = addCommands(createAppCommand(installation)).action(() => {});
  command.parse(args, { from: 'user' });
  const { run } = await import('../../tui/src/main.ts');
  await run(command, installation);
}

/** A program of commands alone: of a name that is none it reports the most similar one. */
function listing(): Command {
  return addCommands(new Command('digits'))
    .showHelpAfterError('See digits --help.')
    .exitOverride(() => process.exit(mistakeExitCode));
}

/** Adds the commands to the help. An option before a command is not passed on to it. */
function addCommands(program: Command): Command {
  for (const { name, summary } of commands) {
    const stub = new Command(name)
      .description(summary)
      .helpOption(false)
      .allowUnknownOption()
      .allowExcessArguments()
      .action(() => refuse(`The command comes first: digits ${name} [options]`));
    program.addCommand(stub);
  }
  return program.helpCommand(false).usage('[options] | <command> [options]');
}

/** A file, or a name that is meant for one. */
function isPicture(name: string): boolean {
  return name === '-' || existsSync(name) || /\.(png|jpe?g|jpe|jfif|webp)$/i.test(name);
}

function refuse(message: string): never {
  process.stderr.write(`error: ${message}\nSee digits --help.\n`);
  process.exit(mistakeExitCode);
}
