// What a shell completes of a command, read from its definition in commander.

import type { Argument, Command, Option } from 'commander';
import type { ProgramCommand } from '../program-command.ts';

/** A value to complete: one of some words, a file, a folder, or something that cannot be completed. */
export type Value =
  | { readonly type: 'words'; readonly words: readonly string[] }
  | { readonly type: 'file' | 'folder' | 'other' };

export interface DescribedOption {
  /** without the hyphen */
  readonly short: string | undefined;
  /** without the hyphens */
  readonly long: string;
  readonly description: string;
  /** undefined for a flag */
  readonly value: Value | undefined;
  /** whether the value may be left out */
  readonly isValueOptional: boolean;
}

export interface DescribedCommand {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly DescribedOption[];
  /** undefined if the command has no arguments */
  readonly argument: Value | undefined;
}

export function describeCommands(commands: readonly ProgramCommand[]): Promise<DescribedCommand[]> {
  return Promise.all(
    commands.map(async ({ name, summary, define }) =>
      describeCommand(name, summary, await define()),
    ),
  );
}

/** @param command with all of its options and arguments */
export function describeCommand(name: string, summary: string, command: Command): DescribedCommand {
  const [argument] = command.registeredArguments;
  return {
    name,
    summary,
    options: command.createHelp().visibleOptions(command).map(describeOption),
    argument: argument && describeValue(argument, argument.name()),
  };
}

function describeOption(option: Option): DescribedOption {
  const { short, long, description, required, optional } = option;
  const placeholder = /[<[]([^\]>]*)[\]>]/.exec(option.flags)?.[1] ?? '';
  return {
    short: short?.replace(/^-/, ''),
    long: (long ?? '').replace(/^--/, ''),
    description,
    value: required || optional ? describeValue(option, placeholder) : undefined,
    isValueOptional: optional,
  };
}

/** @param name the placeholder in the help, which begins with the kind of file where the value is one */
function describeValue({ argChoices }: Option | Argument, name: string): Value {
  if (argChoices) return { type: 'words', words: argChoices };
  if (/^(file|source)/.test(name)) return { type: 'file' };
  return { type: /^(folder|dir)/.test(name) ? 'folder' : 'other' };
}
